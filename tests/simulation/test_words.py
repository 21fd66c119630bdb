"""The words of a played authority: pure, by seed, and about nobody but the family."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import product
from types import SimpleNamespace

import pytest

from sightline.commands.simulation.dwellers import Dweller, Family, Home
from sightline.commands.simulation.engine import Engine
from sightline.commands.simulation.place.names import communities
from sightline.commands.simulation.words import Words
from sightline.commands.simulation.words.grammar import lines, tidy
from sightline.commands.simulation.words.in_depth import OF_ALL, OF_EACH
from sightline.commands.simulation.words.knowing import BANDS, band_of
from sightline.commands.simulation.words.storyline import Promise
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, read_source

BEGINS = datetime(2025, 1, 6, 9, tzinfo=UTC)
ON = date(2025, 3, 5)
TROUBLES = (
    "drink", "drugs", "violence", "low_mood", "neglect", "harsh", "sexual_harm", "money", "housing", "conflict",
    "disability", "bereavement", "behaviour", "exploitation", "young_carer", "",
)  # fmt: skip
SOURCES = (
    "family_member", "acquaintance", "self", "stranger", "school", "education_service", "general_practitioner",
    "health_visitor", "school_nurse", "primary_health", "emergency_department", "other_health", "housing",
    "own_social_care", "own_other_department", "another_authority", "early_help", "police", "court_or_probation",
    "voluntary_or_other", "anonymous", "not_known",
)  # fmt: skip
AGES = {"unborn": -0.2, "baby": 0.5, "toddler": 2.4, "nursery": 3.5, "infant": 6, "junior": 9, "early_teen": 12,
        "teen": 15, "nearly_grown": 17}  # fmt: skip
UNFILLED = re.compile(r"[{}<>¶|]| // |\bNone\b|[ \t]{2}|\.\.")
"""What no text may have: a slot, a mark of the grammar, two spaces."""


def words(seed: int = 7) -> Words:
    return Words(Engine(seed=seed, begins=BEGINS, ends=BEGINS + timedelta(days=365)))


def family(
    ref: str, troubles: tuple[str, ...], ages: tuple[float, ...], *, names: tuple[str, ...] = ("Qira", "Tovin", "Wexa"),
    adults: tuple[tuple[str, str, str], ...] = (("Marwe", "F", "mother"), ("Dorrin", "M", "father")), home: int = 1,
    sexes: str = "FMF",
) -> Family:  # fmt: skip
    children = [
        Dweller(f"{ref}.c{place}", "" if age < 0 else name, "Ossul", sex, ON - timedelta(days=round(age * 365.25)), "x")
        for place, (age, name, sex) in enumerate(zip(ages, names, sexes, strict=False))
    ]
    grown = {f"{ref}.a{place}": Dweller(f"{ref}.a{place}", given, "Ossul", sex, date(1990, 2, 2), "x")
             for place, (given, sex, _) in enumerate(adults)}  # fmt: skip
    kinds = {f"{ref}.a{place}": kind for place, (_, _, kind) in enumerate(adults)}
    at_home = set(list(grown)[:home])
    return Family(ref, children, kinds, grown, at_home, Home("1 Somewhere", "QX1 1AA"), 1.0, frozenset(troubles) - {""})


def case(one: Family) -> SimpleNamespace:
    return SimpleNamespace(family=one, children=[child.ref for child in one.children], post="a worker")


def flat(said: object) -> Iterator[str]:
    """Every text in whatever was answered."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for one in said.values():
            yield from flat(one)
    elif isinstance(said, list | tuple):
        for one in said:
            yield from flat(one)
    elif hasattr(said, "__dataclass_fields__"):
        yield from flat([getattr(said, name) for name in said.__dataclass_fields__ if name != "about"])


def everything(told: Words, one: Family, on: date) -> Iterator[str]:
    """Every kind of text, once, about a family."""
    its, child = case(one), one.children[0]
    for seen, place in (("seen_alone", "home"), ("seen", "school"), ("nobody_in", "home"), ("refused", "home"),
                        ("cancelled", "home"), ("not_seen", "home"), ("glimpsed", "video")):  # fmt: skip
        yield told.visit(its, None, on, seen=seen, place=place, announced=seen != "glimpsed")
    said: list[object] = [
        told.note(its, on), told.call(its, on)[::2], told.child_said(child, on, its), told.not_seen(its, child, on),
        told.purpose(its, on), told.cancelled(its, on, ours=True), told.cancelled(its, on, ours=False),
        told.sleeping(its, child, on), told.supervision(its, on), told.own_account(its, on),
        told.correction_reason(its, on), told.late_because(its, on), told.assessment_why(its, on),
        told.missing_reason(its, on), told.returned(its, on), told.conclusion(its, on), told.told_plainly(its, on),
        told.plan_outcomes(its, on), told.plan_outcomes(its, on, protection=True), told.plan_actions(its, on),
        told.service(its, on), told.contingency(its, on), told.agreement_words(its, on, agreed=False),
        told.not_signed(its, on), told.action_done(its, on), told.review(its, on), told.attended(its, on),
        told.progress(its, on)[1], told.step_reason(its, on), told.step_reason(its, on, down=False),
        told.strategy_why(its, on), told.safety(its, on), told.enquiry_account(its, on), told.medical(its, on),
        told.dissent(its, on), told.core_group(its, on), told.disagreement(its, on), told.evidence_question(its, on),
        told.heard(one, on, source="school"), told.allocation_reason(one, on), told.injury(one, child, on),
        told.danger(one, one.children, on), told.history_bears(one, one.children, on, before=1),
    ]  # fmt: skip
    said += [told.appointment(its, child, on, seen=seen) for seen in ("brought", "not_brought", "cancelled")]
    said += [told.assessment(its, on, outcome=outcome) for outcome in ("child_in_need_plan", "no_further_action")]
    said += [told.ending(its, on, reason=reason) for reason in ("services_ended", "closed_after_assessment", "")]
    said += [told.enquiry(its, on, outcome=found) for found in ("continuing_risk", "not_substantiated")]
    said += [told.strategy_reasons(its, to, on) for to in ("enquiry", "assessment", "goes_on")]
    said += [told.conference(its, on, decision=to) for to in ("plan", "goes_on", "no_plan", "ends")]
    for agency in ("police", "health", "school", "housing"):
        said += [told.strategy_shared(its, agency, on), told.evidence_answer(its, agency, on)]
        said += [told.check_question(one, one.children, agency, on), told.check_answer(one, one.children, agency, on)]
    yield from flat(said)


def fault_of(text: str) -> str:
    """What is wrong with a text; empty where nothing is."""
    found = UNFILLED.search(text)
    if found:
        return f"{found.group()!r} in {text!r}"
    if text and not re.match(r"[A-Z0-9“]|-$", text):
        return f"no capital at the start of {text!r}"
    return ""


def test_every_line_that_is_called_for_is_there() -> None:
    kinds = {"line", "line?"}
    called = {value for own in lines().values() for line in own for kind, value in line.pieces if kind in kinds}
    assert called <= lines().keys()


def test_the_age_bands_of_the_walk_are_all_there_are() -> None:
    for band, age in AGES.items():
        assert band_of(family("f", (), (age,)).children[0], ON) == band
    assert [name for name, _ in BANDS] == list(AGES)


def test_no_combination_of_trouble_age_and_source_leaves_anything_unfilled() -> None:
    for trouble, age in product(TROUBLES, AGES.values()):
        told, one = words(), family("f", (trouble,), (age,))
        for source in SOURCES:
            for text in told.contact(one, one.children, source, ON):
                assert not fault_of(text)


def test_no_kind_of_text_leaves_anything_unfilled() -> None:
    """Some combinations of trouble and age: each trouble at two ages or three, each age with several troubles."""
    for number, (trouble, age) in list(enumerate(product(TROUBLES, AGES.values())))[:: len(AGES) // 2]:
        told, home = words(number), number % 3
        one = family("f", (trouble, "money"), (age, 4) if home == 1 else (age,), home=home)
        for text in everything(told, one, ON + timedelta(days=70)):
            assert not fault_of(text)


def test_a_family_with_no_adult_and_one_brought_up_by_a_grandfather_have_words_too() -> None:
    for adults in ((), (("Pellam", "M", "grandparent"),), (("Somi", "U", "other"), ("Harle", "M", "step_parent"))):
        told, one = words(), family("f", ("drink", "violence"), (8, 1), adults=adults)
        for text in everything(told, one, ON):
            assert not fault_of(text)


def test_the_same_seed_says_the_same_and_another_says_something_else() -> None:
    first, again, other = (
        list(everything(words(seed), family("f", ("drink", "neglect"), (9, 2)), ON)) for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other
    one = family("f", ("drink", "neglect"), (9, 2))
    assert words(7).contact(one, one.children, "school", ON) != words(8).contact(one, one.children, "school", ON)


def test_what_is_said_of_one_family_does_not_move_the_words_of_another() -> None:
    alone, beside = words(), words()
    list(everything(beside, family("other", ("drugs",), (4,)), ON))
    assert list(everything(alone, family("f", ("drink",), (9,)), ON)) == list(
        everything(beside, family("f", ("drink",), (9,)), ON)
    )


@pytest.mark.parametrize(("sex", "wrong"), [("F", {"he", "him", "his", "himself"}), ("M", {"she", "her", "herself"})])
def test_pronouns_follow_sex(sex: str, wrong: set[str]) -> None:
    """Where a lone child, the one parent and whoever helps are of one sex, nobody of the other is spoken of."""
    kind = "mother" if sex == "F" else "father"
    told = words()
    helps = "she" if sex == "F" else "he"
    for number, (trouble, age) in enumerate(product(("low_mood", "money", "neglect", "housing"), (1, 6, 15))):
        one = family(f"f{number}", (trouble,), (age,), adults=(("Marwe", sex, kind),), sexes=sex)
        if told.story(one, ON).facts["helper_he"] != helps:
            continue
        for _ in range(12):
            text = f"{told.visit(case(one), None, ON)} {told.plan_outcomes(case(one), ON)}"
            assert not wrong & set(re.findall(r"[a-z]+", text.lower()))


def test_an_unborn_child_is_not_seen_and_says_nothing_and_a_child_of_two_speaks_in_no_sentences() -> None:
    told, one = words(), family("f", ("drink",), (2.4, -0.2))
    small, unborn = one.children
    assert told.child_said(unborn, ON, case(one)) == ""
    for _ in range(60):
        for quoted in re.findall(r"“([^”]*)”", told.child_said(small, ON, case(one))):
            assert len(quoted.split()) <= 2
        assert "the baby said" not in told.visit(case(one), None, ON).lower()


def test_of_two_thousand_visits_fewer_than_one_in_a_hundred_reads_like_another() -> None:
    told, seen = words(), []
    combinations = list(product(TROUBLES, ((9, 2), (5,), (14,), (0.4,), (12, 7, 3))))
    families = [
        case(family(f"f{n}", (trouble, TROUBLES[n % 7]), ages)) for n, (trouble, ages) in enumerate(combinations)
    ]
    for week in range(25):
        seen += [told.visit(one, None, ON + timedelta(weeks=2 * week), seen="seen") for one in families]
    same = len(seen) - len(set(seen))
    assert len(seen) == 2000
    assert same < 20


def test_no_family_is_told_of_with_the_people_of_another() -> None:
    told = words()
    first = family("f1", ("violence", "drink"), (9, 4))
    second = family("f2", ("violence", "drink"), (9, 4), names=("Brenlo", "Cathu"),
                    adults=(("Yorwe", "F", "mother"), ("Zellan", "M", "father")))  # fmt: skip
    for days in range(0, 200, 25):
        texts = (" ".join(everything(told, one, ON + timedelta(days=days))) for one in (first, second))
        of_first, of_second = texts
        assert not re.search(r"\b(Brenlo|Cathu|Yorwe|Zellan)\b", of_first)
        assert not re.search(r"\b(Qira|Tovin|Marwe|Dorrin)\b", of_second)


def test_what_was_agreed_is_looked_at_again() -> None:
    told, one = words(), family("f", ("money",), (6,))
    its, story = case(one), told.story(one, ON)
    agreed: list[Promise] = []
    written = ""
    for week in range(40):
        written += told.visit(its, None, ON + timedelta(weeks=week))
        agreed += [promise for promise in story.promises if promise not in agreed]
    taken_up = [promise for promise in agreed if promise.kept in written or promise.broken in written]
    assert len(taken_up) > len(agreed) / 3


def test_the_dog_the_bike_and_the_grandmother_come_back() -> None:
    told, one = words(), family("f", ("money",), (7,))
    facts = told.story(one, ON).scene(ON, one.children).facts
    texts = [told.visit(case(one), None, ON + timedelta(weeks=week)) for week in range(30)]
    assert sum(str(facts["thing"]) in text or str(facts["helper"]) in text for text in texts) > 3


def test_a_man_whom_nobody_has_named_is_not_named() -> None:
    told, one = words(), family("f", ("violence", "drugs"), (7,), home=2)
    list(one.adults.values())[1].spoken_of = "a man called Dorrin, who stays at weekends"
    assert "Dorrin" not in " ".join(everything(told, one, ON))


def test_what_is_written_of_an_assessment_stands_in_the_parts_of_the_pack() -> None:
    form = parse_pack(read_source(PACKS / "england-2023").values).form("assessment")
    parts = {question.key: question.asked_of for section in form.sections for question in section.questions}
    for name in lines():
        for kind, asked_of in ((OF_EACH, "child"), (OF_ALL, "family")):
            if name.startswith(kind):
                assert parts[name.removeprefix(kind)] == asked_of


def test_no_text_is_longer_than_its_field() -> None:
    longest = {"visit: purpose": 300, "visit: not_seen": 500, "visit: cancelled": 500, "late_because": 500,
               "correction: reason": 300, "plan: not_signed": 300, "plan: service": 200}  # fmt: skip
    for trouble in TROUBLES:
        told, one = words(), family("f", (trouble,), (9, 6, 3))
        for name, most in longest.items():
            scene = told.story(one, ON).scene(ON, one.children)
            texts = (line.text for line in lines()[name])
            assert all(len(text) < most for text in texts)
            assert scene.facts


def test_no_name_of_the_place_stands_in_a_text_as_another_word() -> None:
    """Names are changed for others where a place is made larger, and nothing but names may change with them."""
    pools = {name for people in communities().values() for names in (people.families, people.women_called,
             *people.given.values()) for name in names}  # fmt: skip
    written = " ".join(line.text for own in lines().values() for line in own)
    assert not pools & {word.capitalize() for word in re.findall(r"[A-Za-z'-]+", written)}


def test_no_line_says_what_no_page_may_say() -> None:
    listed = files("sightline.web").joinpath("words.txt").read_text("utf-8").splitlines()
    forbidden = [row.partition(" => ")[0] for row in listed if row and not row.startswith("#")]
    written = " | ".join(line.text for own in lines().values() for line in own)
    for phrase in forbidden:
        flags = re.NOFLAG if phrase.isupper() else re.IGNORECASE
        assert not re.search(rf"\b{re.escape(phrase)}\b", written, flags), phrase


def test_sentences_begin_with_capitals() -> None:
    assert tidy("he came.  she “went.” they stayed .¶next: it") == "He came. She “went.” They stayed.\n\nNext: it"


OF_SCHOOL = re.compile(
    r"\b(at|to|from|in) school\b|\b(uniforms?|teachers?|top bunk|safeguarding lead)\b", re.IGNORECASE
)


def test_whoever_is_too_small_for_school_has_no_papers_that_speak_of_it() -> None:
    for seed, (trouble, age) in enumerate(product(TROUBLES, (0.2, 0.9, 2.4))):
        told, one = words(seed), family("f", (trouble,), (age,))
        its, child = case(one), one.children[0]
        said = [told.plan_actions(its, ON, count=6), told.plan_outcomes(its, ON), told.sleeping(its, child, ON)]
        for week in range(6):
            on = ON + timedelta(weeks=week)
            said += [told.attended(its, on), told.review(its, on), told.call(its, on), told.note(its, on)]
        assert not [text for text in flat(said) if OF_SCHOOL.search(text)]


def test_how_far_it_has_come_is_the_same_in_words_as_in_its_number() -> None:
    met = set()
    for seed in range(60):
        told, one = words(seed), family("f", ("money",), (9,))
        for month in range(10):
            number, text = told.progress(case(one), ON + timedelta(days=30 * month))
            met |= {number}
            assert not (number is not None and number > 1 and text.startswith(("Nothing yet", "It has not begun")))
            assert not (number is not None and number < 9 and text.startswith(("It has come", "Done")))
            assert not (number is not None and number > 3 and text.startswith(("It has gone back", "It has begun")))
    assert len(met) > 6


def test_nobody_calls_off_a_visit_of_which_nobody_knew() -> None:
    for seed in range(40):
        told, one = words(seed), family("f", ("money",), (9,))
        for seen in ("cancelled", "cancelled_by_us"):
            assert not re.search("hour before|was rung", told.visit(case(one), None, ON, seen=seen, announced=False))
