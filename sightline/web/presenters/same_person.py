"""One person under two keys, in words: on the record, and side by side before it is decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.access.models import Identity
from sightline.people.queries import Address, PersonHeader, PersonName, Related
from sightline.web.presenters.child import address_line, age_line, reference_line
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import listing


def same_context(
    person: UUID, links: Iterable[Identity], others: Mapping[UUID, PersonHeader], *, as_at: str
) -> dict[str, object]:
    """`goes_on` for a key whose record goes on elsewhere, `registered_as` for the one under which it goes on."""
    found = list(links)
    onward = next((one for one in found if one.person == person and one.same_as in others), None)
    if onward is not None:
        return {
            "goes_on": {
                "name": shown_name(others[onward.same_as]),
                "url": reverse("person", args=[onward.same_as]) + as_at,
                "reason": onward.reason,
                "end_url": reverse("same-end", args=[person, onward.id]),
            }
        }
    named = [one.person for one in found if one.same_as == person and one.person in others]
    return {
        "registered_as": [
            {
                "name": shown_name(others[one]),
                "url": reverse("person", args=[one]) + as_at,
                "detail": reference_line(others[one]),
            }
            for one in named
        ]
    }


def titles(first: PersonHeader, second: PersonHeader) -> tuple[str, str]:
    """What each of the two is called in a table and in a choice; never the same words for both."""
    one, other = (
        f"{shown_name(header)} ({reference})" if (reference := reference_line(header)) else shown_name(header)
        for header in (first, second)
    )
    return (one, other) if one != other else (f"{one}, the first", f"{other}, the second")


def side(
    header: PersonHeader, today: date, *, addresses: Sequence[Address], family: Iterable[str], carried: str, reads: str
) -> list[tuple[str, str]]:
    """What is known under one key: the same lines for both."""
    numbers = [f"{one.get_scheme_display()} {one.value}" for one in header.identifiers]
    return [
        ("Name", " / ".join(dict.fromkeys([shown_name(header), header.name]))),
        ("Age", age_line(header, today)),
        ("Sex", {"F": "Female", "M": "Male"}.get(header.sex, "")),
        ("Numbers", ", ".join(numbers)),
        ("Lives", "; ".join(filter(None, (address_line(one) for one in addresses[:2])))),
        ("Family", listing(family)),
        ("Carried by", carried or "Not open to us now"),
        ("Who reads it", reads),
    ]


def line_by_line(
    first: Iterable[tuple[str, str]], second: Iterable[tuple[str, str]]
) -> list[list[str | dict[str, str]]]:
    """Rows of components/table.html: what it is, and what each record says, beside each other also on a phone."""
    return [[_marked(key, one, other), one, other] for (key, one), (_, other) in zip(first, second, strict=True)]


def _marked(key: str, one: str, other: str) -> str | dict[str, str]:
    """What the line is of, with a word where the two records do not say the same."""
    if one == other:
        return key
    return {"text": key, "tag": "Differs" if one and other else "On one record only", "tag_colour": "grey"}


def relation_words(ties: Iterable[Related], headers: Mapping[UUID, PersonName]) -> list[str]:
    """`Lowenna Penhallow (mother)`: only those whom the reader may see."""
    return [
        shown_name(headers[one.other]) + (f" ({one.label.lower()})" if one.reads else "")
        for one in ties
        if one.other in headers
    ]
