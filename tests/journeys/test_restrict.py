"""Closing a record to all but named readers, and keeping one colleague away from it."""

from datetime import timedelta

import pytest

from sightline.access import restrictions
from sightline.access.models import EmergencyAccess
from sightline.access.operations import declare_conflict, open_in_emergency
from sightline.access.queries import may_see
from sightline.access.reading_bars import BarView, list_restrictions, list_reviewed
from sightline.access.standing_queries import get_emergency
from sightline.doorway.acts import acting
from sightline.journeys.restrict import (
    change_readers,
    declare_own_conflict,
    end_conflict,
    hand_review,
    keep_colleague_away,
    restrict_record,
    review_restriction,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.people.queries import search_people
from sightline.record.models import Step
from sightline.record.operations import open_step
from sightline.record.queries import list_notices, list_open_steps, list_steps_about
from sightline.recording.operations import finish_step
from tests.universe import Universe


def may(universe: Universe, key: str, name: str) -> bool:
    with acting(universe.who(key).id):
        return may_see(person=universe.person(name))


def close(universe: Universe, by: str, **changes: object) -> None:
    given = {
        "person": universe.person("Skye Whitcombe"),
        "readers": [universe.who("jane").id],
        "reviewer": universe.post("service-manager"),
        "reason": "A colleague knows the family.",
        "at": universe.at,
    }
    restrict_record(by=universe.who(by), **(given | changes))  # type: ignore[arg-type]


def test_a_named_reader_reads_on_and_their_team_does_not(universe: Universe) -> None:
    assert may(universe, "marcus", "Skye Whitcombe")
    close(universe, "gareth")
    assert may(universe, "jane", "Skye Whitcombe")
    assert not may(universe, "marcus", "Skye Whitcombe")
    assert not may(universe, "gareth", "Skye Whitcombe"), "Whoever closes a record to others is not excepted."


def test_one_colleague_is_kept_away_and_the_others_read_on(universe: Universe) -> None:
    keep_colleague_away(
        by=universe.who("gareth"),
        person=universe.person("Skye Whitcombe"),
        colleague=universe.who("marcus").id,
        reviewer=universe.post("service-manager"),
        reason="His neighbour.",
        at=universe.at,
    )
    assert not may(universe, "marcus", "Skye Whitcombe")
    assert may(universe, "jane", "Skye Whitcombe")


def test_what_is_owed_to_them_is_not_shown_to_whoever_is_kept_away(universe: Universe) -> None:
    skye, marcus = universe.person("Skye Whitcombe"), universe.who("marcus")
    step = open_step(
        by=universe.who("jane"),
        kind="action",
        post=min(marcus.posts),
        people=[skye],
        words="Ring Skye.",
        at=universe.at,
    )
    with acting(marcus.id):
        assert step in {one.id for one in list_open_steps(marcus.posts)}
    keep_colleague_away(
        by=universe.who("gareth"), person=skye, colleague=marcus.id, reviewer=universe.post("service-manager"),
        reason="His neighbour.", at=universe.at,
    )  # fmt: skip
    with acting(marcus.id):
        assert step not in {one.id for one in list_open_steps(marcus.posts)}
        assert not Step.objects.filter(id=step).exists(), "The table's own rule says so, and not only the page."
    with acting(universe.who("jane").id):
        assert step in {one.id for one in list_steps_about(person=skye)}
    with pytest.raises(NotFound):
        finish_step(by=marcus, step=step, outcome="Rang her.", at=universe.at)


def test_only_a_manager_who_sees_the_person_may_and_says_why_and_to_whom(universe: Universe) -> None:
    with pytest.raises(NotPermitted):
        close(universe, "jane")
    with pytest.raises(Refusal, match="Say why"):
        close(universe, "gareth", reason=" ")
    with pytest.raises(Refusal, match="at least one"):
        close(universe, "gareth", readers=[])
    close(universe, "gareth")
    with pytest.raises(NotFound):
        close(universe, "gareth")


def reviewed(universe: Universe, key: str = "helen") -> list[BarView]:
    with acting(universe.who(key).id):
        return list_reviewed()


def test_a_reviewer_who_does_not_read_the_record_still_owes_its_review_and_decides(universe: Universe) -> None:
    close(universe, "gareth")
    (bar,) = [one for one in reviewed(universe) if one.person == universe.person("Skye Whitcombe")]
    day = local_day(universe.at) + timedelta(days=90)
    helen = universe.who("helen")
    with acting(helen.id):
        (owed,) = [one for one in list_open_steps(helen.posts) if one.subject == bar.id]
    assert (owed.kind, owed.people, bar.review_on) == ("review_restriction", (), day)
    assert owed.due_at is not None
    assert local_day(owed.due_at) == day
    with pytest.raises(NotFound):
        review_restriction(by=universe.who("margaret"), bar=bar.id, keep=True, words="As before.", at=universe.at)
    with pytest.raises(Refusal, match="within 90 days"):
        review_restriction(
            by=helen, bar=bar.id, keep=True, words="As before.", next_on=day + timedelta(days=1), at=universe.at
        )
    soon = local_day(universe.at) + timedelta(days=30)
    review_restriction(by=helen, bar=bar.id, keep=True, words="As before.", next_on=soon, hidden=False, at=universe.at)
    (kept,) = [one for one in reviewed(universe) if one.id == bar.id]
    assert (kept.review_on, kept.hidden, kept.reviews[0].words) == (soon, False, "As before.")
    with acting(helen.id):
        assert [one.due_at for one in list_open_steps(helen.posts) if one.subject == bar.id] == [end_of_day(soon)]
    review_restriction(by=helen, bar=bar.id, keep=False, words="The colleague has left.", at=universe.at)
    assert bar.id not in {one.id for one in reviewed(universe)}
    assert may(universe, "marcus", "Skye Whitcombe"), "Lifted, it is read as before from the next request."
    with acting(helen.id):
        assert [one for one in list_open_steps(helen.posts) if one.subject == bar.id] == []


def test_readers_come_and_go_and_each_of_them_sees_who_the_others_are(universe: Universe) -> None:
    skye, jane, marcus = universe.person("Skye Whitcombe"), universe.who("jane").id, universe.who("marcus").id
    close(universe, "gareth")
    (bar,) = [one for one in reviewed(universe) if one.person == skye]
    helen = universe.who("helen")
    change_readers(by=helen, bar=bar.id, add=[marcus], reason="Covers for Jane.", at=universe.at)
    assert may(universe, "marcus", "Skye Whitcombe")
    with acting(marcus):
        (told,) = list_restrictions(person=skye)
    assert {one.account for one in told.readers} == {jane, marcus}
    change_readers(by=helen, bar=bar.id, end=[marcus], reason="Jane is back.", at=universe.at)
    assert not may(universe, "marcus", "Skye Whitcombe")
    with acting(marcus):
        assert list_restrictions(person=skye) == [], "Whoever may not read it learns nothing of who does."
    with pytest.raises(Refusal, match="at least one"):
        change_readers(by=helen, bar=bar.id, end=[jane], reason="She left.", at=universe.at)
    with pytest.raises(NotFound):
        change_readers(by=universe.who("gareth"), bar=bar.id, add=[marcus], reason="He asks.", at=universe.at)


def test_a_record_is_restricted_once_and_reviewed_by_a_manager_within_90_days(universe: Universe) -> None:
    late = local_day(universe.at) + timedelta(days=91)
    for changes, words in (
        ({"review_on": late}, "within 90 days"),
        ({"review_on": local_day(universe.at)}, "after today"),
        ({"reviewer": universe.post("worker-1-family-support-2")}, "manager's post"),
        ({"readers": [new_id()]}, "at least one"),
    ):
        with pytest.raises(Refusal, match=words):
            close(universe, "gareth", **changes)
    close(universe, "gareth", readers=[universe.who("gareth").id])
    with pytest.raises(Refusal, match="already"):
        close(universe, "gareth")


def test_whoever_says_that_they_know_a_family_reads_nothing_of_it_from_then_on(universe: Universe) -> None:
    skye, jane = universe.person("Skye Whitcombe"), universe.who("jane")
    with pytest.raises(Refusal, match="how you know"):
        declare_own_conflict(by=jane, people=[skye], reason=" ", at=universe.at)
    bar = declare_own_conflict(by=jane, people=[skye], reason="Her aunt is my neighbour.", at=universe.at)
    assert not may(universe, "jane", "Skye Whitcombe")
    with acting(jane.id):
        assert skye not in {one.person for one in search_people(by=jane, text="Skye Whitcombe", at=universe.at)}
    gareth = universe.who("gareth")
    with acting(gareth.id):
        told = [one for one in list_notices(gareth.posts) if one.kind == "conflict_declared"]
        assert [(one.person, one.subject) for one in told] == [(skye, bar)]
    with pytest.raises(NotFound):
        end_conflict(by=jane, bar=bar, words="We moved.", at=universe.at)
    end_conflict(by=gareth, bar=bar, words="She moved away.", at=universe.at)
    assert may(universe, "jane", "Skye Whitcombe")


def test_nobody_ends_a_conflict_of_their_own(universe: Universe) -> None:
    gareth = universe.who("gareth")
    bar = keep_colleague_away(
        by=universe.who("helen"), person=universe.person("Skye Whitcombe"), colleague=gareth.id,
        reviewer=universe.post("manager-family-support-2"), reason="His niece.", at=universe.at,
    )  # fmt: skip
    assert bar not in {one.id for one in reviewed(universe, "gareth")}
    with pytest.raises(NotFound):
        end_conflict(by=gareth, bar=bar, words="She is not.", at=universe.at)
    end_conflict(by=universe.who("helen"), bar=bar, words="She is not.", at=universe.at)


def test_a_reviewer_with_a_conflict_reads_no_restriction_and_the_post_above_does(universe: Universe) -> None:
    skye, gareth, team = universe.person("Skye Whitcombe"), universe.who("gareth"), "manager-family-support-2"
    close(universe, "gareth", reviewer=universe.post(team))
    (bar,) = [one for one in reviewed(universe, "gareth") if one.person == skye]
    change_readers(by=gareth, bar=bar.id, add=[universe.who("marcus").id], reason="Covers for Jane.", at=universe.at)
    with acting(gareth.id):
        opened = open_in_emergency(
            person=skye, account=universe.who("naomi").id, reason=EmergencyAccess.Reason.DANGER, words="A burn.",
            safe_address=False, reviewer=universe.post(team), review_by=universe.at, at=universe.at,
            until=universe.at + timedelta(hours=8),
        )  # fmt: skip
        assert get_emergency(opened) is not None
    with acting(universe.who("helen").id):
        declare_conflict(
            person=skye, against=gareth.id, reviewer=universe.post("service-manager"), reason="His niece.",
            at=universe.at,
        )  # fmt: skip
    for key, reads in (("gareth", False), ("helen", True)):
        assert any(one.id == bar.id for one in reviewed(universe, key)) is reads, key
        with acting(universe.who(key).id):
            assert (get_emergency(opened) is not None) is reads, key
    with pytest.raises(NotFound):
        change_readers(by=gareth, bar=bar.id, end=[universe.who("marcus").id], reason="No more.", at=universe.at)


def test_a_reviewer_does_not_name_themself(universe: Universe) -> None:
    close(universe, "gareth", reviewer=universe.post("manager-family-support-2"))
    (bar,) = [one for one in reviewed(universe, "gareth") if one.person == universe.person("Skye Whitcombe")]
    gareth = universe.who("gareth")
    with pytest.raises(Refusal, match="post above yours does"):
        change_readers(by=gareth, bar=bar.id, add=[gareth.id], reason="I ask.", at=universe.at)
    change_readers(by=universe.who("helen"), bar=bar.id, add=[gareth.id], reason="He asked.", at=universe.at)
    assert may(universe, "gareth", "Skye Whitcombe")


def test_another_post_looks_at_a_restriction_again_and_the_one_before_does_not(universe: Universe) -> None:
    skye, gareth, desk = universe.person("Skye Whitcombe"), universe.who("gareth"), universe.post("front-door-manager")
    close(universe, "gareth", reviewer=universe.post("manager-family-support-2"))
    (before,) = [one for one in reviewed(universe, "gareth") if one.person == skye]
    for changes, words in (
        ({"post": before.reviewer}, "already"),
        ({"post": universe.post("worker-1-family-support-2")}, "manager's post"),
        ({"words": " "}, "Say why"),
    ):
        given = {"post": desk, "words": "The team is merged.", **changes}
        with pytest.raises(Refusal, match=words):
            hand_review(by=gareth, bar=before.id, at=universe.at, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        hand_review(by=universe.who("margaret"), bar=before.id, post=desk, words="I would.", at=universe.at)
    hand_review(by=gareth, bar=before.id, post=desk, words="The team is merged.", at=universe.at)
    assert before.id not in {one.id for one in reviewed(universe, "gareth")}
    with acting(gareth.id):
        assert before.id not in {one.subject for one in list_open_steps(gareth.posts)}, "It is owed once."
    margaret = universe.who("margaret")
    (now,) = [one for one in reviewed(universe, "margaret") if one.id == before.id]
    assert (now.reviewer, now.review_on) == (desk, before.review_on)
    assert [(one.label, one.words) for one in now.reviews] == [
        ("Another post looks at it again", "The team is merged.")
    ]
    with acting(margaret.id):
        (step,) = [one for one in list_open_steps(margaret.posts) if one.subject == before.id]
        assert step.due_at == end_of_day(before.review_on)
        assert "restriction_yours" in [one.kind for one in list_notices(margaret.posts) if one.subject == before.id]
    assert may(universe, "jane", "Skye Whitcombe")
    assert not may(universe, "margaret", "Skye Whitcombe")


def test_nobody_hands_over_what_another_post_reviews(universe: Universe) -> None:
    close(universe, "gareth")
    (bar,) = [one for one in reviewed(universe, "helen") if one.person == universe.person("Skye Whitcombe")]
    mine = universe.post("manager-family-support-2")
    with acting(universe.who("gareth").id):
        assert not restrictions.hand_review(bar=bar.id, post=mine, words="Mine.", by=new_id(), at=universe.at)
    assert bar.reviewer in {one.reviewer for one in reviewed(universe, "helen") if one.id == bar.id}
