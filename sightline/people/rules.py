"""Judgement on names, numbers, births and homes. Plain values in, plain values out."""

import calendar
import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from sightline.kernel import references
from sightline.kernel.ages import age_in_words, age_in_years, parse_age
from sightline.kernel.errors import Refusal
from sightline.kernel.reading import day_words, month_named, read_date

Key = TypeVar("Key", bound=Hashable)

LONGEST_NAME: Final = 200
LONGEST_WORD: Final = 60
OLDEST: Final = 130

_APOSTROPHES = re.compile("['`\u2018\u2019\u00b4\u02bc]")
_INVISIBLE = re.compile("[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Letters that no decomposition turns into plain ones.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "ə": "e"}
)
_ABBREVIATED: Final = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "gdns": "gardens",
    "gr": "grove",
    "gro": "grove",
    "pl": "place",
    "sq": "square",
    "tce": "terrace",
    "terr": "terrace",
    "apt": "flat",
    "apartment": "flat",
    "hse": "house",
}
STREET_WORDS: Final = frozenset(_ABBREVIATED.values()) - {"flat", "house"} | {
    "way", "walk", "hill", "row", "mews", "rise", "view", "green", "parade", "vale", "wharf", "lodge", "yard",
}  # fmt: skip

_LONGEST_LINE: Final = 300
_MOST_WORDS: Final = 6
_NOT_NAMES: Final = frozenset(
    "mr mrs miss ms mx dr master dob born aged age about around due expected edd nhs upn id no number unborn".split()  # noqa: SIM905 - read as a line
)
_NHS_LIKE = re.compile(r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b")
_UPN_LIKE = re.compile(r"(?i)\b[a-z][0-9]{11}[0-9a-z]\b")
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = (
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:of )?{_MONTHS} ?[0-9]{{2,4}}|{_MONTHS} [0-9]{{1,2}}(?:st|nd|rd|th)? [0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4}|[0-9]{1,2} [0-9]{1,2} [0-9]{4}"
)
_ABOUT = r"(?:about|around|aged?|approx\.?|nearly)"
_UNIT = r"(?:yo|yrs?|years?|mo|mths?|months?|wks?|weeks?|days?|y|m|w|d)\b(?:[ -]?olds?)?"
_DUE_LIKE = re.compile(rf"(?i)\b(?:due|expected|edd)[ :]+(?:{_DATE})(?![0-9])")
_LABEL = re.compile(r"(?i)^(?:dob|born|d\.o\.b\.?)[ :]*(?:on |in )?")
_BIRTH_LIKE = (
    _DUE_LIKE,
    re.compile(rf"(?i)(?<![0-9a-z])(?:{_DATE})(?![0-9])"),
    re.compile(
        rf"(?i)\b(?:(?:about|around|aged?|approx\.?|nearly) )*[0-9]{{1,3}}(?: ?(?:-|to|or) ?[0-9]{{1,3}})? ?{_UNIT}"
    ),
    re.compile(r"(?i)\b(?:(?:about|around|aged?|approx\.?|nearly) )+[0-9]{1,3}\b"),
    re.compile(rf"(?i)\b(?:born (?:in )?)?{_MONTHS} (?:19|20)[0-9]{{2}}\b"),
    re.compile(r"(?i)\b(?:born (?:in )?)?(?:19|20)[0-9]{2}\b"),
    re.compile(r"\b(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}\b"),
)
_POSTCODE_LIKE = re.compile(r"(?i)\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}\b")
_OUTWARD_LIKE = re.compile(r"(?i)\b[a-z]{1,2}[0-9][a-z0-9]?\b")
_STREET_LIKE = re.compile(
    rf"(?i)\b([0-9]{{1,4}}[a-z]?) ((?:[^\W\d][\w'\u2019.-]* ){{1,3}}?"
    rf"(?:{'|'.join(sorted({*_ABBREVIATED, *STREET_WORDS}))})\b)"
)


def plain(text: str) -> str:
    """Lower case, without accents, apostrophes or anything invisible; other marks become spaces."""
    text = _APOSTROPHES.sub("", _INVISIBLE.sub("", text))
    # Twice: letters that only look different become capitals in the first round ("\U0001d54a").
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    letters = (mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in letters).split())


def name_words(text: str) -> list[str]:
    """The words of a name as search keeps them: each word, and a name of several words as one.

    "Anne-Marie" is found as "anne", as "marie" and as "annemarie"; "Mac Donald" as "macdonald".
    """
    words = plain(text).split()
    joined = ["".join(words)] if 1 < len(words) <= 4 else []
    return [word[:LONGEST_WORD] for word in dict.fromkeys([*words, *joined])]


def check_name(*, given: str, family: str) -> tuple[str, str]:
    """Both parts as they are kept: as they were written, without what cannot be seen. Refuses an empty name."""
    given, family = tidy(given), tidy(family)
    if not plain(given) and not plain(family):
        raise Refusal("Enter a name, or leave it out and say who this is in words.", field="name")
    for part in (given, family):
        if len(part) > LONGEST_NAME:
            raise Refusal(f"A name can have up to {LONGEST_NAME} letters. Shorten it.", field="name")
    return given, family


def tidy(text: str) -> str:
    """What was written, on one line, without marks that cannot be seen."""
    return " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())


def check_birth(*, kind: str, birth: str, birth_date: date | None, expected_date: date | None, on: date) -> None:
    """Refuses what cannot be: a birth to come, an adult not yet born, a known birth without a day."""
    if birth == "expected":
        _check_expected(kind=kind, birth_date=birth_date, expected_date=expected_date, on=on)
    elif birth in {"exact", "year", "about"}:
        _check_born(birth_date=birth_date, on=on)
    elif birth_date is not None:
        raise Refusal("Say how well the date of birth is known: exactly, the year, or about.", field="birth")


def _check_expected(*, kind: str, birth_date: date | None, expected_date: date | None, on: date) -> None:
    if kind != "child":
        raise Refusal("Only a child can be not yet born. Choose child.", field="kind")
    if birth_date is not None:
        raise Refusal("A child who is not yet born has no date of birth. Give the expected date.", field="birth")
    if expected_date is not None and expected_date > on + timedelta(days=300):
        raise Refusal(
            f"{day_words(expected_date)} is more than nine months away. Check the expected date.",
            field="expected_date",
        )


def _check_born(*, birth_date: date | None, on: date) -> None:
    if birth_date is None:
        raise Refusal("Enter the date of birth, or choose that it is not known.", field="birth")
    if birth_date > on:
        raise Refusal(
            f"{day_words(birth_date)} is still to come. For a child not yet born, give the expected date.",
            field="birth",
        )
    if age_in_years(birth_date, on) > OLDEST:
        raise Refusal(f"{day_words(birth_date)} is more than {OLDEST} years ago. Check the year.", field="birth")


def name_before_birth(name: str) -> str:
    """`Baby Maddox`: a child who is not yet born mostly has the family's name and no other."""
    return f"Baby {name}" if name and " " not in name else name


def age_words(
    *,
    birth: str,
    birth_date: date | None,
    expected_date: date | None,
    on: date,
    death_date: date | None = None,
) -> str:
    """How old somebody is, said no better than it is known: "about 4 years", "not yet born, expected …"."""
    if death_date is not None and death_date <= on:
        return f"died {day_words(death_date)}"
    if birth == "expected":
        return age_in_words(None, on, expected=expected_date) if expected_date else "not yet born"
    if birth_date is None:
        return "age not known"
    if birth == "year":
        older = on.year - birth_date.year
        return f"{max(older - 1, 0)} or {older} years" if older else "under 1 year"
    said = age_in_words(birth_date, on)
    return f"about {said}" if birth == "about" else said


def birth_words(*, birth: str, birth_date: date | None, expected_date: date | None) -> str:
    """When somebody was born, said no better than it is known."""
    if birth == "expected":
        return f"expected {day_words(expected_date)}" if expected_date else "expected date not known"
    if birth_date is None:
        return "date of birth not known"
    if birth == "exact":
        return day_words(birth_date)
    return f"{'born in' if birth == 'year' else 'about'} {birth_date.year}"


def read_number(*, scheme: str, value: str) -> str:
    """The number as it is kept. Refuses an NHS number or a unique pupil number that cannot be."""
    if scheme == "nhs":
        return _checked(references.nhs_number(value), "NHS number", "ten figures")
    if scheme in {"upn", "former_upn"}:
        return _checked(references.upn(value), "unique pupil number", "a letter and twelve figures")
    value = re.sub(r"\s", "", tidy(value)).upper()
    if not 1 <= len(value) <= 30:
        raise Refusal("Enter the child's id as this authority gave it: up to 30 letters and figures.", field="number")
    return value


def _checked(number: str | None, called: str, shape: str) -> str:
    if number is None:
        raise Refusal(
            f"This is not a {called}: one is {shape}, and the check figure has to fit. Read it out again.",
            field="number",
        )
    return number


def read_address(*, lines: str, postcode: str) -> tuple[str, str]:
    """An address as it is kept. Refuses an empty one, and a postcode that cannot be."""
    lines = ", ".join(filter(None, (tidy(line).strip(" ,") for line in lines.splitlines())))
    if not lines and not postcode.strip():
        raise Refusal("Enter an address, or at least a postcode.", field="address")
    if len(lines) > 300:
        raise Refusal("An address can have up to 300 letters. Shorten it.", field="address")
    if not postcode.strip():
        return lines, ""
    known = references.postcode(postcode)
    if known is None:
        raise Refusal(
            f"“{postcode.strip()}” is not a postcode. Enter one such as SW1A 1AA, or leave it empty.",
            field="postcode",
        )
    return lines, known


def home_key(*, lines: str, postcode: str) -> str:
    """The same for the same home, however it was written: "12 Oak St." and "12, oak street".

    With a postcode only the first line counts, since towns and counties come and go.
    """
    first, _, _rest = lines.partition(",")
    # "Flat 3, 12 Oak Street": what precedes the street's number is part of the first line.
    if not re.search(r"[a-z].*\d|\d.*[a-z]", plain(first)) or plain(first).startswith(("flat", "apartment", "apt")):
        first = ",".join(lines.split(",")[:2])
    street = street_words(first if postcode else lines)
    return f"{street} {postcode.replace(' ', '').lower()}".strip()[:320]


def street_words(text: str) -> str:
    """An address line with its usual short forms written out."""
    return " ".join(_ABBREVIATED.get(word, word) for word in plain(text).split())


def near_dates(day: date) -> list[date]:
    """Days that one slip makes of `day`: one figure wrong, or day and month the other way round."""
    written = f"{day.day:02}{day.month:02}{day.year:04}"
    slips = [written[2:4] + written[:2] + written[4:]]
    slips += [written[:at] + figure + written[at + 1 :] for at in range(len(written)) for figure in "0123456789"]
    slips += [written[:at] + written[at + 1] + written[at] + written[at + 2 :] for at in range(len(written) - 1)]
    found = (_day(slip) for slip in slips)
    return sorted({near for near in found if near is not None and near != day})


def _day(written: str) -> date | None:
    try:
        near = date(int(written[4:]), int(written[2:4]), int(written[:2]))
    except ValueError:
        return None
    return near if 1850 <= near.year <= 2150 else None


def same_names(names: Mapping[Key, tuple[str, str, bool]]) -> set[Key]:
    """Which of these children share a name with another: {key: (given, family, is a child)}.

    "Share" as a hurried reader sees it: the same words, whatever their order, accents or marks.
    """
    holders: dict[tuple[str, ...], list[Key]] = {}
    for key, (given, family, child) in names.items():
        words = tuple(sorted(plain(f"{given} {family}").split()))
        if child and words:
            holders.setdefault(words, []).append(key)
    return {key for keys in holders.values() if len(keys) > 1 for key in keys}


@dataclass(frozen=True)
class Sought:
    """What somebody typed to find a person, in its parts."""

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    born: date | None = None
    born_from: date | None = None
    born_to: date | None = None
    due: date | None = None
    postcode: str = ""
    outward: str = ""
    house: str = ""
    street: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing that anybody could be found by. An outward postcode or an age alone finds too many."""
        return not (self.words or self.numbers or self.born or self.due or self.postcode or self.street)


def read_birth(text: str, *, today: date) -> Sought:
    """A date, an age, a month, a year or an expected date. Refuses what is none of them."""
    words = " ".join(text.split())
    if found := re.fullmatch(r"(?i)(?:due|expected|edd)[ :]+(.+)", words):
        return Sought(due=read_date(found[1], today=today, field="birth"))
    span = _year_or_month(words) or _age_span(words, today)
    if span is not None:
        return Sought(born_from=span[0], born_to=span[1])
    day = read_date(words, today=today, field="birth")
    return Sought(due=day) if day > today else Sought(born=day)


def _year_or_month(words: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(?i)(?:in |about |born |around |)*(?:([a-z]{3,9}) )?((?:19|20)[0-9]{2})", words)
    if found is None:
        return None
    year = int(found[2])
    if not found[1]:
        return date(year, 1, 1), date(year, 12, 31)
    month = month_named(found[1])
    if month is None:
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _age_span(words: str, today: date) -> tuple[date, date] | None:
    try:
        return parse_age(re.sub(r"(?i)^aged? ", "", words)).born_between(today)
    except (Refusal, ValueError, OverflowError):
        return None


def read_line(text: str, *, today: date) -> Sought:
    """The parts of one line such as "smyth mia 12/3/2019 LS7". Whatever is no part is left out, never refused."""
    rest = " ".join(tidy(text)[:_LONGEST_LINE].replace(",", " ").split())
    rest, numbers = _take_numbers(rest)
    rest, birth = _take_birth(rest, today)
    rest, home = _take_home(rest)
    names: list[str] = []
    loose: list[str] = []
    for word in rest.split():
        (loose if any(mark.isdigit() for mark in word) else names).append(word)
    for word in loose:
        if not home.house and home.postcode and re.fullmatch(r"[0-9]{1,4}[a-zA-Z]?", word):
            home = replace(home, house=word.lower())
        elif not birth and re.fullmatch(r"[0-9]{1,2}", word) and names:
            birth = _read_birth_or_none(word, today)
        else:
            numbers = (*numbers, *number_forms(word))
    born = birth or Sought()
    return replace(
        home,
        words=_sought_words(names),
        numbers=numbers,
        born=born.born,
        born_from=born.born_from,
        born_to=born.born_to,
        due=born.due,
    )


def number_forms(text: str) -> tuple[str, ...]:
    """A number as it may be kept: an NHS number or pupil number as such, else as written and without marks."""
    known = references.nhs_number(text) or references.upn(text)
    if known:
        return (known,)
    written = re.sub(r"\s", "", text).upper()[:30]
    return tuple(dict.fromkeys(form for form in (written, re.sub(r"[^A-Z0-9]", "", written)) if form))


def _sought_words(names: list[str]) -> tuple[str, ...]:
    words = [word for word in plain(" ".join(names)).split() if word not in _NOT_NAMES]
    long = [word for word in words if len(word) > 1]
    return tuple(word[:LONGEST_WORD] for word in (long or words)[:_MOST_WORDS])


def _take_numbers(rest: str) -> tuple[str, tuple[str, ...]]:
    numbers: list[str] = []

    def take(found: re.Match[str]) -> str:
        number = references.nhs_number(found[0]) or references.upn(found[0])
        if number is None:
            return found[0]
        numbers.append(number)
        return " "

    rest = _NHS_LIKE.sub(take, rest)
    rest = _UPN_LIKE.sub(take, rest)
    return rest, tuple(numbers)


def _take_birth(rest: str, today: date) -> tuple[str, Sought | None]:
    for shape in _BIRTH_LIKE:
        for found in shape.finditer(rest):
            birth = _read_birth_or_none(_LABEL.sub("", found[0]) if shape is not _DUE_LIKE else found[0], today)
            if birth is not None:
                return f"{rest[: found.start()]} {rest[found.end() :]}", birth
    return rest, None


def _read_birth_or_none(words: str, today: date) -> Sought | None:
    try:
        return read_birth(words, today=today)
    except (Refusal, ValueError, OverflowError):
        return None


def _take_home(rest: str) -> tuple[str, Sought]:
    home = Sought()
    if found := _POSTCODE_LIKE.search(rest):
        known = references.postcode(found[0]) or ""
        home = replace(home, postcode=known, outward=known.split(" ")[0])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    elif found := _OUTWARD_LIKE.search(rest):
        home = replace(home, outward=found[0].upper())
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if found := _STREET_LIKE.search(rest):
        home = replace(home, house=found[1].lower(), street=street_words(found[2]))
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    return rest, home
