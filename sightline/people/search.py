"""Finding people by what a worker was told. What is asked is worked out here; who is found, in the database.

The database's function leaves out whoever is hidden from the person who acts, gives identity only, and
answers with at most fifty. Every search is in the audit: a fingerprint of what was typed, and how many
were found.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.kernel.london import local_day
from sightline.people import rules
from sightline.people.permissions import check_search
from sightline.people.rules import Sought

BECAUSE = {
    "number": "same number",
    "same": "same name",
    "form": "another form of the name",
    "spelling": "the name is spelt nearly so",
    "sound": "the name sounds alike",
    "beginning": "the name begins so",
    "born": "same date of birth",
    "born_near": "a date of birth one slip away",
    "due": "expected about then",
    "age": "about that age",
    "home": "same address",
    "postcode": "same postcode",
    "area": "same area",
}
LIKE_A_NAME = frozenset(BECAUSE[code] for code in ("same", "form", "spelling", "sound", "beginning", "age", "area"))
"""What many share. A number, a day of birth and a home tell people apart."""
COLUMNS = (
    "person",
    "kind",
    "name",
    "known_as",
    "birth",
    "birth_date",
    "expected_date",
    "death_date",
    "sex",
    "area",
    "because",
    "closed",
)
DUE_EITHER_SIDE = timedelta(days=21)
"""Expected dates are moved after scans; births come early and late."""


@dataclass(frozen=True)
class Match:
    """Somebody who may be meant: identity only. `area` is the outward postcode, empty where it is withheld.

    `closed` says that their record is restricted, that the actor does not read it, and that they may be known of.
    """

    person: UUID
    kind: str
    name: str
    known_as: str
    birth: str
    birth_date: date | None
    expected_date: date | None
    death_date: date | None
    sex: str
    area: str
    because: tuple[str, ...]
    closed: bool = False
    open_to: str | None = None
    same_name: bool = False

    @property
    def is_loose(self) -> bool:
        """Found by what many share, and by nothing that tells people apart."""
        return LIKE_A_NAME.issuperset(self.because)

    def age_words(self, on: date) -> str:
        """Age on that day, said no better than it is known."""
        return rules.age_words(
            birth=self.birth,
            birth_date=self.birth_date,
            expected_date=self.expected_date,
            death_date=self.death_date,
            on=on,
        )

    def birth_words(self) -> str:
        """The day of birth, said no better than it is known."""
        return rules.birth_words(birth=self.birth, birth_date=self.birth_date, expected_date=self.expected_date)


def search_people(
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    birth: date | str | None = None,
    postcode: str = "",
    number: str = "",
) -> list[Match]:
    """Who may be meant, likeliest first: at most fifty, and nobody who is hidden from the actor.

    A restricted record that may be known of is found by name, birth and number, and not by an address.

    `text` is one line in any order ("smyth mia 12/3/2019 LS7"); the other parts may be given by
    themselves. Refuses a date that cannot be. What finds nobody in particular (an age or half a
    postcode alone) finds nobody.
    """
    check_search(by)
    sought = _sought(text=text, birth=birth, postcode=postcode, number=number, today=local_day(at))
    found = [] if sought.is_empty else _find(sought)
    look(by=by, people=[], what="search", at=at, asked=_fingerprint(sought), found=len(found))
    return found


def hidden_matches(
    *,
    at: datetime,
    given: str = "",
    family: str = "",
    birth_date: date | None = None,
    expected_date: date | None = None,
    postcode: str = "",
    lines: str = "",
    numbers: tuple[str, ...] = (),
) -> dict[UUID, bool]:
    """People closed to the actor whom somebody just registered probably is. Only for routing, never shown.

    For each whether it is by a restriction, or only by the actor's own conflict of interest.
    """
    sought = rules.read_line(f"{lines} {postcode}", today=local_day(at))
    sought = replace(
        sought,
        words=tuple(rules.plain(f"{given} {family}").split()[:6]),
        numbers=numbers,
        born=birth_date,
        born_from=None,
        born_to=None,
        due=expected_date,
    )
    if sought.is_empty:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, restricted FROM people_hidden_matches(%s)", [json.dumps(_asked(sought))])
        return dict(cursor.fetchall())


def _sought(*, text: str, birth: date | str | None, postcode: str, number: str, today: date) -> Sought:
    sought = rules.read_line(text, today=today)
    if isinstance(birth, date):
        birth = birth.isoformat()
    if birth and birth.strip():
        born = rules.read_birth(birth, today=today)
        sought = replace(sought, born=born.born, born_from=born.born_from, born_to=born.born_to, due=born.due)
    if postcode.strip():
        home = rules.read_line(postcode, today=today)
        sought = replace(sought, postcode=home.postcode, outward=home.outward, house=home.house or sought.house)
    if number.strip():
        sought = replace(sought, numbers=(*sought.numbers, *rules.number_forms(number)))
    return sought


def _find(sought: Sought) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM people_search(%s)", [json.dumps(_asked(sought))])  # noqa: S608 - our own columns
        found = [_match(dict(zip(COLUMNS, row, strict=True))) for row in cursor.fetchall()]
    alike = rules.same_names({match.person: (match.name, "", match.kind == "child") for match in found})
    return [replace(match, same_name=match.person in alike) for match in found]


def _match(row: dict[str, Any]) -> Match:
    name = rules.name_before_birth(row["name"]) if row["birth"] == "expected" else row["name"]
    return Match(**{**row, "name": name, "because": tuple(BECAUSE[code] for code in row["because"])})


def _asked(sought: Sought) -> dict[str, Any]:
    """What the database's function is asked, as JSON."""
    terms = list(_terms(sought.words))
    due = sought.due or sought.born
    return {
        "places": len(sought.words),
        "terms": [{"place": place, "term": term} for place, term in terms],
        "forms": [{"place": place, "form": form} for place, term in terms for form in sorted(other_forms(term))],
        "numbers": list(sought.numbers),
        "born": _iso(sought.born),
        "near_days": [day.isoformat() for day in rules.near_dates(sought.born)] if sought.born else [],
        "born_from": _iso(sought.born_from),
        "born_to": _iso(sought.born_to),
        "due_from": _iso(due - DUE_EITHER_SIDE) if due else None,
        "due_to": _iso(due + DUE_EITHER_SIDE) if due else None,
        "postcode": sought.postcode,
        "outward": sought.outward,
        "house": sought.house,
        "street": sought.street,
    }


def _terms(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Each word in its place, and two that stand together as one, which fills both places."""
    yield from enumerate(words)
    for place, (one, other) in enumerate(pairwise(words)):
        if min(len(one), len(other)) <= 3:
            yield place, one + other
            yield place + 1, one + other


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def other_forms(word: str) -> set[str]:
    """Nicknames and spellings of a name, from the packaged list; empty for a name that has none."""
    return _forms().get(word, set()) - {word}


@cache
def _forms() -> dict[str, set[str]]:
    table = tomllib.loads(files("sightline.people").joinpath("nicknames.toml").read_text("utf-8"))
    forms: dict[str, set[str]] = {}
    for line in table["names"]:
        group = set(line.split())
        for name in group:
            forms.setdefault(name, set()).update(group)
    return forms


def _fingerprint(sought: Sought) -> str:
    return hashlib.sha256(json.dumps(_asked(sought), sort_keys=True).encode()).hexdigest()
