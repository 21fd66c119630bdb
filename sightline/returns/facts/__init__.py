"""What the record says of children for a census: one typed form, the same that a file is read into.

`facts_of` reads one child as whoever asks, under their own row security: what they may not read is not there.
`census_facts` reads everybody of a year for the account of imports and returns alone, a thousand at a time.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from uuid import UUID

from sightline.kernel.dates import end_of_day, local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.practice.queries import current_pack_on
from sightline.practice.rules import due_from, rule_on
from sightline.returns.cin.writer import known_year
from sightline.returns.cin.years import Year
from sightline.returns.facts.building import Exported, Target, build
from sightline.returns.facts.not_said import as_written
from sightline.returns.facts.rows import pages, read_as_reader, read_for_census

AT_ONCE = 1_000
"""Children that are read together: two queries for each thousand."""
_CLOCK = "conference.initial"

__all__ = ["AT_ONCE", "Exported", "as_written", "census_facts", "facts_of"]


def facts_of(child: UUID, year: int) -> Exported | None:
    """One child as that year's census would have them, from what the reader may read; None where it would not.

    Refuses a year without a specification.
    """
    asked = known_year(year)
    return build(child, read_as_reader([child])[child], year=asked, target=_targets(asked))


def census_facts(year: int, *, progress: Callable[[int], None] = lambda _: None) -> Iterator[Exported]:
    """Every child with an episode open in that census year, in the order of their keys, whoever may see them.

    Answers the account of imports and returns, and to anybody else nothing. Holds a thousand children at a time.
    """
    asked = known_year(year)
    target, done = _targets(asked), 0
    for page in pages(asked.first_day, asked.census_date, at_once=AT_ONCE):
        facts = read_for_census(page)
        for child in page:
            exported = build(child, facts.pop(child), year=asked, target=target)
            if exported is not None:
                yield exported
        done += len(page)
        progress(done)


def _targets(year: Year) -> Target:
    """By when an initial conference is to be held, by the rule of the day that its days are counted from."""
    try:
        pack = current_pack_on(year.census_date)
    except NotFound:  # a year before the first pack: nobody says by when
        return lambda _: None

    @cache
    def target(counted_from: date) -> date | None:
        rule = rule_on(pack, _CLOCK, counted_from)
        try:
            return local_day(due_from(rule, end_of_day(counted_from))) if rule else None
        except Refusal:  # no bank holidays are known so far off
            return None

    return target
