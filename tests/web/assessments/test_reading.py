"""The tab and the document: what they say, and to whom."""

import pytest
from django.test import Client

from tests.web.assessments.conftest import Assessed, key
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import title, words


@pytest.fixture
def jane(sign_in: SignIn) -> Client:
    return sign_in("jane")


def test_every_page_opens_and_names_the_children_in_its_heading_only(
    assessed: Assessed, jane: Client, sign_in: SignIn
) -> None:
    assessed.say("why_now", "The school rang on Monday.")
    pages = [
        f"/people/{assessed.rosie}/assessment",
        f"/people/{assessed.rosie}/assessment/begin",
        f"/people/{assessed.rosie}/conclusions/new",
        assessed.url("assessment"),
        assessed.url("assessment-section", "why"),
        assessed.url("assessment-section-child", "child", assessed.jack),
        assessed.url("assessment-factors"),
        assessed.url("assessment-evidence"),
        assessed.url("assessment-send"),
    ]
    for page in pages:
        answer = jane.get(page)
        assert answer.status_code == 200, (page, words(answer))
        assert "Rosie" not in title(answer)
        assert "Rosie" in words(answer), page
        print(page, words(answer)[:1500])
    assessed.send()
    gareth = sign_in("gareth")
    answer = gareth.get(assessed.url("assessment-sign"))
    print(words(answer))
    assert answer.status_code == 200
    entry = assessed.sign()
    for page in (f"/assessments/signed/{entry}", f"/assessments/signed/{entry}/family"):
        answer = jane.get(page)
        print(words(answer))
        assert answer.status_code == 200


def test_asked_for_again_while_it_is_open_it_goes_on_and_says_so_and_keeps_the_new_why(
    assessed: Assessed, jane: Client
) -> None:
    assessed.send()
    page = f"/people/{assessed.rosie}/assessment/begin"
    assert "open already" in words(jane.get(page))
    given = {"key": key(), "children": [str(assessed.rosie)], "why": "Police were called on Sunday."}
    answer = jane.post(page, given, follow=True)
    assert answer.redirect_chain[-1][0] == assessed.url("assessment")
    said = words(answer)
    assert "was open already, and goes on" in said
    assert "Asked for again, and gone on with" in said
    assert "Police were called on Sunday." in said
    # With whom it is has not changed by it.
    assert "Sent to" in said
    assert "What was sent no longer stands" not in said
