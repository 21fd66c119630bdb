"""Everything about days in one place to import from. Each part has its own module."""

from sightline.kernel.ages import Age, age_in_words, age_in_years, parse_age
from sightline.kernel.clocks import due_on, short_day, span_words, time_left
from sightline.kernel.london import (
    LONDON,
    at_local_time,
    end_of_day,
    local,
    local_day,
    start_of_day,
)
from sightline.kernel.reading import day_words, read_date, read_moment, read_time
from sightline.kernel.when import Period, Precision, When

__all__ = [
    "LONDON",
    "Age",
    "Period",
    "Precision",
    "When",
    "age_in_words",
    "age_in_years",
    "at_local_time",
    "day_words",
    "due_on",
    "end_of_day",
    "local",
    "local_day",
    "parse_age",
    "read_date",
    "read_moment",
    "read_time",
    "short_day",
    "span_words",
    "start_of_day",
    "time_left",
]
