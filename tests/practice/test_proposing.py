"""Two people, one seal, one day: an authority's overlay from its proposal to what is in force."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from sightline.audit.models import Event
from sightline.commands import status
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.kernel.dates import local_day
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.practice import operations, queries
from sightline.practice.models import ProposedPack, PublishedPack
from sightline.practice.operations import propose, publish, publish_shipped_packs, withdraw_proposal
from sightline.practice.shipped import PACKS, Source, read_source
from sightline.practice.spec import Pin
from sightline.practice.tables import PackRefused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
SOON = date(2026, 12, 1)
LATER = date(2027, 1, 4)

HEAD = """
[overlay]
key = "hallowby-2026"
base = "england-2023"
title.en = "How Hallowby works"
basis = { kind = "local", citation = "Practice board, 3 November 2026", effective_from = 2026-11-01 }
"""
PETS = """
[[add_question]]
form = "contact"
section = "worry"
key = "pets"
label.en = "LABEL"
answer = "ANSWER"
basis = { kind = "local", citation = "Practice board, 3 November 2026", effective_from = 2026-11-01 }
"""


def asks_about_pets(label: str = "Are there animals at home?", answer: str = "text") -> str:
    return HEAD + PETS.replace("LABEL", label).replace("ANSWER", answer)


def somebody(role: Role = Role.SERVICE_MANAGER) -> Actor:
    return Actor(id=uuid4(), name="Someone", role=role)


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    publish_shipped_packs(at=NOW)


@pytest.fixture
def nia() -> Actor:
    return somebody()


@pytest.fixture
def amir() -> Actor:
    return somebody(Role.ADMINISTRATOR)


def published(nia: Actor, amir: Actor, source: str, day: date, at: datetime = NOW) -> Pin:
    proposal = propose(by=nia, source=source, why="The board asked for it", effective_from=day, at=at)
    return publish(by=amir, proposal=proposal, at=at)


def base_again(
    monkeypatch: pytest.MonkeyPatch, at: datetime = NOW + timedelta(hours=1), *, asks: str = ""
) -> tuple[Pin, ...]:
    """A newer copy of the base, with one more list in it, and one more question on the contact page."""
    values = read_source(PACKS / "england-2023").values
    option = {"key": "yes", "label": {"en": "Yes"}}
    values["casework"]["lists"].append({**values["casework"]["lists"][0], "key": "weather", "options": [option]})
    if asks:
        worry = next(one for one in values["contact"]["sections"] if one["key"] == "worry")
        worry["questions"].append({"key": asks, "label": {"en": "And this?"}, "answer": "text"})
    monkeypatch.setattr(operations, "read_source", lambda _folder: Source(values, ""))
    return publish_shipped_packs(at=at)


def test_what_one_person_proposed_and_another_published_is_in_force_from_its_day(nia: Actor, amir: Actor) -> None:
    pin = published(nia, amir, asks_about_pets(), SOON)
    assert pin == Pin("hallowby-2026", 1)
    assert queries.current_pack(NOW).pin == Pin("england-2023", 1)
    assert queries.current_pack(datetime(2026, 12, 1, 0, 30, tzinfo=UTC)).pin == pin
    assert queries.packs_on([TODAY, SOON])[TODAY].key == "england-2023"
    assert queries.packs_on([TODAY, SOON])[SOON].pin == pin
    assert str(queries.get_pack(pin).form("contact").question("pets").label) == "Are there animals at home?"
    row = PublishedPack.objects.get(key="hallowby-2026")
    assert (row.proposed_by, row.published_by, row.base_key, row.base_version) == (nia.id, amir.id, "england-2023", 1)


def test_proposing_alone_changes_nothing(nia: Actor) -> None:
    propose(by=nia, source=asks_about_pets(), why="The board asked", effective_from=TODAY, at=NOW)
    assert queries.current_pack(NOW).key == "england-2023"
    assert [one.key for one in queries.list_waiting()] == ["hallowby-2026"]


def test_whoever_proposed_it_does_not_publish_it(nia: Actor) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="The board asked", effective_from=TODAY, at=NOW)
    with pytest.raises(NotPermitted, match="Ask a colleague"):
        publish(by=nia, proposal=proposal, at=NOW)
    assert Event.objects.filter(kind=Event.Kind.REFUSED, what="publish_practice", actor=nia.id).exists()
    assert not PublishedPack.objects.exclude(base_key="").exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SERVICE_MANAGER}))
def test_nobody_else_changes_how_the_authority_works(role: Role, nia: Actor) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="The board asked", effective_from=TODAY, at=NOW)
    by = somebody(role)
    with pytest.raises(NotPermitted, match="service manager or an administrator"):
        propose(by=by, source=asks_about_pets(), why="I ask", effective_from=TODAY, at=NOW)
    with pytest.raises(NotPermitted):
        publish(by=by, proposal=proposal, at=NOW)
    with pytest.raises(NotPermitted):
        withdraw_proposal(by=by, proposal=proposal, because="No", at=NOW)


def test_a_day_that_was_worked_under_other_rules_is_refused(nia: Actor, amir: Actor) -> None:
    with pytest.raises(Refusal, match="Choose 21 November 2026 or a later day"):
        propose(by=nia, source=asks_about_pets(), why="Why", effective_from=TODAY - timedelta(days=1), at=NOW)
    proposal = propose(by=nia, source=asks_about_pets(), why="Why", effective_from=TODAY, at=NOW)
    with pytest.raises(Refusal, match="Choose 22 November 2026 or a later day"):
        publish(by=amir, proposal=proposal, at=NOW + timedelta(days=1))


def test_an_overlay_may_not_overlap_one_that_is_published(nia: Actor, amir: Actor) -> None:
    published(nia, amir, asks_about_pets(), LATER)
    for day in (SOON, LATER):
        with pytest.raises(Refusal, match=r"published from 4 January 2027.*Choose 5 January 2027 or"):
            propose(by=nia, source=asks_about_pets("Any pets?"), why="Why", effective_from=day, at=NOW)
    pin = published(nia, amir, asks_about_pets("Any pets?"), LATER + timedelta(days=1))
    assert pin.version == 2
    assert queries.current_pack_on(LATER).pin.version == 1
    assert queries.current_pack_on(LATER + timedelta(days=1)).pin.version == 2


def test_the_database_holds_two_people_and_one_overlay_a_day_by_itself(nia: Actor, amir: Actor) -> None:
    published(nia, amir, asks_about_pets(), SOON)
    row = PublishedPack.objects.filter(key="hallowby-2026").values().get()
    # The second is another overlay for a day that has one on that copy of the base.
    for change in ({"published_by": row["proposed_by"], "effective_from": LATER}, {"key": "other-2026"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedPack.objects.create(**(row | {"id": uuid4(), "version": 2} | change))


def test_an_answer_that_changes_its_kind_breaks_and_is_refused_with_what_to_do(nia: Actor, amir: Actor) -> None:
    published(nia, amir, asks_about_pets(), SOON)
    with pytest.raises(PackRefused, match=r"pets.*give what is new a key of its own"):
        propose(by=nia, source=asks_about_pets(answer="date"), why="Why", effective_from=LATER, at=NOW)


def test_what_is_not_sound_is_refused_with_every_fault(nia: Actor) -> None:
    wrong = (
        asks_about_pets().replace('"worry"', '"nowhere"') + '\n[[hide]]\nform = "contact"\nquestion = "danger_now"\n'
    )
    with pytest.raises(PackRefused) as refused:
        propose(by=nia, source=wrong, why="Why", effective_from=SOON, at=NOW)
    assert len(refused.value.faults) == 2
    assert not ProposedPack.objects.exists()


@pytest.mark.parametrize(("why", "said"), [("  ", "Say why"), ("a" * 501, "Say it in 500")])
def test_a_proposal_says_why(why: str, said: str, nia: Actor) -> None:
    with pytest.raises(Refusal, match=said):
        propose(by=nia, source=asks_about_pets(), why=why, effective_from=SOON, at=NOW)


def test_a_base_that_was_published_again_since_is_proposed_anew(
    nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="Why", effective_from=SOON, at=NOW)
    base_again(monkeypatch)
    with pytest.raises(Refusal, match="published again since this was proposed"):
        publish(by=amir, proposal=proposal, at=NOW + timedelta(hours=2))
    withdraw_proposal(by=amir, proposal=proposal, because="Its base moved on", at=NOW)
    assert published(nia, amir, asks_about_pets(), SOON).version == 1


def test_an_overlay_in_force_goes_on_with_its_base_and_older_records_keep_theirs(
    nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = published(nia, amir, asks_about_pets(), SOON)
    upgraded = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
    assert base_again(monkeypatch, upgraded) == (Pin("england-2023", 2), Pin("hallowby-2026", 2))
    now = queries.current_pack(upgraded)
    assert now.pin == Pin("hallowby-2026", 2)
    assert now.form("contact").question("pets")
    assert now.list("weather").options
    assert queries.current_pack(upgraded - timedelta(days=1)).pin == pin
    assert [one.key for one in queries.get_pack(pin).lists if one.key == "weather"] == []
    row = PublishedPack.objects.get(key="hallowby-2026", version=2)
    assert (row.proposed_by, row.published_by, row.base_version) == (nia.id, amir.id, 2)
    assert publish_shipped_packs(at=upgraded) == ()
    assert operations.left_behind(upgraded.date()) == {}


def test_overlays_that_start_today_and_later_go_on_with_their_base_from_their_own_days(
    nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(nia, amir, asks_about_pets(), TODAY)
    published(nia, amir, asks_about_pets("Any pets?"), LATER)
    base_again(monkeypatch)
    for day, version, label in ((TODAY, 3, "Are there animals at home?"), (LATER, 4, "Any pets?")):
        pack = queries.current_pack_on(day)
        assert (pack.version, str(pack.form("contact").question("pets").label)) == (version, label)
        assert pack.list("weather").options
        assert queries.packs_on([day])[day].pin == pack.pin
    assert queries.current_pack_on(LATER - timedelta(days=1)).version == 3


def test_an_overlay_that_its_base_no_longer_bears_stays_and_is_said_and_the_base_is_published(
    nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = published(nia, amir, asks_about_pets(), TODAY)
    assert base_again(monkeypatch, asks="pets") == (Pin("england-2023", 2),)
    there = queries.get_in_force(TODAY)
    assert there is not None
    assert there.pin == queries.current_pack(NOW).pin == pin
    assert queries.has_base_moved_on(there)
    assert "the key “pets” is used already" in operations.left_behind(TODAY)[pin]


def test_the_operators_page_says_what_is_in_force_what_waits_and_what_no_longer_merges(
    nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch, as_owner: Any
) -> None:
    at = datetime.now(UTC)
    published(nia, amir, asks_about_pets(), local_day(at), at)
    propose(by=nia, source=asks_about_pets("Any?"), why="Why", effective_from=local_day(at) + timedelta(days=9), at=at)
    before = status.practice(as_owner)
    assert before["in force"].startswith("hallowby-2026 version 1, on england-2023 version 1, from ")
    assert before["waiting"] == [f"hallowby-2026, from {local_day(at) + timedelta(days=9)}"]
    assert before["warning"] is None
    base_again(monkeypatch, at, asks="pets")
    warning = status.practice(as_owner)["warning"]
    assert warning.startswith("hallowby-2026 version 1 stands on an older copy of its base, and does not merge")
    assert "the key “pets” is used already" in warning
    assert warning.endswith("propose it again: ./run practice propose.")


def test_a_failure_in_the_middle_publishes_nothing(nia: Actor, amir: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="Why", effective_from=TODAY, at=NOW)

    def falls_over(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(operations, "_decide", falls_over)
    with pytest.raises(RuntimeError):
        publish(by=amir, proposal=proposal, at=NOW)
    assert not PublishedPack.objects.exclude(base_key="").exists()
    assert queries.current_pack(NOW).key == "england-2023"
    assert [one.id for one in queries.list_waiting()] == [proposal]


def test_a_proposal_is_decided_once(nia: Actor, amir: Actor) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="Why", effective_from=SOON, at=NOW)
    with pytest.raises(Refusal, match="waits already"):
        propose(by=amir, source=asks_about_pets("Any pets?"), why="Why", effective_from=LATER, at=NOW)
    withdraw_proposal(by=nia, proposal=proposal, because="We will ask something else", at=NOW)
    for again in (
        lambda: publish(by=amir, proposal=proposal, at=NOW),
        lambda: withdraw_proposal(by=amir, proposal=proposal, because="Again", at=NOW),
    ):
        with pytest.raises(Refusal, match="was withdrawn on 21 November 2026"):
            again()
    with pytest.raises(NotFound):
        publish(by=amir, proposal=uuid4(), at=NOW)


def test_the_serving_role_changes_no_proposal_but_decides_it_as_itself(nia: Actor, amir: Actor) -> None:
    proposal = propose(by=nia, source=asks_about_pets(), why="Why", effective_from=SOON, at=NOW)
    for change in ({"source": "other"}, {"decided_at": NOW, "decided_by": nia.id, "withdrawn_because": "Not me"}):
        # Another account acts than the one that the row would name.
        with acting(amir.id), pytest.raises(ProgrammingError, match=r"permission denied|row-level security"):
            _change(proposal, change)
    withdraw_proposal(by=nia, proposal=proposal, because="No", at=NOW)
    with acting(amir.id):
        late = ProposedPack.objects.filter(id=proposal).update(decided_by=amir.id, withdrawn_because="Changed")
    assert late == 0


def _change(proposal: UUID, change: dict[str, Any]) -> None:
    with transaction.atomic():
        ProposedPack.objects.filter(id=proposal).update(**change)


def test_a_key_of_a_pack_that_comes_with_the_product_is_not_taken(nia: Actor) -> None:
    taken = asks_about_pets().replace('key = "hallowby-2026"', 'key = "england-2023"')
    with pytest.raises(PackRefused, match="key of its"):
        propose(by=nia, source=taken, why="Why", effective_from=SOON, at=NOW)


def test_a_rule_that_would_not_be_in_force_on_the_day_is_refused(nia: Actor) -> None:
    local = next(
        one["key"]
        for one in read_source(PACKS / "england-2023").values["timescales"]["timescales"]
        if one["basis"]["kind"] == "local"
    )
    late = HEAD + (
        f'[[change_timescale]]\nkey = "{local}"\nunit = "working days"\nlength = 3\nby = "end of day"\n'
        'basis = { kind = "local", citation = "Practice board", effective_from = 2027-06-01 }\n'
    )
    with pytest.raises(PackRefused, match="no rule of this key is in force on 1 December 2026"):
        propose(by=nia, source=late, why="Why", effective_from=SOON, at=NOW)


def test_what_is_previewed_is_in_force_here_alone_and_for_as_long_as_it_is_looked_at(nia: Actor, amir: Actor) -> None:
    pin = published(nia, amir, asks_about_pets(), SOON)
    pack = queries.get_pack(pin)
    with queries.previewing(pack):
        assert queries.current_pack(NOW) is pack
    assert queries.current_pack(NOW).key == "england-2023"


def test_the_overlay_in_force_costs_one_small_query(
    nia: Actor, amir: Actor, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    published(nia, amir, asks_about_pets(), TODAY)
    queries.current_pack(NOW)
    with django_assert_num_queries(1):
        queries.current_pack(NOW)


def test_a_key_that_an_overlay_used_and_another_dropped_is_not_used_for_something_else(nia: Actor, amir: Actor) -> None:
    published(nia, amir, asks_about_pets(), SOON)
    published(nia, amir, HEAD, LATER)
    day = LATER + timedelta(days=7)
    with pytest.raises(PackRefused, match="question “pets”: it would break “an answer of text”"):
        propose(by=nia, source=asks_about_pets(answer="date"), why="Again", effective_from=day, at=NOW)
    propose(by=nia, source=asks_about_pets(), why="As it was", effective_from=day, at=NOW)
