"""When things happened in the stories: counted back from now, on days when the office was open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sightline.kernel.london import at_local_time, local, local_day
from sightline.kernel.working_days import add_working_days, end_of_working_day, is_working_day

HALF_PAST_NINE = time(9, 30)
HISTORY = timedelta(days=760)


@dataclass(frozen=True)
class Diary:
    """A calendar that ends at `now`. Day 0 is today, or the last working day before it."""

    now: datetime

    @property
    def today(self) -> date:
        """The latest day on which the office has been open for a while."""
        day = local_day(self.now)
        if is_working_day(day) and local(self.now).time() >= HALF_PAST_NINE:
            return day
        return add_working_days(day, -1)

    @property
    def opening(self) -> datetime:
        """The moment at which the authority's posts were filled: before every story."""
        return self.now - HISTORY

    def at(self, back: int, clock: str) -> datetime:
        """That many working days before today, at "14:20"; 0 and above 0 only, and never in the future."""
        return min(at_local_time(self.day(back), time.fromisoformat(clock)), self.now)

    def day(self, back: int) -> date:
        """That many working days before today."""
        return add_working_days(self.today, -back) if back else self.today

    def ahead(self, days: int, clock: str) -> datetime:
        """That many working days after today, at that time."""
        return at_local_time(add_working_days(self.today, days), time.fromisoformat(clock))

    def recent(self, minutes: int) -> datetime:
        """That many minutes before now, or before the office closed."""
        closing = end_of_working_day(at_local_time(self.today, HALF_PAST_NINE))
        return min(self.now, closing) - timedelta(minutes=minutes)

    def later(self, days: int, clock: str) -> datetime:
        """That many days from today, at that time; today no earlier than a little from now."""
        day = local_day(self.now) + timedelta(days=days)
        return max(at_local_time(day, time.fromisoformat(clock)), self.now + timedelta(minutes=40))

    def years_old(self, years: int, days: int = 0) -> date:
        """A date of birth: that many years and days before now."""
        day = local_day(self.now) - timedelta(days=days)
        return day - timedelta(days=round(years * 365.25))

    def in_weeks(self, weeks: int) -> date:
        """A day to come."""
        return local_day(self.now) + timedelta(weeks=weeks)
