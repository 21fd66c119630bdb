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


def test_what_a_part_said_before_is_read_from_the_document(assessed: Assessed, jane: Client) -> None:
    first = assessed.say("why_now", "The school rang.")
    page, before = assessed.url("assessment"), assessed.url("assessment-earlier", "why_now")
    assert before not in jane.get(page).content.decode()
    assessed.say("why_now", "The school rang on Monday.", base=first)
    own = assessed.say("health", "Asthma.", child=assessed.rosie)
    assessed.say("health", "Asthma, and a new inhaler.", child=assessed.rosie, base=own)
    assert f'href="{before}"' in jane.get(page).content.decode()
    said = words(jane.get(before))
    assert said.index("The school rang on Monday.") < said.index("Before Jane")
    assert said.endswith("The school rang.")
    of_rosie = assessed.url("assessment-earlier-child", "health", assessed.rosie)
    assert f'href="{of_rosie}"' in jane.get(page).content.decode()
    assert "Asthma. " in words(jane.get(of_rosie)) + " "
    assert jane.get(assessed.url("assessment-earlier", "no_such_part")).status_code == 404
    of_nobody = assessed.url("assessment-earlier-child", "health", assessed.universe.person("Lowenna Penhallow"))
    assert jane.get(of_nobody).status_code == 404


def test_a_manager_ends_an_assessment_unsigned_with_why_and_nobody_else_is_offered_it(
    assessed: Assessed, jane: Client, sign_in: SignIn
) -> None:
    page, stop = assessed.url("assessment"), assessed.url("assessment-stop")
    assert stop not in jane.get(page).content.decode()
    assert jane.get(stop).status_code == 403
    assessed.say("why_now", "The school rang on Monday.")
    gareth = sign_in("gareth")
    assert stop in gareth.get(page).content.decode()
    given = {"key": key(), "round": str(assessed.round)}
    assert "Say why this assessment ends unsigned." in words(gareth.post(stop, given))
    answer = gareth.post(stop, {**given, "because": "They moved to Weirshire."}, follow=True)
    assert answer.redirect_chain[-1][0] == page
    said = words(answer)
    assert "Ended unsigned" in said
    assert "The school rang on Monday." in said
    assert "Nobody is assessing now" in said
    assert stop not in answer.content.decode()


def test_that_a_version_was_given_stands_on_the_record_of_the_children_it_is_about(
    assessed: Assessed, jane: Client
) -> None:
    assessed.say("childs_day", "Rosie makes the toast.", child=assessed.rosie)
    assessed.send()
    page = f"/assessments/signed/{assessed.sign()}/family/{assessed.rosie}"
    # Nothing can be given that was not saved.
    assert jane.get(f"{page}/given").status_code == 404
    assert "Record that it was given" not in words(jane.get(page))
    jane.post(page, {"key": key(), "base": "0", "text": "We saw that you make the toast."})
    assert "Record that it was given" in words(jane.get(page))
    late = jane.post(f"{page}/given", {"key": key(), "given_on": "1 January 2020", "how": ""})
    assert "Check the day" in words(late)
    answer = jane.post(f"{page}/given", {"key": key(), "given_on": "", "how": "We read it together."})
    assert answer.status_code == 302
    said = words(jane.get(f"/people/{assessed.rosie}/timeline"))
    assert "Rosie Penhallow was given their version of the assessment signed on" in said
    assert "We read it together." in said
    assert "was given their version" not in words(jane.get(f"/people/{assessed.jack}/timeline"))
