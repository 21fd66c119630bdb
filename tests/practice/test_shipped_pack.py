"""The pack that comes with the product, and what it promises."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sightline.practice.letters import LETTERS
from sightline.practice.parse import parse_pack
from sightline.practice.rules import due_from
from sightline.practice.shipped import PACKS, SHIPPED, read_source
from sightline.practice.spec import Pack
from sightline.practice.tables import PackRefused


@pytest.fixture(scope="module")
def pack() -> Pack:
    return parse_pack(read_source(PACKS / "england-2023").values)


def test_every_shipped_pack_is_sound_and_there_is_no_other_folder() -> None:
    for key in SHIPPED:
        assert parse_pack(read_source(PACKS / key).values).key == key
    assert {folder.name for folder in PACKS.iterdir() if folder.is_dir()} == set(SHIPPED)


def test_the_sealed_copy_says_the_same_as_the_files(pack: Pack) -> None:
    source = read_source(PACKS / "england-2023")
    assert parse_pack(json.loads(json.dumps(source.values))) == pack


def test_comments_do_not_change_the_seal_and_words_do(tmp_path: Path) -> None:
    for path in (PACKS / "england-2023").glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text())
    seal = read_source(tmp_path).seal
    (tmp_path / "pack.toml").write_text((tmp_path / "pack.toml").read_text() + "\n# a thought\n")
    assert read_source(tmp_path).seal == seal
    letters = (tmp_path / "letters.toml").read_text()
    (tmp_path / "letters.toml").write_text(letters.replace("Thank you", "Many thanks"))
    assert read_source(tmp_path).seal != seal


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('key = "x"\ntitle = \n')
    with pytest.raises(PackRefused, match=r"pack\.toml: this is not TOML: .*line 2"):
        read_source(tmp_path)


def test_the_contact_page_asks_at_most_six_things_of_the_contact_itself(pack: Pack) -> None:
    asked = [
        question
        for question in pack.form("contact").questions
        if question.required and question.asked_of == "contact" and question.asked_when is None
    ]
    assert 0 < len(asked) <= 6


def test_agreement_is_asked_of_each_person_with_parental_responsibility(pack: Pack) -> None:
    form = pack.form("contact")
    for fact in ("told", "agrees", "why_not"):
        question = form.bound(f"front_door.familyagreement.{fact}")
        assert question is not None
        assert question.asked_of == "parental_responsibility"


def test_sources_carry_the_census_codes_and_say_who_is_a_member_of_the_public(pack: Pack) -> None:
    sources = pack.list("source")
    assert len({option.code for option in sources.options}) == len(sources.options) == 22
    assert sources.option("acquaintance").public
    assert sources.option("school").professional
    assert sources.option("school").agency == "school"
    unknown = sources.option("not_known")
    assert not unknown.public
    assert not unknown.professional


def test_main_needs_and_closures_are_the_censuss_own(pack: Pack) -> None:
    assert sorted(option.code for option in pack.list("main_need").options) == [f"N{n}" for n in range(10)]
    assert sorted(option.code for option in pack.list("closure_reason").options) == [f"RC{n}" for n in range(1, 10)]


def test_what_an_assessment_finds_is_in_the_censuss_own_codes(pack: Pack) -> None:
    given = """1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A
    15A 16A 17A 18B 18C 19B 19C 20 21 22A 23A 24A"""
    factors = pack.list("assessment_factor")
    assert [option.code for option in factors.options] == given.split()
    assert "census" in factors.basis.citation


def test_an_assessment_of_two_children_asks_some_sixty_things_and_four_ask_why_they_are_empty(pack: Pack) -> None:
    form = pack.form("assessment")
    of_each = [question for question in form.questions if question.asked_of == "child"]
    assert 55 <= len(form.questions) + len(of_each) <= 65
    assert [question.key for question in form.questions if question.required] == [
        "childs_day",
        "analysis",
        "decision",
        "what_happens_next",
    ]


def test_the_parts_of_each_child_can_be_had_without_the_familys(pack: Pack) -> None:
    form = pack.form("assessment")
    (each,) = form.sections_of("child")
    assert each.key == "child"
    assert {question.asked_of for question in each.questions} == {"child"}
    once = form.sections_of("family")
    assert "child" not in {section.key for section in once}
    assert sum(len(section.questions) for section in (each, *once)) == len(form.questions)


def test_every_clock_says_what_begins_it_and_what_ends_it(pack: Pack) -> None:
    assert all(str(clock.starts).strip() and str(clock.stops).strip() for clock in pack.timescales)


def test_how_often_a_child_is_visited_and_a_plan_reviewed_is_local_and_yet_to_be_confirmed(pack: Pack) -> None:
    clocks = [clock for clock in pack.timescales if clock.key.startswith(("visit.", "review."))]
    guidance = {"review.protection.first", "review.protection.next"}
    assert len(clocks) == 9
    assert not any(clock.basis.confirmed for clock in clocks)
    assert {clock.key for clock in clocks if clock.basis.kind != "local"} == guidance


def test_emergency_protection_runs_by_the_clock_through_nights_and_weekends(pack: Pack) -> None:
    day = date(2026, 12, 24)  # a Thursday before three days that are not worked
    begun = datetime(2026, 12, 24, 21, 30, tzinfo=UTC)
    ends = {key: due_from(pack.timescale(key, day), begun) for key in ("police_protection", "emergency_protection")}
    assert ends["police_protection"] == datetime(2026, 12, 27, 21, 30, tzinfo=UTC)
    assert ends["emergency_protection"] == datetime(2027, 1, 1, 21, 30, tzinfo=UTC)
    assert due_from(pack.timescale("emergency_protection.extended", day), ends["emergency_protection"]) == datetime(
        2027, 1, 8, 21, 30, tzinfo=UTC
    )


def test_the_letter_to_somebody_excluded_has_no_place_for_when_and_where() -> None:
    for key in ("conference.invitation.excluded", "conference.decision.excluded"):
        rule = LETTERS[key]
        assert not {"when", "where", "held_on", "next", "record", "plan", "chair", "kind"} & (rule.must | rule.may)


def test_categories_are_the_censuss_and_multiple_is_not_offered(pack: Pack) -> None:
    assert [one.code for one in pack.list("protection_category").options] == ["NEG", "PHY", "SAB", "EMO"]


def test_only_no_further_action_leaves_nobody_with_anything_to_do(pack: Pack) -> None:
    idle = [outcome.key for outcome in pack.outcomes if outcome.opens_step is None]
    assert idle == ["referral_no_further_action"]
    assert all(outcome.needs_social_worker for outcome in pack.outcomes)
    assert {outcome.key for outcome in pack.outcomes if outcome.is_referral} == {
        "referral_assessment",
        "referral_strategy",
        "referral_no_further_action",
    }
    assert [outcome.key for outcome in pack.outcomes if outcome.kept_apart] == ["allegation_professional"]
    assert pack.outcome("early_help_offer").needs_agreement


def test_a_member_of_the_publics_letter_can_say_nothing_about_a_family(pack: Pack) -> None:
    for outcome in pack.outcomes:
        letter = pack.letter(outcome.letter_for("public"))
        assert letter.audience == "public"
        assert "{children}" not in str(letter.body)
        assert "{outcome}" not in str(letter.body)


def test_every_rule_cites_its_source_and_doubtful_ones_say_so(pack: Pack) -> None:
    rules = [*pack.timescales, *pack.thresholds, *pack.outcomes, *pack.lawful_bases]
    assert all(rule.basis.citation for rule in rules)
    doubtful = {rule.key for rule in rules if not rule.basis.confirmed}
    assert {"assessment", "private_fostering.visit", "dpa_safeguarding"} <= doubtful
    assert "contact.decide" not in doubtful


def test_a_copy_sealed_before_packs_had_stages_has_one_assessment_and_the_laws_plans(pack: Pack) -> None:
    values = read_source(PACKS / "england-2023").values
    del values["stages"]
    old = parse_pack(values, version=1)
    kind = old.first_assessment
    assert (kind.key, str(kind.title), kind.form, kind.timescale) == (
        "assessment",
        "Assessment",
        "assessment",
        "assessment",
    )
    assert [(one.key, str(one.title), one.lead, one.one_with) for one in old.plan_kinds] == [
        (one.key, str(one.title), one.lead, one.one_with) for one in pack.plan_kinds
    ]
    assert old.assessment_kind("assessment") == kind
