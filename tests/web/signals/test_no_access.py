"""CA4: three visits without access or missed appointments in a row, across agencies, are one pattern."""

from collections.abc import Callable

from django.test import Client

from tests.journeys.ending_case import Case, on_plan
from tests.web.signals.playing import attention, missed, part, said, visit

SignIn = Callable[[str], Client]
ROW = "Not seen at the last 3 visits or appointments; last seen 20 days ago"
NOTICE = "A child was not seen at several visits or appointments in a row"


def three_in_a_row(case: Case) -> None:
    visit(case, "seen_alone", 20)
    visit(case, "nobody_in", 9)
    missed(case, 6)
    visit(case, "refused", 2)


def test_three_in_a_row_of_two_agencies_stand_as_one_pattern_before_worker_and_manager(
    case: Case, sign_in: SignIn
) -> None:
    three_in_a_row(case)
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    assert ROW in attention(said(jane, "person", case.leo))
    pattern = part(said(jane, "person-visits", case.leo), "3 times in a row nobody could see this child", "Record a")
    assert "Last seen 20 days ago" in pattern
    for attempt in ("Entry refused", "Was not brought. Appointment: Hearing test, Weir Primary School", "Nobody in"):
        assert attempt in pattern
    day = said(jane, "my-day")
    assert "Leo Reed" in part(day, NOTICE, "I have read this")
    assert "not seen at the last 3 visits or appointments" in day.split("Children you carry")[1]
    assert NOTICE in said(fay, "my-day")
    team = part(said(fay, "team"), "Not seen several times in a row (1)", "Children by when they were last seen")
    assert "Leo Reed" in team
    assert f"{ROW} " in team
    assert "Max Reed" not in team


def test_two_and_a_visit_that_we_cancelled_are_no_pattern_nor_is_a_row_that_a_sight_broke(
    case: Case, sign_in: SignIn
) -> None:
    visit(case, "nobody_in", 12)
    visit(case, "seen_alone", 10)
    visit(case, "nobody_in", 9)
    missed(case, 6)
    visit(case, "cancelled_by_us", 3)
    visit(case, "seen", 1, case.max)
    jane, fay = sign_in("Jane Smith"), sign_in("Fay Lund")
    assert attention(said(jane, "person", case.leo)) == ""
    assert "times in a row nobody could see" not in said(jane, "person-visits", case.leo)
    for reader in (jane, fay):
        assert NOTICE not in said(reader, "my-day")
    assert "several times in a row" not in said(fay, "team")


def test_a_child_who_is_helped_early_without_an_episode_is_not_left_out(case: Case, sign_in: SignIn) -> None:
    case.authorise(case.ask(), {})
    on_plan(case, "early_help", [case.leo])
    three_in_a_row(case)
    record = said(sign_in("Jane Smith"), "person", case.leo)
    assert ROW in attention(record)
    assert "Why we are involved Early help plan (since 2 March 2026) Allocated worker Jane Smith" in record
    team = said(sign_in("Fay Lund"), "team")
    assert "Leo Reed" in part(team, "Not seen several times in a row (1)", "Children by when they were last seen")
