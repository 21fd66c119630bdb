"""What a newer file says of a fact that is there, and by which day's rule what was open is owed."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

from sightline.returns import bringing_in
from sightline.returns.bringing_in import Owed
from sightline.returns.earlier import EnquiryFacts, PlanFacts, ProtectionFacts
from sightline.returns.matching import Held, match

DAY, ENDED, YEAR_END = date(2026, 5, 6), date(2026, 9, 1), date(2027, 3, 31)


def matched(before, now):
    row = Held(row=UUID(int=1), source=before.SOURCE, values=before.values())
    return match("C1", [now], held=[row], reference_date=YEAR_END)


def test_a_newer_file_that_is_silent_about_a_category_leaves_the_one_that_is_known():
    before = ProtectionFacts(from_on=DAY, first_category="NEG", last_category="EMO")
    [came] = matched(before, ProtectionFacts(from_on=DAY, to_on=ENDED, first_category="NEG")).came
    assert came.fact == ProtectionFacts(from_on=DAY, to_on=ENDED, first_category="NEG", last_category="EMO")
    silent = matched(before, ProtectionFacts(from_on=DAY, first_category="NEG"))
    assert (silent.came, len(silent.known), silent.notes) == ((), 1, ())


def test_a_day_by_which_a_conference_was_due_is_kept_where_a_newer_file_is_silent():
    before = EnquiryFacts(began_on=DAY, conference_target_on=date(2026, 5, 28))
    [came] = matched(before, EnquiryFacts(began_on=DAY, conference_on=ENDED)).came
    assert came.fact == EnquiryFacts(began_on=DAY, conference_on=ENDED, conference_target_on=date(2026, 5, 28))


def test_what_is_owed_from_now_is_owed_by_the_rule_of_the_day_in_england(monkeypatch):
    asked = []
    pack = SimpleNamespace(
        first_assessment=SimpleNamespace(timescale=""),
        timescale=lambda _, day: asked.append(day),
        cite=lambda _: "",
    )
    monkeypatch.setattr(bringing_in, "due_or_none", lambda *_: None)
    after_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    bringing_in._due(pack, Owed("make_plan", "", "plan.make", from_now=True), PlanFacts(from_on=DAY), after_midnight)
    assert asked == [date(2026, 7, 1)]
