"""A visit that was recorded wrongly: how it went and when are put right, and what was first written still shows."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from sightline.commands.demonstration.families import maddox
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.london import local
from sightline.kernel.when import When
from sightline.record.operations import correct_entry
from sightline.record.queries import EntryView, LastSeen, get_entry, get_standing, last_seen_of
from sightline.record.rules import Words
from sightline.recording.operations import record_visit
from sightline.recording.rules import ChildSeen, VisitWritten
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.casework.reading import key_of, words
from tests.web.visits.test_visits_page import DAY

WENT = "The wrong box was ticked."


@pytest.fixture
def first(universe: Universe, rosie: UUID, jack: UUID) -> UUID:
    """Both children, wrongly recorded as seen alone yesterday."""
    return record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(
            When.exactly(universe.at - DAY), (ChildSeen(rosie, "seen_alone"), ChildSeen(jack, "seen_alone")),
            text="At the flat.", place="home", announced=True, present="Lowenna",
        ),
    )  # fmt: skip


def seen(universe: Universe, child: UUID) -> LastSeen:
    with acting(universe.who("jane").id):
        return last_seen_of([child])[child]


def standing(universe: Universe, entry: UUID) -> EntryView:
    set_actor(universe.who("jane").id)
    found = get_standing(get_entry(entry).root)
    assert found is not None
    return found


def as_shown(page: HttpResponse) -> dict[str, str]:
    """What the page's facts hold before anybody changes them."""
    inputs = re.findall(r"<input[^>]+>", page.content.decode())
    named = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one), one) for one in inputs]
    return {
        name[1]: value[1]
        for name, value, one in named
        if name and value and name[1].startswith(("c-", "v-")) and ('type="radio"' not in one or " checked" in one)
    }


def correct(client: Client, person: UUID, entry: UUID, **typed: Any) -> HttpResponse:
    url = f"/people/{person}/entries/{entry}/correct"
    page = client.get(url)
    return client.post(
        url, {"key": key_of(page), **as_shown(page), "w0-text": "At the flat.", "reason": WENT, **typed}
    )  # fmt: skip


def test_a_wrong_seen_alone_becomes_nobody_in_and_last_seen_follows(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID, first: UUID
) -> None:
    assert seen(universe, rosie).alone_at == universe.at - DAY
    answer = correct(jane, rosie, first, **{f"c-{rosie}-outcome": "nobody_in"})
    assert answer.status_code == 302
    now = seen(universe, rosie)
    assert now.alone_at != universe.at - DAY
    assert now.not_seen_in_a_row == 1
    assert seen(universe, jack).alone_at == universe.at - DAY, "only she was put right"
    said = words(jane.get(f"/people/{rosie}/timeline"))
    assert "Nobody in" in said
    before = said.split("As first written", 1)[1].split("Also recorded for", 1)[0]
    assert "How it went Seen alone" in before
    assert "At the flat." in before
    assert "How it went" not in words(jane.get(f"/people/{jack}/timeline"))


def test_what_stands_is_chosen_and_left_alone_it_stands_on(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID, first: UUID
) -> None:
    page = jane.get(f"/people/{rosie}/entries/{first}/correct")
    shown = as_shown(page)
    assert shown[f"c-{rosie}-outcome"] == shown[f"c-{jack}-outcome"] == "seen_alone"
    assert correct(jane, rosie, first, **{"w0-text": "At her aunt's."}).status_code == 302
    now = standing(universe, first)
    assert {one.seen for one in now.subjects} == {"seen_alone"}
    assert now.when == When.exactly(universe.at - DAY)


def test_when_it_was_is_put_right_and_the_first_moment_still_shows(
    universe: Universe, jane: Client, rosie: UUID, first: UUID
) -> None:
    earlier = universe.at - 3 * DAY
    assert correct(jane, rosie, first, **{"v-when": f"{local(earlier):%d/%m/%Y %H:%M}"}).status_code == 302
    now = seen(universe, rosie).seen_at
    assert now is not None
    assert local(now).date() == local(earlier).date()
    assert f"When {When.exactly(universe.at - DAY)}" in words(jane.get(f"/people/{rosie}/timeline"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("the other day", "is not a date we can read"),
        ("in three years", "is not a date we can read"),
        ("1/1/1990", "That is before the youngest child chosen was born"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_it_and_kept(
    jane: Client, rosie: UUID, first: UUID, typed: str, said: str
) -> None:
    answer = correct(jane, rosie, first, **{"v-when": typed})
    assert said in words(answer)
    assert 'id="id_v-when-error"' in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


def test_who_corrects_words_over_a_newer_version_takes_no_outcome_back(
    universe: Universe, jane: Client, rosie: UUID, jack: UUID, first: UUID
) -> None:
    url = f"/people/{rosie}/entries/{first}/correct"
    page = jane.get(url)
    with acting(universe.who("jane").id):
        newer = correct_entry(
            by=universe.who("jane"), entry=first, words=[Words("At the flat.", (rosie, jack))], reason=WENT,
            seen={rosie: "nobody_in"}, at=universe.at,
        )  # fmt: skip
    typed = {"key": key_of(page), **as_shown(page), "w0-text": "On the stairs.", "reason": "Where it was."}
    stale = jane.post(url, typed)
    assert stale.status_code == 409
    assert as_shown(stale)[f"c-{rosie}-outcome"] == "nobody_in"
    over = f"/people/{rosie}/entries/{newer}/correct"
    assert jane.post(over, {**typed, "key": key_of(stale)}).status_code == 302
    now = standing(universe, first)
    assert {one.person: one.seen for one in now.subjects} == {rosie: "nobody_in", jack: "seen_alone"}
    assert now.paragraphs[0].text == "On the stairs."


def test_words_that_only_say_how_it_went_are_written_anew(universe: Universe, jane: Client, rosie: UUID) -> None:
    bare = record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(When.exactly(universe.at - DAY), (ChildSeen(rosie, "nobody_in"),), announced=True),
    )  # fmt: skip
    put_right = {f"c-{rosie}-outcome": "seen"}
    assert "Write what happened." in words(correct(jane, rosie, bare, **put_right, **{"w0-text": "Nobody in"}))
    assert correct(jane, rosie, bare, **put_right, **{"w0-text": "She was in the garden."}).status_code == 302


def test_an_unborn_child_was_neither_seen_nor_not_seen(universe: Universe, sign_in: SignIn) -> None:
    baby, jane = universe.person(maddox.BABY), sign_in("jane")
    made = record_visit(
        by=universe.who("jane"), at=universe.at,
        visit=VisitWritten(When.exactly(universe.at - DAY), (ChildSeen(baby),), text="With her.", announced=True),
    )  # fmt: skip
    page = jane.get(f"/people/{baby}/entries/{made}/correct")
    assert as_shown(page)[f"c-{baby}-outcome"] == "made"
    assert "Seen alone" not in words(page)
    assert correct(jane, baby, made, **{f"c-{baby}-outcome": "cancelled"}).status_code == 302
    assert [one.seen for one in standing(universe, made).subjects] == ["cancelled"]


def test_a_case_note_asks_only_for_its_words(universe: Universe, jane: Client, rosie: UUID) -> None:
    page = jane.get(f"/people/{rosie}/timeline?kind=note").content.decode()
    link = re.search(r'href="(/people/[^"]+/correct)"', page)
    assert link is not None
    assert as_shown(jane.get(link[1])) == {}
