"""A timeline of what agencies knew is played as each of them on each date, and is taken out again whole."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from sightline.commands import scenario
from sightline.commands.demo import MARK
from sightline.commands.demonstration import PASSWORD
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.scenarios import taking_out, training
from sightline.commands.scenarios.agencies import VOCABULARY, is_known
from sightline.commands.scenarios.closure import SHARED
from sightline.commands.scenarios.offices import Keys
from sightline.commands.scenarios.playing import Played, play, rehearse, to_look_at
from sightline.commands.scenarios.spec import TYPES, Timeline, Unfit, read
from sightline.commands.status import unheld
from sightline.doorway.acts import acting
from sightline.doorway.operations import save_draft
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.partnership.own_notes_queries import list_own_notes
from sightline.people.search import search_people
from tests.universe import Universe, make_universe

PEOPLE = [
    {"ref": "Child 1", "relation": "child", "born": "2019-03"},
    {"ref": "Child 2", "relation": "child", "born": "2025-12-01"},
    {"ref": "Mother", "relation": "mother of Child 1 and Child 2", "joined": "2019-03-12"},
    {"ref": "Man", "relation": "said to stay at weekends", "joined": "2025-09", "identified": False},
]
EVENTS = [
    {"date": "2025-10", "precision": "month", "agency": "gp", "type": "health_contact", "about": ["Mother"],
     "summary": "Qzpregnant and well.", "count": 3, "weather": "qzrain"},
    {"date": "2025-11-04", "agency": "school", "type": "contact", "about": ["Child 1", "Child 2", "Man"],
     "summary": "Qztold a teacher about a man."},
    {"date": "2026-01-09", "agency": "social_care", "type": "visit_child_seen", "about": ["Child 1", "Child 2"],
     "announced": True, "seen_alone": True, "summary": "Qzseen at home."},
    {"date": "2026-01-10", "agency": "hospital_ae_1", "site": "Qz Infirmary", "type": "injury_presentation",
     "about": ["Child 2"], "summary": "A bruise. Nobody knows how."},
]  # fmt: skip


def timeline(*more: dict[str, Any], events: list[dict[str, Any]] | None = None, **changes: Any) -> Timeline:
    given = {"scenario": 1, "title": "The Qzmarl children", "people": PEOPLE, "events": [*(events or EVENTS), *more]}
    return read(json.dumps(given | changes))


def played(told: Universe, one: Timeline, act: Callable[..., Played] = play, **more: Any) -> Played:
    return act(one, **({"until": None, "at": told.at, "keys": Keys(PASSWORD, known_code=False)} | more))


def shipped() -> list[Timeline]:
    return [read(path.read_text("utf-8")) for path in sorted(scenario.SHIPPED.glob("*.json"))]


# --- the form -------------------------------------------------------------------------------------


def test_all_that_is_wrong_in_a_file_is_said_at_once_by_the_events_number() -> None:
    with pytest.raises(Unfit) as said:
        timeline({"date": "soon", "agency": "gp", "type": "contact", "about": ["Uncle"]}, {"date": "2025"}, title="")
    for words in ("no title", "Event 5: “soon” is no date", "Event 5 is about “Uncle”", "Event 6 has no “agency”"):
        assert words in said.value.message
    for text, words in (("{", "no JSON"), ("[]", "no scenario"), ('{"scenario": 2}', "no scenario")):
        with pytest.raises(Unfit, match=words):
            read(text)


def test_a_field_or_type_that_nobody_knows_is_said_and_its_words_are_kept() -> None:
    odd = {"date": "2025-12-01", "agency": "gp", "type": "moon_landing", "about": ["Man"], "summary": "Landed."}
    found = timeline(odd)
    assert found.events[0].words == "Qzpregnant and well. Count: 3. Weather: qzrain."
    assert any("Event 1" in one and "“weather”" in one for one in found.remarks)
    assert any("Event 5" in one and "“moon_landing”" in one for one in found.remarks)
    assert [str(one.when) for one in found.events[:2]] == ["October 2025", "4 November 2025"]


def test_the_vocabulary_of_the_form_has_a_place_for_each_agency_and_type() -> None:
    for text in scenario.SHIPPED.glob("*.json"):
        for one in read(text.read_text("utf-8")).events:
            assert is_known(one.agency)
            assert one.kind in TYPES
    assert {"social_care", "social_care_area_2"} & set(VOCABULARY) == set()
    assert is_known("social_care_area_2")


# --- playing --------------------------------------------------------------------------------------


def test_each_event_becomes_what_that_agency_would_have_done(authority: Universe) -> None:
    came = played(authority, timeline())
    became = [one.became for one in came.placed]
    assert [words.split(" ")[0] for words in became] == ["own", "contact", "visit", "contact"]
    assert any("birth of Child 2" in one for one in came.supplied)
    assert any("was decided first" in one for one in came.supplied)
    assert came.waiting == 1
    by = {office.name: office.account for office in came.offices}
    read_by = {}
    for name, account in by.items():
        with acting(account.id):
            read_by[name] = [one.text for one in list_own_notes()]
    assert read_by["General practice (Qzmarl)"] == ["Qzpregnant and well. Count: 3. Weather: qzrain."]
    assert read_by["School (Qzmarl)"] == ["Qztold a teacher about a man."]
    for account in authority.authority.accounts.values():
        with acting(account):
            assert list_own_notes() == []
    emails = [email for email, _ in to_look_at(came)]
    assert emails[:2] == ["tomas.ferreira@hallowby.example", "jane.smith@hallowby.example"]
    assert len(emails) == 2 + len(by)


def test_a_play_stops_at_a_day(authority: Universe) -> None:
    came = played(authority, timeline(), until=date(2025, 11, 30))
    assert (len(came.placed), came.later, came.waiting) == (2, 2, 1)


def test_a_refusal_names_its_event_and_leaves_nothing(authority: Universe) -> None:
    day = {"date": "2025-11-01", "agency": "social_care", "type": "case_closed", "about": ["Child 1"]}
    with pytest.raises(Refusal, match=r"Event 2 \(1 November 2025, social care, case closed\): Nothing is open"):
        played(authority, timeline(events=[EVENTS[0], day]))
    came = played(authority, timeline(events=[EVENTS[0], day]), act=rehearse)
    assert [one.event.number for one in came.refused] == [2]
    to_come = f"{authority.at + timedelta(days=2):%Y-%m-%d}"
    with pytest.raises(Refusal, match="has passed"):
        played(authority, timeline({**EVENTS[1], "date": to_come}))
    # Nothing of it is there: the same is played after, once.
    assert not played(authority, timeline()).refused
    with pytest.raises(Refusal, match="there already"):
        played(authority, timeline())


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.key)
def test_a_scenario_that_comes_with_the_product_is_played_whole(authority: Universe, one: Timeline) -> None:
    came = played(authority, one, act=rehearse)
    assert [(str(each.event), each.because) for each in came.refused] == []
    assert not one.remarks
    assert "made up" in one.title


# --- where, and taking it out ---------------------------------------------------------------------


@pytest.mark.parametrize("mark", [None, "", "Ours"])
def test_nothing_is_played_into_a_database_that_was_not_made_for_training(
    monkeypatch: pytest.MonkeyPatch, mark: str | None
) -> None:
    monkeypatch.setattr(roles, "exists", lambda _: True)
    monkeypatch.setattr(roles, "description", lambda _: mark)
    with pytest.raises(DatabaseRefused, match="was not made for training"):
        training.refuse_unless_training()
    monkeypatch.setattr(roles, "description", lambda _: MARK)
    assert training.refuse_unless_training() == MARK


@pytest.fixture
def here(transactional_db: None, quick_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Universe:
    """An authority that is committed, so that the owner's own connection sees it."""
    name = connections["default"].settings_dict["NAME"]
    monkeypatch.setattr(url, "database_name", lambda: name)
    return make_universe(empty=True)


def test_a_scenario_is_taken_out_whole_with_all_that_was_learnt_on_it(
    here: Universe, as_owner: psycopg.Connection[Any]
) -> None:
    with pytest.raises(Refusal, match="No scenario"):
        taking_out.remove("The Qzmarl children")
    before = _counts(as_owner)
    came = played(here, timeline())
    [line] = taking_out.list_played()
    _learn_on(here, as_owner)
    assert _counts(as_owner) != before
    gone = taking_out.remove("The Qzmarl children")
    assert gone.left == ()
    assert _counts(as_owner) == before
    assert unheld(as_owner) == []
    assert taking_out.list_played() == []
    dipa = here.who("dipa")
    with acting(dipa.id):
        assert search_people(by=dipa, text="Qzmarl", at=here.at) == []
    # Played again, it is as it was; an agency that something else has come to name goes on.
    again = played(here, timeline())
    assert [one.became for one in again.placed] == [one.became for one in came.placed]
    as_owner.execute(
        "INSERT INTO partnership_share (id, agency_id, purpose, from_at, by, tells_why)"
        " VALUES (gen_random_uuid(), %s, 'Another child', now(), gen_random_uuid(), false)",
        [again.offices[0].agency],
    )
    [left] = taking_out.remove(line.key).left
    assert left.startswith(f"The agency {again.offices[0].name} stays")
    played(here, timeline())
    as_owner.execute("DELETE FROM partnership_share")
    assert taking_out.remove(line.key).left == ()
    assert _counts(as_owner) == before


def test_a_database_with_anybody_in_it_is_not_claimed_for_training(
    here: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(here, timeline())
    monkeypatch.setattr(roles, "describe", lambda *_: None)
    with pytest.raises(DatabaseRefused, match="people in the register"):
        training.claim()
    taking_out.remove("the-qzmarl-children")
    assert "for training from now on" in training.claim()


@pytest.mark.django_db
def test_every_table_that_says_whom_a_row_is_about_is_followed_when_something_is_taken_out() -> None:
    """A room that is added later and says so in a table of its own fails here until the list has it."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text FROM pg_constraint c WHERE c.contype = 'f'"
            " AND c.conrelid::regclass::text ~ '(subject|about|child)$'"
            " AND c.confrelid <> 'people_person'::regclass"
        )
        junctions = {row[0] for row in cursor.fetchall()}
    with_step = {"recording_visitchild", "returns_importedchild", "assessments_assessedchild"}
    assert junctions - with_step <= {below for below, _, _ in SHARED}


def _learn_on(here: Universe, outside: psycopg.Connection[Any]) -> None:
    """A learner takes a contact about a child of the scenario and an aunt, and begins another."""
    from sightline.commands.demonstration.telling import Telling

    outside.execute("SET ROLE sightline_steward")
    row = outside.execute("SELECT id FROM people_person WHERE kind = 'child' ORDER BY id LIMIT 1").fetchone()
    outside.execute("RESET ROLE")
    assert row is not None
    child: UUID = row[0]
    story: Telling = here.story
    story.people["Child 1"] = child
    story.children.add(child)
    story.take(
        "A learner's contact", by="dipa", at=here.at, channel="phone", known=["Child 1"],
        new=[story.adult("Qzaunt Qzmarl")], referrer=story.public("family_member", "Qzaunt"), saw="Qzheard.", fears="",
    )  # fmt: skip
    body = {"text": ["Qzbegun"], "person": [str(child)]}
    jane = here.who("jane")
    with acting(jane.id):
        save_draft(by=jane, key=new_id(), form="recording", about=None, body=body, at=here.at)


def _counts(outside: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of every table but the audit, which keeps what was viewed and changed."""
    names = [row[0] for row in outside.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )]  # fmt: skip
    kept = [name for name in names if not name.startswith("audit_")]
    return {name: outside.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(kept)}  # noqa: S608 (names from the catalogue)
