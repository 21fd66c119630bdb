"""One living document: begun once, gone on from, written by several, and nothing in it lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline.access.operations import restrict
from sightline.assessments.models import PartVersion, Round
from sightline.assessments.operations import begin_round, mark_factors
from sightline.assessments.queries import get_document, get_document_of, list_open_rounds, list_part_versions
from sightline.assessments.rules import Standing
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from tests.assessments.family import Family, let_read
from tests.journeys.world import BEGIN

LATER = BEGIN + timedelta(days=300)


def test_the_second_round_goes_on_from_what_the_first_one_said(family: Family) -> None:
    document, step = family.begin("Ava")
    family.write(document, "history", "Grew up with her aunt.")
    family.signed(step)
    again, _ = family.begin("Ava", at=LATER)
    assert again == document
    assert family.said(again) == {("history", ""): "Grew up with her aunt."}


def test_a_child_who_joins_comes_with_their_own_parts_marked_as_carried(family: Family) -> None:
    other, step = family.begin("Ben")
    family.write(other, "health", "Asthma.", child="Ben")
    family.write(other, "housing", "Two rooms.")
    mark_factors(by=family.who("Jane Smith"), assessment=other, child=family["Ben"], codes=["1A"], at=BEGIN)
    family.signed(step)
    document, _ = family.begin("Ava", at=LATER)
    family.write(document, "housing", "A flat on the third floor.", at=LATER)
    _join(family, "Ava", "Ben")
    assert family.said(document) == {
        ("health", "Ben"): "Asthma.",
        ("housing", ""): "A flat on the third floor.",
    }
    view = family.read(document)
    assert view.parts["health", family["Ben"]].carried
    assert view.factors == {family["Ben"]: ("1A",)}
    family.write(document, "health", "Asthma, and an inhaler.", child="Ben", at=LATER)
    assert not family.read(document).parts["health", family["Ben"]].carried


def test_what_was_written_for_a_family_comes_along_where_the_other_document_says_nothing(family: Family) -> None:
    other, step = family.begin("Ben")
    family.write(other, "history", "Ben lived with his father until he was two.")
    family.signed(step)
    document, _ = family.begin("Ava", at=LATER)
    _join(family, "Ava", "Ben")
    assert family.said(document) == {("history", ""): "Ben lived with his father until he was two."}
    assert family.said(document, "Kit Rowe") == family.said(document)


def _join(family: Family, *children: str) -> None:
    """They go on in the round that is open."""
    [round_] = _open(family, children[0])
    begin_round(
        by=family.who("Jane Smith"), children=[family[child] for child in children], started_on=LATER.date(),
        step=round_, at=LATER,
    )  # fmt: skip


def _open(family: Family, *children: str) -> list[UUID]:
    with acting(family.world.accounts["Jane Smith"]):
        return [one.id for one in list_open_rounds(children=[family[child] for child in children])]


def test_a_child_is_in_one_living_document_at_a_time(family: Family) -> None:
    first, step = family.begin("Ben")
    family.signed(step)
    joint, _ = family.begin("Ava", at=LATER)
    _join(family, "Ava", "Ben")
    with acting(family.world.accounts["Jane Smith"]):
        found = get_document_of(family["Ben"])
    assert found is not None
    assert (found.id, set(found.children)) == (joint, {family["Ava"], family["Ben"]})
    assert first != joint


def test_beginning_what_a_colleague_has_just_begun_goes_on_in_it(family: Family) -> None:
    document, step = family.begin("Ava")
    again = begin_round(
        by=family.who("Jane Smith"), children=[family["Ava"], family["Cal"]], started_on=BEGIN.date(), step=step,
        at=BEGIN,
    )  # fmt: skip
    assert again == document
    assert _open(family, "Cal") == [step]


def test_two_documents_that_are_both_being_assessed_are_not_mixed(family: Family) -> None:
    family.begin("Ava")
    family.begin("Ben")
    with pytest.raises(Refusal, match=r"Ben Holt|Ava Holt"):
        family.begin("Ava", "Ben")


def test_an_adult_is_not_assessed_as_a_child(family: Family) -> None:
    with pytest.raises(Refusal, match="Children are assessed"):
        family.begin("Dana")


def test_the_second_to_save_a_part_sees_both_texts_and_the_first_one_stands(family: Family) -> None:
    document, _ = family.begin("Ava")
    family.write(document, "history", "First words.")
    with pytest.raises(Stale) as stale:
        family.write(document, "history", "Other words.", base=0)
    assert (stale.value.theirs, stale.value.yours) == ("First words.", "Other words.")
    assert family.said(document)["history", ""] == "First words."
    assert family.write(document, "history", "First words. Other words.", base=1).number == 2


def test_two_workers_on_two_parts_are_not_in_each_other_s_way(family: Family) -> None:
    document, _ = family.begin("Ava")
    family.write(document, "history", "One.", base=0)
    family.write(document, "housing", "Two.", base=0, by="Fay Lund")
    assert set(family.said(document).values()) == {"One.", "Two."}


def test_what_was_written_before_is_kept_and_the_same_words_add_nothing(family: Family) -> None:
    document, _ = family.begin("Ava")
    for text in ("One.", "Two.", "Two. "):
        family.write(document, "history", text)
    with acting(family.world.accounts["Jane Smith"]):
        versions = list_part_versions(assessment=document, key="history", child=None)
    assert [(one.number, one.text) for one in versions] == [(2, "Two."), (1, "One.")]


def test_a_family_support_worker_writes_parts_and_a_chair_none(family: Family) -> None:
    let_read(family.world, "long-term", [family["Ava"]])
    document, _ = family.begin("Ava")
    assert family.write(document, "history", "Kit was there.", by="Kit Rowe").number == 1
    with pytest.raises(NotPermitted):
        family.write(document, "history", "A chair's words.", by="Obi Watcher", base=1)


def test_what_is_asked_of_each_child_is_written_about_a_child(family: Family) -> None:
    document, _ = family.begin("Ava")
    with pytest.raises(Refusal, match="which child"):
        family.write(document, "wishes", "To be left alone.")
    with pytest.raises(Refusal, match="once for the family"):
        family.write(document, "history", "Hers.", child="Ava")
    with pytest.raises(NotFound):
        family.write(document, "no_such_question", "Words.")


# --- who reads what -----------------------------------------------------------------------------


def test_a_part_about_one_brother_is_not_read_by_who_may_only_see_the_other(family: Family) -> None:
    document, _ = family.begin("Ava", "Ben")
    family.write(document, "wishes", "Ava wants to dance.", child="Ava")
    family.write(document, "wishes", "Ben wants his dad.", child="Ben")
    family.write(document, "history", "Of both.")
    assert family.said(document, "Kit Rowe") == {("wishes", "Ben"): "Ben wants his dad.", ("history", ""): "Of both."}
    with acting(family.world.accounts["Kit Rowe"]):
        assert PartVersion.objects.count() == 2
        assert get_document(document).children == (family["Ben"],)


def test_a_child_who_joins_later_does_not_open_what_was_written_before_to_their_readers(family: Family) -> None:
    document, _ = family.begin("Ava")
    family.write(document, "history", "Of Ava and her father.")
    _join(family, "Ava", "Ben")
    assert family.said(document, "Kit Rowe") == {}
    family.write(document, "history", "Of both children now.")
    assert family.said(document, "Kit Rowe") == {("history", ""): "Of both children now."}


def test_nobody_writes_unseen_over_words_that_are_closed_to_them(family: Family) -> None:
    document, _ = family.begin("Ava")
    family.write(document, "history", "Of Ava and her father.")
    _join(family, "Ava", "Ben")
    with pytest.raises(Refusal, match="not open to you"):
        family.write(document, "history", "Kit's words.", by="Kit Rowe")
    assert family.said(document)["history", ""] == "Of Ava and her father."


def test_what_is_written_for_the_family_reaches_the_readers_of_a_child_closed_to_the_writer(family: Family) -> None:
    document, _ = family.begin("Ava", "Ben")
    fay = family.who("Fay Lund")
    with acting(fay.id):
        restrict(person=family["Ava"], readers=[fay.id], reviewer=fay.id, reason="A relative works here.", at=BEGIN)
    family.write(document, "history", "Written by who reads Ben alone.")
    assert family.read(document).children == (family["Ben"],)
    with acting(family.world.accounts["Fay Lund"]):
        [about] = PartVersion.objects.filter(assessment=document)
        assert set(about.about.values_list("person", flat=True)) == {family["Ava"], family["Ben"]}


def test_a_round_is_read_by_who_may_see_a_child_in_it(family: Family) -> None:
    document, step = family.begin("Ava", "Ben")
    family.signed(step)
    family.begin("Ava", at=LATER)
    assert len(family.read(document).rounds) == 2
    assert [one.id for one in family.read(document, "Kit Rowe").rounds] == [step]
    with acting(family.world.accounts["Kit Rowe"]):
        assert list(Round.objects.values_list("step", flat=True)) == [step]


def test_a_document_of_children_one_may_not_see_is_as_if_there_were_none(family: Family) -> None:
    document, _ = family.begin("Ava")
    with pytest.raises(NotFound) as hidden:
        family.read(document, "Kit Rowe")
    with pytest.raises(NotFound) as absent:
        family.read(family["Dana"], "Kit Rowe")
    assert str(hidden.value) == str(absent.value)
    with pytest.raises(NotFound):
        family.write(document, "history", "Words.", by="Kit Rowe", base=0)


# --- what was found -----------------------------------------------------------------------------


def test_factors_are_what_a_worker_marked_last(family: Family) -> None:
    document, _ = family.begin("Ava")
    jane = family.who("Jane Smith")
    for codes in (["1A", "3B"], ["3B", "2A"]):
        mark_factors(by=jane, assessment=document, child=family["Ava"], codes=codes, at=BEGIN)
    assert family.read(document).factors == {family["Ava"]: ("2A", "3B")}
    with pytest.raises(Refusal, match="from the list"):
        mark_factors(by=jane, assessment=document, child=family["Ava"], codes=["99Z"], at=BEGIN)


def test_a_new_document_is_being_written(family: Family) -> None:
    document, step = family.begin("Ava")
    view = family.read(document)
    assert (view.standing, view.changed_since_signed) == (Standing.WRITING, None)
    assert view.round is not None
    assert (view.round.id, view.round.post) == (step, family.world.posts["family-1"])


def test_why_an_assessment_is_asked_for_is_refused_in_a_sentence_when_it_is_too_long(family: Family) -> None:
    given: dict[str, Any] = {
        "by": family.who("Jane Smith"), "children": [family["Ava"]], "started_on": BEGIN.date(),
        "step": family.owed("Ava"), "at": BEGIN,
    }  # fmt: skip
    with pytest.raises(Refusal, match="why it is asked for to 500 characters: there are 501"):
        begin_round(why="x" * 501, **given)
    assert begin_round(why="x" * 500, **given)
