"""When things are due, what is asked, which reasons are none, and how letters read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.kernel.dates import at_local_time, end_of_day, local, local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.working_days import is_working_day
from sightline.practice.parse import parse_pack
from sightline.practice.rules import due_from, fill, is_bare, months_after, refuse_bare_reason, unanswered
from sightline.practice.shipped import PACKS, read_source
from sightline.practice.spec import Unit

PACK = parse_pack(read_source(PACKS / "england-2023").values)
DECIDE = PACK.timescale("contact.decide", date(2026, 11, 21))
MOMENTS = st.integers(1_704_067_200, 1_843_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local_time(day, time(hour, minute))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (_at(date(2026, 11, 18), 14, 40), _at(date(2026, 11, 19), 14, 40)),
        (_at(date(2026, 11, 20), 14, 40), _at(date(2026, 11, 23), 14, 40)),  # a Friday
        (_at(date(2026, 11, 21), 3), _at(date(2026, 11, 23), 3)),  # a Saturday night
        (_at(date(2026, 4, 2), 9), _at(date(2026, 4, 7), 9)),  # before Good Friday
        (_at(date(2026, 3, 27), 9), _at(date(2026, 3, 30), 9)),  # the clocks go forward between
    ],
)
def test_a_contact_is_decided_by_the_same_time_on_the_next_working_day(received: datetime, due: datetime) -> None:
    assert due_from(DECIDE, received) == due


@given(MOMENTS)
def test_one_working_day_ends_on_a_working_day_with_none_between(received: datetime) -> None:
    due = due_from(DECIDE, received)
    day = local_day(received) + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    assert local_day(due) == day
    if local(received).hour != 1:  # the hour that the clocks may skip or repeat
        assert local(due).time() == local(received).time()


@given(MOMENTS, st.sampled_from(["working days", "days", "weeks"]), st.integers(1, 45))
def test_by_the_end_of_the_day_is_never_before_by_the_same_time(moment: datetime, unit: Unit, length: int) -> None:
    rule = replace(DECIDE, unit=unit, length=length)
    sooner, later = due_from(rule, moment), due_from(replace(rule, by="end of day"), moment)
    assert moment < sooner <= later == end_of_day(local_day(sooner))


def test_hours_and_minutes_run_through_the_night_and_at_once_is_now() -> None:
    moment = _at(date(2026, 11, 20), 23, 30)
    assert due_from(replace(DECIDE, unit="hours", length=72), moment) == moment + timedelta(hours=72)
    handover = PACK.timescale("handover.accept", date(2026, 11, 20))
    assert due_from(handover, moment) == moment + timedelta(hours=1)
    assert due_from(PACK.timescale("contact.immediate", date(2026, 11, 20)), moment) == moment


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (date(2026, 8, 31), date(2026, 11, 30)),  # November has no 31st
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2026, 12, 5), date(2027, 3, 5)),
    ],
)
def test_three_months_end_on_the_same_day_of_the_month_or_on_its_last(began: date, due: date) -> None:
    rule = PACK.timescale("review.child_in_need.next", date(2026, 11, 21))
    assert due_from(rule, _at(began, 9)) == end_of_day(due)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 40))
def test_months_count_as_the_calendar_does(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_due_day_beyond_the_bank_holidays_is_refused() -> None:
    with pytest.raises(Refusal, match="ask whoever looks after the system"):
        due_from(DECIDE, _at(date(2028, 12, 29), 9))


def test_a_rule_is_asked_for_by_the_day_and_refused_where_there_is_none() -> None:
    with pytest.raises(NotFound, match=r"contact\.decide"):
        PACK.timescale("contact.decide", date(2023, 12, 14))
    assert PACK.threshold("series.sources", date(2026, 1, 1)).number == 3


def test_the_emergency_question_is_asked_only_when_somebody_is_in_danger() -> None:
    questions = [q for q in PACK.form("contact").questions if q.asked_of == "contact"]
    answers: dict[str, object] = {
        "channel": "phone",
        "received": "now",
        "capacity": "school",
        "saw_or_heard": "A bruise.",
        "fears": " ",
        "danger_now": "no",
    }
    assert [q.key for q in unanswered(questions, answers)] == ["fears"]
    answers |= {"danger_now": "yes", "fears": "More of it."}
    assert [q.key for q in unanswered(questions, answers)] == ["danger_words"]


@pytest.mark.parametrize(
    "reason", ["", " ", "Malicious.", "This was a malicious referral", "MALICIOUS CALL, vexatious"]
)
def test_malicious_alone_is_no_reason(reason: str) -> None:
    words = PACK.words_that_cannot_stand_alone
    assert is_bare(reason, words)
    with pytest.raises(Refusal, match="is not a reason by itself") as refused:
        refuse_bare_reason(reason, words)
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    "reason",
    [
        "Probably malicious, but the school saw Ayo today and she is well.",
        "Seen at home, no injury.",
        "Health visitor knows the family.",
    ],
)
def test_a_reason_with_something_in_it_stands(reason: str) -> None:
    refuse_bare_reason(reason, PACK.words_that_cannot_stand_alone)


VALUES = {
    "received": "18 November 2026",
    "children": "Ayo",
    "outcome": "Referral: assessment",
    "next_step": "A social worker will assess what help is needed.",
    "ring": "01632 960001",
}


def test_a_letter_says_what_was_decided_what_is_next_and_whom_to_ring() -> None:
    filled = fill(PACK.letter("outcome.professional"), VALUES)
    for said in VALUES.values():
        assert said in filled.body
    assert filled.subject == "What we decided"
    assert "{" not in filled.body


@given(st.text(min_size=1).filter(str.strip))
def test_what_is_put_into_a_letter_is_never_read_as_a_placeholder(text: str) -> None:
    filled = fill(PACK.letter("outcome.professional"), VALUES | {"next_step": text + "{ring}"})
    assert (text + "{ring}").strip() in filled.body


def test_a_letter_with_a_hole_is_not_drafted() -> None:
    with pytest.raises(Refusal, match="needs “next step”"):
        fill(PACK.letter("outcome.professional"), VALUES | {"next_step": " "})


def test_every_letter_reads_without_a_doubled_full_stop() -> None:
    for outcome in PACK.outcomes:
        values = VALUES | {"outcome": str(outcome.label), "next_step": str(outcome.next_step)}
        assert ".." not in fill(PACK.letter(outcome.letter_professional), values).body
