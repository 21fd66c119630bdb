"""What a conference decides is one child's at a time, is a chair's to record, and waits for nobody."""

from datetime import timedelta

import pytest

from sightline.access.operations import give_sight
from sightline.conferences.holding_rules import ChildDecided, DissentGiven, Held, ViewGiven, quorum
from sightline.conferences.operations import record_outcome
from sightline.conferences.queries import MeetingView, list_dissents, quorum_of
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.practice.queries import current_pack
from sightline.record.queries import EntryView, get_entry
from tests.conferences.holding_case import AFTER, HELD, Case


def entry_of(case: Case) -> EntryView:
    entry = case.read().entry
    assert entry is not None
    with acting(case.chair):
        return get_entry(entry)


def texts(case: Case, heading: str) -> list[str]:
    return [one.text for one in entry_of(case).passages if one.heading == heading]


def decisions(view: MeetingView) -> dict[object, tuple[str, str]]:
    return {one.child: (one.decision, one.category) for one in view.children}


def test_decision_and_category_are_each_childs_own(case: Case) -> None:
    held = case.held(children=case.decided(Ayo="plan:NEG", Bim="plan:EMO", Chi="no_plan"))
    record_outcome(by=case.cara, meeting=case.meeting, held=held, at=AFTER)
    home = case.home
    assert decisions(case.read()) == {
        home["Ayo"]: ("plan", "NEG"),
        home["Bim"]: ("plan", "EMO"),
        home["Chi"]: ("no_plan", ""),
    }
    about = {one.about: one.text for one in entry_of(case).passages if one.heading == "decision"}
    assert about[(home["Bim"],)] == "A child protection plan begins. Main category: emotional abuse."
    assert about[(home["Chi"],)] == "No child protection plan."


def test_the_chair_names_the_main_category_where_more_than_one_applies(case: Case) -> None:
    one = ChildDecided(case.home["Ayo"], decision="plan", category="EMO", others=("NEG", "PHY"))
    rest = case.decided(Bim="no_plan", Chi="no_plan")
    record_outcome(by=case.cara, meeting=case.meeting, held=case.held(children=(one, *rest)), at=AFTER)
    ayo = case.read().children[0]
    assert (ayo.category, ayo.others) == ("EMO", ("NEG", "PHY"))
    assert "Also: neglect, physical abuse." in texts(case, "decision")[0]


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (ChildDecided, "Say what was decided"),
        (lambda child: ChildDecided(child, decision="plan"), "Name the main category"),
        (lambda child: ChildDecided(child, decision="plan", category="MUL"), "from the list"),
        (lambda child: ChildDecided(child, decision="plan", category="NEG", others=("NEG",)), "Name it once"),
        (lambda child: ChildDecided(child, decision="no_plan", category="NEG"), "has no category"),
    ],
)
def test_a_decision_that_says_too_little_is_refused_and_keeps_nothing(case: Case, one: object, says: str) -> None:
    children = (one(case.home["Ayo"]), *case.decided(Bim="no_plan", Chi="no_plan"))  # type: ignore[operator]  # of the table above
    with pytest.raises(Refusal, match=says):
        record_outcome(by=case.cara, meeting=case.meeting, held=case.held(children=children), at=AFTER)
    assert not case.read().recorded


def test_only_a_conference_chair_records_what_was_decided(case: Case) -> None:
    with acting(case.home.world.admin.id):
        give_sight(people=case.home.children(), reader=case.officer, because="test", because_of=None, at=AFTER)
    for by in (case.rhys, case.home.jane, case.home.fay):
        with pytest.raises(NotPermitted, match="chair of the conference"):
            record_outcome(by=by, meeting=case.meeting, held=case.held(), at=AFTER)


def test_a_dissent_stays_in_the_dissenters_words_and_is_one_childs(case: Case) -> None:
    words = "I do NOT agree:  Chi has lost 2 kg, & nobody weighed him."
    dissent = DissentGiven(case.invitees["health"], case.home["Chi"], words)
    record_outcome(by=case.cara, meeting=case.meeting, held=case.held(dissents=(dissent,)), at=AFTER)
    with acting(case.chair):
        [kept] = list_dissents(case.meeting)
    assert (kept.words, kept.child, kept.family) == (words, case.home["Chi"], False)
    assert kept.name == "Health lead, Hallowby Health Visitors"
    [passage] = [one for one in entry_of(case).passages if one.heading == "dissent"]
    assert (passage.text, passage.about, passage.told_by) == (words, (case.home["Chi"],), kept.name)


def test_a_meeting_without_a_quorum_is_recorded_with_the_reason(case: Case) -> None:
    alone = {case.invitees["jane"]: ("there", ""), case.invitees["school"]: ("deputy", "Ms Hale")}
    held = case.held(attendance=alone, alone_because="The baby is due on Monday.")
    record_outcome(by=case.cara, meeting=case.meeting, held=held, at=AFTER)
    [said] = texts(case, "quorum")
    assert said == (
        "There was no quorum: children's social care and 1 other agency was there, where children's social care and at "
        "least 2 others are needed. The chair went ahead because: The baby is due on Monday."
    )
    assert case.read().alone_because == "The baby is due on Monday."


def test_a_meeting_without_a_quorum_and_without_a_reason_is_still_recorded(case: Case) -> None:
    record_outcome(by=case.cara, meeting=case.meeting, held=case.held(attendance={}), at=AFTER)
    assert texts(case, "quorum")[0].endswith("No reason was given.")


def test_the_page_can_show_the_quorum_before_anything_is_saved(case: Case) -> None:
    with acting(case.chair):
        there = {case.invitees[key]: "there" for key in ("jane", "health", "police")}
        shown = quorum_of(case.meeting, pack=current_pack(AFTER), on=local_day(HELD), attendance=there)
    assert shown.holds
    assert shown.agencies == 2


def test_two_people_of_one_agency_are_one_and_apologies_are_none() -> None:
    one, other = object(), object()
    counted = {"school", "health"}
    came = [(one, "school"), (one, "school")]
    assert not quorum(came, ours=True, counted=counted, needed=2).holds  # type: ignore[arg-type]  # any key will do
    assert quorum([*came, (other, "health")], ours=True, counted=counted, needed=2).holds  # type: ignore[list-item]  # any key will do
    assert not quorum([*came, (other, "health")], ours=False, counted=counted, needed=2).holds  # type: ignore[list-item]  # any key will do
    assert not quorum([*came, (other, "other")], ours=True, counted=counted, needed=2).holds  # type: ignore[list-item]  # any key will do


def test_attendance_and_view_are_two_facts(case: Case) -> None:
    held = case.held(
        attendance={case.invitees["police"]: ("apologies", ""), case.invitees["school"]: ("there", "")},
        views={
            case.invitees["police"]: ViewGiven("We were called four times.", "yes", "written"),
            case.invitees["school"]: ViewGiven("", how="none"),
        },
    )
    record_outcome(by=case.cara, meeting=case.meeting, held=held, at=AFTER)
    found = {one.id: one for one in case.read().invitees}
    police, school = found[case.invitees["police"]], found[case.invitees["school"]]
    assert (police.attendance, police.view, police.views[0].words) == (
        "apologies",
        "written",
        "We were called four times.",
    )
    assert (school.attendance, school.view, school.views) == ("there", "none", ())


def test_each_childs_part_stands_on_the_record_in_their_own_words(case: Case) -> None:
    ayo = ChildDecided(case.home["Ayo"], "there", "I want to stay with Bim.", "plan", "NEG")
    record_outcome(
        by=case.cara, meeting=case.meeting, at=AFTER,
        held=case.held(children=(ayo, *case.decided(Bim="no_plan", Chi="no_plan"))),
    )  # fmt: skip
    assert (case.read().children[0].part, case.read().children[0].part_words) == ("there", "I want to stay with Bim.")
    [passage] = [one for one in entry_of(case).passages if one.heading == "child_part"]
    assert (passage.section, passage.about) == ("child_words", (case.home["Ayo"],))


def test_the_second_to_record_it_sees_both_texts(case: Case) -> None:
    record_outcome(by=case.cara, meeting=case.meeting, held=case.held(), at=AFTER)
    mine = case.held(paragraphs=(case.said("I heard it otherwise.", "Ayo"),))
    with pytest.raises(Stale) as both:
        record_outcome(by=case.cara, meeting=case.meeting, held=mine, at=AFTER + timedelta(minutes=5))
    assert "The house is cold" in both.value.theirs
    assert both.value.yours == "I heard it otherwise."


def test_it_is_recorded_months_later_and_not_before_it_was_held(case: Case) -> None:
    with pytest.raises(Refusal, match="not happened yet"):
        record_outcome(by=case.cara, meeting=case.meeting, held=case.held(), at=HELD - timedelta(minutes=1))
    record_outcome(by=case.cara, meeting=case.meeting, held=case.held(), at=AFTER + timedelta(days=150))
    assert case.read().held_at == HELD


def test_a_meeting_names_nobody_who_was_not_asked_to_it(case: Case) -> None:
    with pytest.raises(NotFound, match="not among those asked"):
        record_outcome(
            by=case.cara, meeting=case.meeting, at=AFTER,
            held=case.held(attendance={case.home["Emeka"]: ("there", "")}),
        )  # fmt: skip


def test_a_paragraph_of_a_closed_section_has_its_own_place(case: Case) -> None:
    held = case.held(paragraphs=(case.said("Counsel advises.", "Ayo", section="legal_advice"),))
    with pytest.raises(Refusal, match="their own place"):
        record_outcome(by=case.cara, meeting=case.meeting, held=held, at=AFTER)


def test_whoever_reads_only_some_of_the_children_records_for_none(case: Case) -> None:
    held = Held(held_at=HELD, children=case.decided())
    with pytest.raises(NotFound):
        record_outcome(by=case.home.world.actor("Una Spare"), meeting=case.meeting, held=held, at=AFTER)
