"""Rules about who the child is: ids, pupil numbers, dates of birth and death, sex."""

from collections.abc import Iterator
from datetime import date, timedelta

from sightline.kernel.references import UPN_LETTERS, upn_check_letter
from sightline.returns.cin.parts import Child, Field
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import (
    DAYS_IN_40_WEEKS,
    Place,
    after,
    before,
    child_rule,
    declare,
    outside,
    years_before,
)

declare(
    "8500",
    "The child has no LAchildID.",
    "Give every child the authority's own id. Without it nothing in the file loads.",
)


@child_rule(
    "1570",
    "The child id is longer than 20 characters.",
    "Use the id that the authority returns in its other statutory collections.",
)
def long_id(child: Child, census: Census) -> Iterator[Place]:
    if len(child.id) > 20:
        yield child.identifiers.la_child_id


@child_rule(
    "1580",
    "The child id has characters other than letters and digits.",
    "Take spaces and punctuation out of the id at the source.",
)
def odd_id(child: Child, census: Census) -> Iterator[Place]:
    if not (child.id.isascii() and child.id.isalnum()):
        yield child.identifiers.la_child_id


@child_rule(
    "1510",
    "The unique pupil number's first letter does not check against the rest.",
    "Compare the number with the school's and correct whichever is mistyped.",
)
def wrong_check_letter(child: Child, census: Census) -> Iterator[Place]:
    upn = child.identifiers.upn
    rest = upn.raw[1:]
    countable = _digits(rest[:11], 11) and len(rest) == 12 and _countable(rest[11])
    if countable and upn_check_letter(rest) != upn.raw[0]:
        yield upn


def _countable(mark: str) -> bool:
    return mark in "0123456789" or mark in UPN_LETTERS


@child_rule(
    "1530",
    "The unique pupil number names no local authority in characters 2 to 4.",
    "Compare the number with the school's and correct it.",
)
def unknown_authority(child: Child, census: Census) -> Iterator[Place]:
    upn = child.identifiers.upn
    if upn.given and upn.raw[1:4] not in census.year.authority_numbers:
        yield upn


@child_rule(
    "1540",
    "The unique pupil number has something other than digits in characters 5 to 12.",
    "Compare the number with the school's and correct it.",
)
def letters_inside(child: Child, census: Census) -> Iterator[Place]:
    upn = child.identifiers.upn
    if upn.given and not _digits(upn.raw[4:12], 8):
        yield upn


@child_rule(
    "1550",
    "The unique pupil number's last character is neither a digit nor a letter it may end in.",
    "Compare the number with the school's: it has 13 characters, and I, O and S are not used.",
)
def wrong_last(child: Child, census: Census) -> Iterator[Place]:
    upn = child.identifiers.upn
    if upn.given and not (len(upn.raw) == 13 and _countable(upn.raw[12])):
        yield upn


@child_rule(
    "1560Q",
    "The former unique pupil number is not shaped like one.",
    "Correct it, or leave it out where it is not known.",
)
def odd_former_upn(child: Child, census: Census) -> Iterator[Place]:
    upn = child.identifiers.former_upn
    marks = upn.raw
    shaped = len(marks) == 13 and marks[0] in UPN_LETTERS and _digits(marks[1:12], 11) and _countable(marks[12])
    if upn.given and not shaped:
        yield upn


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


@child_rule(
    "8520",
    "The date of birth is after the reference date.",
    "Correct it, or give it as the expected date of birth of an unborn child.",
)
def born_after(child: Child, census: Census) -> Iterator[Place]:
    if after(child.identifiers.birth_date, census.end):
        yield child.identifiers.birth_date


@child_rule(
    "8525Q",
    "There is neither a date of birth nor an expected one, or there are both.",
    "Give the one that is right: the date of birth once the child is born.",
)
def one_birth_date(child: Child, census: Census) -> Iterator[Place]:
    born, expected = child.identifiers.birth_date, child.identifiers.expected_birth_date
    if (born.value is None) == (expected.value is None):
        yield expected if born.value else born


@child_rule(
    "8530Q",
    "The expected date of birth is not from the month before the reference date to nine after.",
    "Correct it; if the child has been born, give the date of birth.",
)
def unlikely_expected(child: Child, census: Census) -> Iterator[Place]:
    expected = child.identifiers.expected_birth_date
    latest = _nine_months_after(census.end)
    if before(expected, census.end - timedelta(days=30)) or after(expected, latest):
        yield expected


def _nine_months_after(day: date) -> date:
    """The same day nine months on, or the month's last where it has no such day."""
    month = day.month + 9
    first_after = date(day.year + month // 12, month % 12 + 1, 1)
    last = first_after - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


@child_rule(
    "8535Q",
    "The child's date of death is before the date of birth.",
    "Correct whichever date is wrong.",
)
def died_before_birth(child: Child, census: Census) -> Iterator[Place]:
    if before(child.identifiers.death_date, child.identifiers.birth_date):
        yield child.identifiers.death_date


@child_rule(
    "8545Q",
    "The child's date of death is outside the census year.",
    "Check the date, and whether this child belongs in this year's census.",
)
def died_outside(child: Child, census: Census) -> Iterator[Place]:
    if outside(child.identifiers.death_date, census):
        yield child.identifiers.death_date


@child_rule(
    "4180",
    "The child's sex is missing or is not one of the year's codes.",
    "Give one of the year's codes.",
)
def no_sex(child: Child, census: Census) -> Iterator[Place]:
    sex = child.identifiers.sex
    if sex.raw not in census.year.sex_codes:
        yield sex


@child_rule(
    "8750",
    "The child is unborn, and the sex is not given as unborn.",
    "Use the year's code for an unborn child, or give the date of birth.",
)
def sex_of_the_unborn(child: Child, census: Census) -> Iterator[Place]:
    who = child.identifiers
    unborn = who.expected_birth_date.given and not who.birth_date.given
    if unborn and who.sex.raw != census.year.sex_unborn:
        yield who.sex


def _needs_upn(child: Child, census: Census) -> bool:
    """Referred on, and old enough to have a number.

    From 2025 that is five by the 31 August before the reference date; before, the rule
    said more than five years old: six, at the reference date.
    """
    born = child.identifiers.birth_date.value
    latest = years_before(census.end, 6) - timedelta(days=1)
    if census.year.number >= 2025:
        school_year = census.end.year - (census.end < date(census.end.year, 9, 1))
        latest = date(school_year - 5, 8, 31)
    further = any(episode.no_further_action.value is False for episode in child.episodes)
    return further and born is not None and born <= latest


@child_rule(
    "8770Q",
    "A child of school age has no unique pupil number, nor a reason that fits for its absence.",
    "Ask the school for the number, or give the reason. UN1 is for those not yet at school.",
)
def no_upn(child: Child, census: Census) -> Iterator[Place]:
    who = child.identifiers
    reasons = census.year.upn_unknown - ({"UN1"} if census.year.number >= 2025 else set())
    if not who.upn.given and who.upn_unknown.raw not in reasons and _needs_upn(child, census):
        yield who.upn_unknown


@child_rule(
    "8772",
    "The reason for having no pupil number is a referral with no further action (UN7), "
    "but one of the child's referrals went further.",
    "Ask the school for the number, or give the reason that fits.",
)
def wrong_un7(child: Child, census: Census) -> Iterator[Place]:
    further = any(e.no_further_action.value is False for e in child.episodes)
    if child.identifiers.upn_unknown.raw == "UN7" and further:
        yield child.identifiers.upn_unknown


@child_rule(
    "8775Q",
    "The person is over 25, and an episode is open or closed after the 25th birthday.",
    "Check the date of birth; close an episode that has ended.",
)
def over_25(child: Child, census: Census) -> Iterator[Place]:
    born = child.identifiers.birth_date
    if not before(born, years_before(census.end, 25)):
        return
    if any(_after_25(episode.closure_date, born) for episode in child.episodes):
        yield born


def _after_25(closed: Field[date], born: Field[date]) -> bool:
    if closed.value is None:
        return True
    return born.value is not None and years_before(closed.value, 25) > born.value


@child_rule(
    "8606",
    "The referral is more than 40 weeks before the date of birth or the expected one.",
    "Correct whichever date is wrong.",
)
def referred_before_conception(child: Child, census: Census) -> Iterator[Place]:
    who = child.identifiers
    births = [d.value for d in (who.birth_date, who.expected_birth_date) if d.value]
    for episode in child.episodes:
        if any(before(episode.referral_date, born - DAYS_IN_40_WEEKS) for born in births):
            yield episode.referral_date
