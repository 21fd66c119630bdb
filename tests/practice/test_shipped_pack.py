"""The pack that comes with the product, and what it promises."""

import json
from pathlib import Path

import pytest

from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, SHIPPED, read_source
from sightline.practice.spec import Pack
from sightline.practice.tables import PackRefused


@pytest.fixture(scope="module")
def pack() -> Pack:
    return parse_pack(read_source(PACKS / "england-2023").values)


def test_every_shipped_pack_is_sound_and_there_is_no_other_folder() -> None:
    for key in SHIPPED:
        assert parse_pack(read_source(PACKS / key).values).key == key
    assert {folder.name for folder in PACKS.iterdir()} == set(SHIPPED)


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
