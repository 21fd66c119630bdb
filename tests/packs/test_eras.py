"""Four eras from the same files: they differ as they say, and the law's part of them does not."""

from datetime import UTC, date, datetime

import pytest

from sightline.kernel.dates import local_day
from sightline.kernel.errors import Refusal
from sightline.practice.changes import compare
from sightline.practice.rules import due_from, due_or_none
from tests.packs import ERAS, pack_of

DAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("era", ERAS)
def test_every_era_is_sound_and_keeps_the_laws_part(era: str) -> None:
    pack = pack_of(era)
    assert pack.key == era
    assert {plan.key for plan in pack.plan_kinds} == {"early_help", "child_in_need", "protection"}
    assert pack.plan_kind("protection").lead == "social worker"
    assert all(outcome.needs_social_worker for outcome in pack.outcomes)
    base = pack_of("england-2023")
    for coded in ("source", "main_need", "closure_reason", "assessment_factor", "protection_category"):
        assert [one.code for one in pack.list(coded).options] == [one.code for one in base.list(coded).options]


def test_of_2006_an_initial_assessment_has_seven_days_and_a_core_one_thirty_five_more() -> None:
    pack = pack_of("england-2006")
    initial, core = pack.assessment_kinds
    assert (initial.starts, core.starts) == ("referral", "previous")
    ended = due_from(pack.timescale(initial.timescale, DAY), MONDAY)
    assert local_day(ended) == date(2026, 12, 2)
    assert pack.timescale(core.timescale, DAY).length == 35
    assert pack.list("assessment_outcome").option("core_assessment").begins == core.key
    assert len(pack.form(initial.form).questions) < len(pack.form(core.form).questions)


def test_the_living_assessment_has_no_day_by_which_it_is_due() -> None:
    pack = pack_of("munro")
    rule = pack.timescale(pack.first_assessment.timescale, DAY)
    assert not rule.prescribed
    assert due_or_none(rule, MONDAY) is None
    with pytest.raises(Refusal, match="No time is prescribed for “Living assessment”"):
        due_from(rule, MONDAY)


def test_family_help_is_one_plan_that_need_not_be_led_by_a_social_worker_and_changes_no_time() -> None:
    old, new = pack_of("england-2023"), pack_of("england-2026")
    early, need = new.plan_kind("early_help"), new.plan_kind("child_in_need")
    assert str(early.title) == str(need.title) == "Family Help plan"
    assert (early.one_with, need.one_with) == (need.key, early.key)
    assert need.lead == "anyone"
    assert [(one.unit, one.length, one.by) for one in old.timescales] == [
        (one.unit, one.length, one.by) for one in new.timescales
    ]
    assert {change.kind for change in compare(old, new)} == {"adds", "rewords"}


def test_nothing_of_the_reform_is_said_to_be_confirmed() -> None:
    pack = pack_of("england-2026")
    ours = [
        pack.basis,
        pack.first_assessment.basis,
        *(pack.plan_kind(key).basis for key in ("early_help", "child_in_need")),
    ]
    assert not any(basis.confirmed for basis in ours)
