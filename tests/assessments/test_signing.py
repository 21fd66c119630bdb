"""Sent, returned, authorised, sent on, made void: who signs, what stands, and what is kept."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.access.operations import declare_conflict, restrict
from sightline.assessments.family import list_family_versions, write_version_for
from sightline.assessments.models import FamilyVersion, Turn
from sightline.assessments.operations import (
    begin_round,
    mark_factors,
    return_for_edits,
    stop_round,
)
from sightline.assessments.queries import get_round, get_signed, list_missing, list_open_rounds, list_signed
from sightline.assessments.rules import MOVED_BY, MOVES, Standing, standing_of
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.references import new_id
from sightline.people.operations import register_person
from sightline.practice.queries import current_pack
from sightline.record.operations import close_episode, open_step
from sightline.record.queries import OpenStep, get_open_episodes, list_notices, list_steps_about
from tests.assessments.family import DUE, Family, let_read
from tests.journeys.world import BEGIN

SOON = BEGIN + timedelta(days=2)
LATER = BEGIN + timedelta(days=300)


def asked_of(family: Family, step: UUID, by: str = "Fay Lund") -> list[OpenStep]:
    """The managers' steps that a round waits for."""
    with acting(family.world.accounts[by]):
        return [one for one in list_steps_about(subject=step) if one.kind == "authorise_assessment"]


def told(family: Family, post: str, by: str) -> list[str]:
    with acting(family.world.accounts[by]):
        return [one.kind for one in list_notices([family.world.posts[post]])]


# --- sending ------------------------------------------------------------------------------------


def test_a_round_with_nothing_in_it_is_sent_and_what_is_missing_is_kept_with_its_reason(family: Family) -> None:
    _, step = family.begin("Ava", "Ben")
    family.submit(step, reasons={("childs_day", family["Ava"]): " She was in hospital. "})
    with acting(family.world.accounts["Fay Lund"]):
        missing = {one.place: one.reason for one in list_missing(step)}
        asked = {one.key: one.asked_of for one in current_pack(BEGIN).form("assessment").questions if one.required}
    whole = {
        (key, child)
        for key, asked_of_ in asked.items()
        for child in ((family["Ava"], family["Ben"]) if asked_of_ == "child" else (None,))
    }
    assert set(missing) == whole
    assert missing.pop(("childs_day", family["Ava"])) == "She was in hospital."
    assert set(missing.values()) == {""}


def test_sending_asks_the_manager_s_post_and_nothing_waits_for_nobody(family: Family) -> None:
    _, step = family.begin("Ava")
    asked = family.submit(step)
    [found] = asked_of(family, step)
    assert (found.id, found.post, found.people) == (asked, family.world.posts["family-manager"], (family["Ava"],))
    assert found.due_at is not None


def test_sent_again_to_another_manager_the_first_is_no_longer_asked(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step)
    family.submit(step, to="service-manager")
    assert [one.post for one in asked_of(family, step, "Hal Dean")] == [family.world.posts["service-manager"]]


def test_it_is_sent_to_a_manager_s_post_and_not_to_one_s_own(family: Family) -> None:
    _, step = family.begin("Ava")
    with pytest.raises(Refusal, match="manager's post"):
        family.submit(step, to="long-term-1")
    with pytest.raises(Refusal, match="stand in that post yourself"):
        family.submit(step, by="Fay Lund")


def test_a_registered_social_worker_is_the_author_for_a_child_in_need(family: Family) -> None:
    let_read(family.world, "long-term", [family["Ava"]])
    _, step = family.begin("Ava")
    with pytest.raises(NotPermitted, match="registered social worker"):
        family.submit(step, by="Kit Rowe")


def test_for_early_help_a_family_support_worker_is_the_author(family: Family) -> None:
    child = _unborn(family)
    kit = family.who("Kit Rowe")
    step = open_step(by=kit, kind="assessment", post=family.world.posts["long-term-1"], people=[child], at=BEGIN)
    begin_round(by=kit, children=[child], started_on=BEGIN.date(), step=step, at=BEGIN)
    family.submit(step, by="Kit Rowe")
    assert asked_of(family, step)


def _unborn(family: Family) -> UUID:
    child = new_id()
    for team in ("family", "long-term"):
        let_read(family.world, team, [child])
    register_person(
        by=family.who("Kit Rowe"), person=child, kind="child", birth="expected", expected_date=LATER.date(), at=BEGIN
    )  # fmt: skip
    return child


# --- signing ------------------------------------------------------------------------------------


def test_what_was_signed_stands_as_it_was_and_the_document_goes_on(family: Family) -> None:
    document, step = family.begin("Ava", "Ben")
    family.write(document, "history", "As it was then.")
    family.write(document, "wishes", "To see his dad.", child="Ben")
    mark_factors(by=family.who("Jane Smith"), assessment=document, child=family["Ben"], codes=["3B"], at=BEGIN)
    entry = family.signed(step)
    assert family.read(document).changed_since_signed is None
    family.write(document, "history", "As it is now.", at=LATER)
    mark_factors(by=family.who("Jane Smith"), assessment=document, child=family["Ben"], codes=[], at=LATER)
    texts = family.texts(entry)
    assert (texts["history"], texts["wishes"]) == (["As it was then."], ["To see his dad."])
    assert family.said(document)["history", ""] == "As it is now."
    view = family.read(document)
    assert (view.signed_at, view.changed_since_signed) == (BEGIN, BEGIN)
    with acting(family.world.accounts["Jane Smith"]):
        [signed] = list_signed([family["Ben"]])
    assert (signed.entry, signed.outcome, signed.started_on) == (entry, "child_in_need_plan", BEGIN.date())
    assert signed.factors == {family["Ben"]: ("3B",)}
    assert set(signed.children) == {family["Ava"], family["Ben"]}


def test_each_passage_of_a_signed_assessment_is_about_its_child_in_its_section(family: Family) -> None:
    document, step = family.begin("Ava", "Ben")
    for child in ("Ava", "Ben"):
        family.write(document, "wishes", f"{child}'s own words.", child=child)
    family.write(document, "history", "Of both.")
    entry = family.signed(step)
    found = family.entry(entry)
    assert found is not None
    placed = {(one.heading, one.text): (one.section, set(one.about)) for one in found.passages}
    assert placed["wishes", "Ava's own words."] == ("child_words", {family["Ava"]})
    assert placed["history", "Of both."] == ("ordinary", {family["Ava"], family["Ben"]})
    assert family.texts(entry, "Kit Rowe")["wishes"] == ["Ben's own words."]


def test_a_round_of_one_child_signs_nothing_about_a_brother(family: Family) -> None:
    document, step = family.begin("Ava", "Ben")
    family.write(document, "wishes", "Ben's.", child="Ben")
    family.write(document, "history", "Of both.")
    family.signed(step)
    _, again = family.begin("Ava", at=LATER)
    entry = family.signed(again, at=LATER)
    texts = family.texts(entry)
    assert (texts["assessment_outcome"], texts["history"]) == (["A child in need plan"], ["Of both."])
    assert texts.keys() == {"assessment_outcome", "history", "not_written", "evidence_asked"}
    assert not any("Ben" in text for texts in texts.values() for text in texts)
    assert family.entry(entry, "Kit Rowe") is None
    with acting(family.world.accounts["Kit Rowe"]):
        assert [one.round for one in list_signed([family["Ben"], family["Ava"]])] == [step]


def test_what_is_empty_stands_in_what_was_signed_with_the_reason_and_about_its_child(family: Family) -> None:
    _, step = family.begin("Ava", "Ben")
    day = {("childs_day", family["Ben"]): "He was away."}
    family.submit(step, reasons=day)
    entry = family.authorise(step)
    assert entry is not None
    found = family.entry(entry)
    assert found is not None
    empty = {one.text: set(one.about) for one in found.passages if one.heading == "not_written"}
    [his] = [text for text in empty if text.endswith(": He was away.")]
    assert his.startswith("Not written: ")
    assert "(Ben" in his
    assert empty[his] == {family["Ben"]}
    [hers] = [text for text, about in empty.items() if about == {family["Ava"]} and "day" in text]
    assert hers.endswith(": no reason was given")
    assert {family["Ava"], family["Ben"]} in empty.values()
    assert family.texts(entry)["evidence_asked"] == ["Nobody was asked for evidence."]
    assert not any("(Ava" in text for text in family.texts(entry, "Kit Rowe")["not_written"])


def test_every_part_is_signed_in_the_form_s_order(family: Family) -> None:
    document, step = family.begin("Ava")
    questions = current_pack(BEGIN).form("assessment").questions
    for question in reversed(questions):
        child = "Ava" if question.asked_of == "child" else ""
        family.write(document, question.key, f"About {question.key}.", child=child)
    found = family.entry(family.signed(step))
    assert found is not None
    assert [one.heading for one in found.passages] == [
        "assessment_outcome", *(one.key for one in questions), "evidence_asked",
    ]  # fmt: skip


def test_the_signature_closes_what_was_owed_and_the_worker_is_told(family: Family) -> None:
    _, step = family.begin("Ava")
    entry = family.signed(step, late_because="The hospital answered late.", at=DUE + timedelta(days=1))
    with acting(family.world.accounts["Fay Lund"]):
        assert list_steps_about(person=family["Ava"]) == []
        assert list_open_rounds(children=[family["Ava"]]) == []
        assert get_signed(entry).late_because == "The hospital answered late."
        closed = {one.id: one for one in list_steps_about(person=family["Ava"], only_open=False)}
    assert closed[step].closed_at == DUE + timedelta(days=1)
    assert told(family, "family-1", "Jane Smith") == ["assessment_signed"]


def test_late_without_a_reason_is_signed_all_the_same(family: Family) -> None:
    _, step = family.begin("Ava")
    assert family.signed(step, at=LATER)


def test_why_it_is_late_is_refused_in_a_sentence_when_it_is_too_long(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step)
    with pytest.raises(Refusal, match="why it is late to 500 characters: there are 501"):
        family.authorise(step, late_because="x" * 501)
    assert family.authorise(step, late_because="x" * 500)


def test_who_sent_it_does_not_sign_it_though_they_are_a_manager(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step, by="Hal Dean")
    with pytest.raises(NotPermitted, match="another manager"):
        family.authorise(step, by="Hal Dean")
    assert family.authorise(step)


def test_only_a_manager_signs_and_says_what_it_leads_to(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step)
    with pytest.raises(NotPermitted, match="A manager authorises"):
        family.authorise(step, by="Jane Smith")
    with pytest.raises(Refusal, match="leads to"):
        family.authorise(step, outcome="")
    with pytest.raises(NotFound):
        family.authorise(step, outcome="no_such_outcome")


def test_two_managers_sign_and_neither_twice(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step)
    assert family.authorise(step, to="service-manager") is None
    with pytest.raises(NotPermitted, match="your name"):
        family.authorise(step)
    assert family.authorise(step, by="Hal Dean")
    with acting(family.world.accounts["Hal Dean"]):
        turns = get_round(step).turns
    assert [(one.kind, one.outcome) for one in turns] == [
        ("submitted", ""), ("sent_on", "child_in_need_plan"), ("authorised", "child_in_need_plan"),
    ]  # fmt: skip


def test_what_nobody_sent_is_not_signed_and_what_is_signed_is_not_signed_again(family: Family) -> None:
    _, step = family.begin("Ava")
    with pytest.raises(Refusal, match="not been sent"):
        family.authorise(step)
    family.signed(step)
    with pytest.raises(Refusal, match="already signed"):
        family.authorise(step, by="Hal Dean")


def test_a_manager_who_may_not_read_all_of_it_does_not_sign_the_whole(family: Family) -> None:
    _, step = family.begin("Ava", "Ben")
    family.submit(step)
    jane = family.who("Jane Smith")
    with acting(jane.id):
        restrict(person=family["Ben"], readers=[jane.id], reviewer=jane.id, reason="A relative.", at=BEGIN)
    with pytest.raises(NotPermitted, match="not open to you"):
        family.authorise(step)


def test_it_is_recorded_late_for_a_child_whose_episode_has_ended(family: Family) -> None:
    _, step = family.begin("Ava")
    with acting(family.world.accounts["Fay Lund"]):
        episode = get_open_episodes([family["Ava"]])[family["Ava"]]
    close_episode(
        by=family.who("Fay Lund"), episode=episode.id, closed_on=SOON.date(), reason="RC7", at=SOON,
        accepted_because="They moved.",
    )  # fmt: skip
    assert family.signed(step, at=LATER)


# --- returning, and edits in between ------------------------------------------------------------


def test_a_manager_returns_it_with_words_and_the_worker_is_told(family: Family) -> None:
    _, step = family.begin("Ava")
    family.submit(step)
    with pytest.raises(Refusal, match="what should change"):
        return_for_edits(by=family.who("Fay Lund"), round=step, words=" ", at=BEGIN)
    with pytest.raises(NotPermitted):
        return_for_edits(by=family.who("Jane Smith"), round=step, words="More.", at=BEGIN)
    return_for_edits(by=family.who("Fay Lund"), round=step, words="Who is Lee?", at=BEGIN)
    assert asked_of(family, step) == []
    assert told(family, "family-1", "Jane Smith") == ["assessment_returned"]
    with pytest.raises(Refusal, match="returned"):
        family.authorise(step)
    assert family.signed(step)


def test_an_edit_makes_the_sign_off_void_keeps_it_and_tells_the_manager(family: Family) -> None:
    document, step = family.begin("Ava")
    family.submit(step)
    family.authorise(step, to="service-manager")
    assert family.write(document, "history", "A new fact.", at=SOON).voided
    view = family.read(document)
    assert view.standing == Standing.CHANGED
    assert [one.kind for one in view.turns] == ["submitted", "sent_on", "voided"]
    assert asked_of(family, step, "Hal Dean") == []
    assert "assessment_changed" in told(family, "service-manager", "Hal Dean")
    with pytest.raises(Refusal, match="no longer stands"):
        family.authorise(step, by="Hal Dean", at=SOON)
    # Sent again, both managers may sign: what they signed is no more.
    family.submit(step, at=SOON)
    assert family.authorise(step, at=SOON)


def test_the_same_words_and_the_same_factors_make_nothing_void(family: Family) -> None:
    document, step = family.begin("Ava")
    family.write(document, "history", "As before.")
    mark_factors(by=family.who("Jane Smith"), assessment=document, child=family["Ava"], codes=["1A"], at=BEGIN)
    family.submit(step)
    assert not family.write(document, "history", "As before.").voided
    jane = family.who("Jane Smith")
    assert not mark_factors(by=jane, assessment=document, child=family["Ava"], codes=["1A"], at=BEGIN)
    assert mark_factors(by=jane, assessment=document, child=family["Ava"], codes=["1B"], at=BEGIN)
    assert family.read(document).standing == Standing.CHANGED


def test_an_edit_about_a_brother_leaves_the_round_of_his_sister_with_the_manager(family: Family) -> None:
    document, step = family.begin("Ava", "Ben")
    family.signed(step)
    _, again = family.begin("Ava", at=LATER)
    family.submit(again, at=LATER)
    assert not family.write(document, "wishes", "Ben's.", child="Ben", at=LATER).voided
    assert family.write(document, "wishes", "Ava's.", child="Ava", at=LATER).voided


def test_a_child_who_joins_what_was_sent_makes_it_void(family: Family) -> None:
    document, step = family.begin("Ava")
    family.submit(step)
    begin_round(
        by=family.who("Jane Smith"), children=[family["Ava"], family["Cal"]], started_on=BEGIN.date(), step=step,
        at=SOON,
    )  # fmt: skip
    assert family.read(document).standing == Standing.CHANGED


def test_after_the_last_signature_an_edit_makes_nothing_void(family: Family) -> None:
    document, step = family.begin("Ava")
    entry = family.signed(step)
    assert not family.write(document, "history", "Since then.", at=SOON).voided
    assert family.read(document).standing == Standing.SIGNED
    assert "history" not in family.texts(entry)


def test_a_manager_ends_a_round_unsigned_with_why_and_the_words_are_kept(family: Family) -> None:
    document, step = family.begin("Ava")
    family.write(document, "history", "So far.")
    family.submit(step)
    with pytest.raises(NotPermitted):
        stop_round(by=family.who("Jane Smith"), round=step, because="Moved away.", at=SOON)
    with pytest.raises(Refusal, match="why"):
        stop_round(by=family.who("Fay Lund"), round=step, because="", at=SOON)
    stop_round(by=family.who("Fay Lund"), round=step, because="The family moved to Weirshire.", at=SOON)
    assert family.read(document).round is None
    assert asked_of(family, step) == []
    with pytest.raises(Refusal, match="ended unsigned"):
        family.submit(step)
    again, _ = family.begin("Ava", at=LATER)
    assert family.said(again) == {("history", ""): "So far."}


# --- the table of moves -------------------------------------------------------------------------


def test_every_turn_has_a_place_in_the_table_and_somebody_who_makes_it() -> None:
    turns = {turn for moves in MOVES.values() for turn in moves}
    assert turns == set(Turn.Kind.values) == set(MOVED_BY)
    assert set(MOVES) == set(Standing)
    reached = {to for moves in MOVES.values() for to in moves.values()} | {Standing.WRITING}
    assert reached == set(Standing)


@pytest.mark.parametrize(
    ("turns", "standing"),
    [
        ([], Standing.WRITING),
        (["submitted"], Standing.WITH_MANAGER),
        (["submitted", "returned", "submitted"], Standing.WITH_MANAGER),
        (["submitted", "sent_on", "authorised"], Standing.SIGNED),
        (["submitted", "voided", "authorised"], Standing.CHANGED),
        (["submitted", "authorised", "voided", "returned"], Standing.SIGNED),
    ],
)
def test_where_a_round_stands_is_read_from_its_turns_in_order(turns: list[str], standing: Standing) -> None:
    assert standing_of(turns) == standing


# --- what each of the family is given ------------------------------------------------------------


def test_a_person_s_version_is_of_what_was_signed_and_every_saving_of_it_is_kept(family: Family) -> None:
    _, step = family.begin("Ava")
    entry, ava, jane = family.signed(step), family["Ava"], family.who("Jane Smith")
    assert write_version_for(by=jane, entry=entry, recipient=ava, text="What we saw.", base=0, at=SOON) == 1
    with pytest.raises(Stale) as stale:
        write_version_for(by=jane, entry=entry, recipient=ava, text="Other words.", base=0, at=SOON)
    assert stale.value.theirs == "What we saw."
    assert write_version_for(by=jane, entry=entry, recipient=ava, text="Other words.", base=1, at=LATER) == 2
    with acting(jane.id):
        assert list_family_versions(entry)[ava].text == "Other words."
        kept = FamilyVersion.objects.filter(signed=entry, recipient=ava).order_by("number")
        assert [one.text for one in kept] == ["What we saw.", "Other words."]
    with pytest.raises(NotFound):
        write_version_for(by=family.who("Kit Rowe"), entry=entry, recipient=ava, text="Words.", base=2, at=LATER)


def test_nobody_whom_the_writer_may_not_see_is_written_to(family: Family) -> None:
    _, step = family.begin("Ava")
    entry, jane = family.signed(step), family.who("Jane Smith")
    with acting(family.world.admin.id):
        declare_conflict(
            person=family["Lee"], against=jane.id, reviewer=family.world.watcher, reason="His niece.", at=BEGIN
        )
    with pytest.raises(NotFound) as hidden:
        write_version_for(by=jane, entry=entry, recipient=family["Lee"], text="What we saw.", base=0, at=SOON)
    with pytest.raises(NotFound) as absent:
        write_version_for(by=jane, entry=entry, recipient=new_id(), text="What we saw.", base=0, at=SOON)
    assert str(hidden.value) == str(absent.value)
    assert write_version_for(by=jane, entry=entry, recipient=family["Dana"], text="What we saw.", base=0, at=SOON)
