"""A disagreement between professionals: both views, four stages with a clock and a resolver each, and its end."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from sightline.disagreements.operations import add_safety, add_side, escalate, resolve
from sightline.disagreements.queries import list_disagreements
from sightline.disagreements.rules import MOVES, SETTLES, STATES, SideGiven
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day
from sightline.partnership.operations import add_agency, add_agency_post
from sightline.record.queries import get_step, list_timeline
from tests.disagreements.raising import ABOUT, OURS, UNSAFE, raised, read
from tests.journeys.ending_case import LATER, TODAY, Case

DAY = timedelta(days=1)
# LATER is Wednesday 1 April 2026, and the Friday after it is Good Friday.
STAGE_ENDS = {1: date(2026, 4, 2), 2: date(2026, 4, 7), 3: date(2026, 4, 8), 4: date(2026, 4, 10)}


def further(case: Case, key: UUID, post: str = "family-manager", name: str = "Fay Lund") -> int:
    return escalate(
        by=case.jane, disagreement=key, resolver=name, post=case.world.posts[post],
        came_of="They met and do not agree.", at=LATER,
    )  # fmt: skip


def ended(case: Case, key: UUID, **changes: object) -> UUID:
    given = {"resolved_on": TODAY, "how": "changed", "came_of": "They stay with their aunt.", "learned": "Ring first."}
    return resolve(by=case.jane, disagreement=key, at=LATER, **(given | changes))  # type: ignore[arg-type]  # the names are the parameters'


def test_both_views_stand_in_their_own_words_with_a_clock_and_whoever_resolves_it_by_name(case: Case) -> None:
    found = read(case, raised(case))
    assert [(one.name, one.agency, one.words) for one in found.sides] == [
        ("Tess Alder", "Safeguarding lead, Weir Primary School", UNSAFE),
        ("Jane Smith, Family-1", "", OURS),
    ]
    assert found.stage.resolver == "Jane Smith, Family-1"
    assert (found.stage.number, found.stage.due_at) == (1, LATER + DAY)
    assert "disagreement.stage_1" in found.stage.rule
    assert found.state == "stage_1"


def test_each_stage_has_its_own_clock_and_the_step_goes_to_whoever_carries_it(case: Case) -> None:
    key = raised(case)
    for number, post in ((2, "family-manager"), (3, "service-manager"), (4, "service-manager")):
        assert further(case, key, post) == number
        found = read(case, key)
        assert found.stage.due_at == end_of_day(STAGE_ENDS[number])
        with acting(case.jane.id):
            step = get_step(key)
        assert (step.due_at, step.due_rule, step.post) == (
            found.stage.due_at, found.stage.rule, case.world.posts[post],
        )  # fmt: skip
    assert [one.came_of for one in found.stages] == ["They met and do not agree."] * 3 + [""]
    with pytest.raises(Refusal, match="Nobody stands above the safeguarding partners"):
        further(case, key)


def test_one_that_was_raised_on_an_earlier_day_counts_from_the_end_of_that_day(case: Case) -> None:
    found = read(case, raised(case, raised_on=TODAY - 2 * DAY))
    assert found.stage.due_at == end_of_day(TODAY - DAY)


def test_a_side_that_says_more_adds_and_what_was_said_before_stands(case: Case) -> None:
    key = raised(case)
    add_side(by=case.jane, disagreement=key, side=SideGiven("Tess Alder", "And he came in hungry today.",
             agency_post=case.world.school_lead), at=LATER + DAY)  # fmt: skip
    said = [one.words for one in read(case, key).sides if one.agency_post]
    assert said == [UNSAFE, "And he came in hungry today."]
    add_safety(by=case.jane, disagreement=key, words="From today they are at their aunt's.", at=LATER + DAY)
    assert read(case, key).safety == (
        "Their aunt sleeps there, and Jane rings at eight each morning.\n\nFrom today they are at their aunt's."
    )


def test_what_is_healths_is_read_by_those_who_read_healths_words(case: Case) -> None:
    dee = case.world.actor("Dee Marlow")
    trust = add_agency(by=dee, key="fell-trust", kind="health", name="Fell Trust", at=LATER)
    nurse = add_agency_post(by=dee, agency=trust, key="fell-nurse", title="Named nurse", email="n@fell.example",
                            manager_title="Head", manager_email="h@fell.example", at=LATER)  # fmt: skip
    sides = (SideGiven("Ann Lee", UNSAFE, agency_post=nurse), SideGiven(post=case.world.posts["family-1"]))
    assert [one.section for one in read(case, raised(case, sides=sides)).sides] == ["health", "ordinary"]


def test_it_is_resolved_with_how_and_what_was_learned_and_stands_whole_on_each_timeline(case: Case) -> None:
    key = raised(case)
    further(case, key)
    entry = ended(case, key)
    found = read(case, key)
    assert (found.state, found.resolved_how, found.learned, found.entry) == (
        "resolved",
        "changed",
        "Ring first.",
        entry,
    )
    for child in case.children:
        with acting(case.jane.id):
            line = next(one for one in list_timeline(person=child).entries if one.id == entry)
            assert list_disagreements([child]) == []
            assert [one.step for one in list_disagreements([child], only_open=False)] == [key]
        text = "\n".join(one.text for one in line.passages)
        for words in (ABOUT, "Between Tess Alder, Safeguarding lead, Weir Primary School and Jane Smith", UNSAFE, OURS,
                      "Their aunt sleeps there", "Their managers (Fay Lund): They stay with their aunt.",
                      "What was decided was changed.", "Ring first."):  # fmt: skip
            assert words in text
    with pytest.raises(Refusal, match="resolved"):
        further(case, key)
    with pytest.raises(Refusal, match="resolved"):
        ended(case, key)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"how": "won"}, "Choose how it was resolved"),
        ({"came_of": " "}, "Say what came of it"),
        ({"resolved_on": TODAY + DAY}, "has not happened yet"),
        ({"resolved_on": TODAY - DAY}, "Check the two dates"),
    ],
)
def test_an_end_that_says_nothing_is_refused(case: Case, changes: dict[str, object], said: str) -> None:
    key = raised(case)
    with pytest.raises(Refusal, match=said):
        ended(case, key, **changes)


def test_what_is_not_between_two_or_of_which_neither_said_a_word_is_refused(case: Case) -> None:
    tess = SideGiven("Tess Alder", UNSAFE)
    for sides, said in (
        ((tess,), "between two"),
        ((tess, tess), "Nobody disagrees with themselves"),
        ((tess, SideGiven()), "Say who it is"),
        ((SideGiven("Tess Alder"), SideGiven("Jane Smith")), "in their own words"),
    ):
        with pytest.raises(Refusal, match=said):
            raised(case, sides=sides)
    with pytest.raises(Refusal, match="what they do not agree about"):
        raised(case, about=" ")
    with pytest.raises(Refusal, match="has not happened yet"):
        raised(case, raised_on=TODAY + DAY)


def test_somebody_who_works_with_neither_child_finds_nothing_and_raises_nothing(case: Case) -> None:
    key = raised(case)
    una = case.world.actor("Una Spare")
    with pytest.raises(NotFound):
        read(case, key, "Una Spare")
    with acting(una.id):
        assert list_disagreements(case.children) == []
    with pytest.raises((NotPermitted, NotFound)):
        raised(case, by=una)


def test_a_second_escalation_from_the_same_stage_is_refused_with_what_stands(case: Case) -> None:
    key = raised(case)
    further(case, key)
    with pytest.raises(Refusal, match="Somebody has taken this to stage 2 meanwhile: Fay Lund"):
        escalate(by=case.jane, disagreement=key, resolver="Hal Dean", post=case.world.posts["service-manager"],
                 came_of="No", stage=1, at=LATER)  # fmt: skip


def test_every_state_has_words_and_every_move_leads_to_a_state() -> None:
    assert set(STATES) == set(MOVES) == {*(f"stage_{number}" for number in SETTLES), "resolved"}
    assert {to for acts in MOVES.values() for to, _ in acts.values()} <= set(STATES)


def test_all_of_a_childs_are_read_in_as_many_queries_for_three_as_for_one(
    case: Case, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]  # pytest's own fixture
    for number in (1, 3):
        while len(_open(case)) < number:
            raised(case)
        with acting(case.jane.id), django_assert_num_queries(5):
            list_disagreements(case.children)


def _open(case: Case) -> list[object]:
    with acting(case.jane.id):
        return list(list_disagreements(case.children))
