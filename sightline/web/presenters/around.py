"""People and agencies: names, numbers, homes, ties, adults not identified, and who was told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.kernel.dates import day_words
from sightline.partnership.queries import MessageLine
from sightline.people.models import Identifier, Name
from sightline.people.queries import Address, PersonHeader, Related, Unidentified
from sightline.record.queries import MentionGroup
from sightline.web.presenters import words
from sightline.web.presenters.child import address_line
from sightline.web.presenters.steps import capital, shown_name


def name_rows(names: Iterable[Name]) -> list[dict[str, str]]:
    """Every name, former ones too."""
    return [
        {"key": str(Name.Kind(one.kind).label), "value": f"{one.given} {one.family}".strip() + _ended(one.true_to)}
        for one in names
    ]


def _ended(day: date | None) -> str:
    return f" (until {day_words(day)})" if day else ""


def number_rows(header: PersonHeader) -> list[dict[str, str]]:
    """Numbers by which others know them."""
    return [
        {
            "key": str(Identifier.Scheme(one.scheme).label),
            "value": one.value + ("" if one.verified or one.scheme == "child_id" else " (not checked)"),
        }
        for one in header.identifiers
    ]


def address_rows(addresses: Sequence[Address], today: date) -> list[dict[str, str]]:
    """Homes, the current one first. What is withheld says only that it is."""
    rows = []
    for one in addresses:
        over = one.true_to is not None and one.true_to <= today
        since = f"since {day_words(one.true_from)}" if one.true_from and not over else ""
        until = f"until {day_words(one.true_to)}" if one.true_to else ""
        said = "; ".join(part for part in (since, until) if part)
        mark = ". Withheld: do not disclose" if one.withheld and one.shown else ""
        rows.append(
            {
                "key": "Earlier address" if over else "Address",
                "value": address_line(one) + mark + (f" ({said})" if said else ""),
            }
        )
    return rows


def tie_rows(ties: Iterable[Related], headers: Mapping[UUID, PersonHeader], today: date) -> list[list[object]]:
    """Who is what to this person: name, tie, parental responsibility, age."""
    rows: list[list[object]] = []
    for tie in ties:
        other = headers.get(tie.other)
        if other is None or (tie.true_to is not None and tie.true_to <= today):
            continue
        rows.append(
            [
                {"text": shown_name(other), "url": reverse("person", args=[other.id])},
                tie_words(tie, other),
                responsibility_words(tie, other),
                capital(other.age_words(today)),
            ]
        )
    return rows


OTHER_END = {
    "mother": "Child",
    "father": "Child",
    "parent": "Child",
    "step_parent": "Stepchild",
    "grandparent": "Grandchild",
    "carer": "Cared for by them",
}


def tie_words(tie: Related, other: PersonHeader) -> str:
    """What the other person is to the one whose page this is."""
    label = tie.label if tie.reads else OTHER_END.get(tie.kind, tie.label)
    return f"{label}: {tie.words}" if tie.words else label


def responsibility_words(tie: Related, other: PersonHeader) -> str:
    """Parental responsibility, asked only of adults towards a child."""
    if other.kind == "child" or not tie.reads or tie.kind in {"sibling", "half_sibling", "partner"}:
        return "Does not apply"
    if tie.parental_responsibility is None:
        return "Not known"
    return "Yes" if tie.parental_responsibility else "No"


def household_rows(people: Iterable[UUID], headers: Mapping[UUID, PersonHeader], today: date) -> list[dict[str, str]]:
    """Who else lives there."""
    return [
        {
            "key": shown_name(headers[one]),
            "value": capital(headers[one].age_words(today)),
            "url": reverse("person", args=[one]),
            "action": "Open",
        }
        for one in people
        if one in headers
    ]


def unidentified_rows(
    found: Iterable[Unidentified], mentions: Iterable[MentionGroup], agencies: Mapping[UUID, str]
) -> list[dict[str, object]]:
    """Adults who were spoken of, each with every mention put together, and where we stand."""
    said = {group.adult: group for group in mentions}
    rows = []
    for one in found:
        group = said.get(one.person)
        told = words.listing(agencies.get(each, "") for each in group.agencies) if group else ""
        rows.append(
            {
                "id": one.person,
                "name": one.name,
                "label": one.label,
                "open": one.is_open,
                "words": one.words,
                "mentions": list(group.words) if group else [],
                "told_by": told,
                "since": day_words(group.first_at.date()) if group else "",
            }
        )
    return rows


def told_rows(messages: Iterable[MessageLine]) -> list[list[object]]:
    """Which agencies were told or asked, what, when, and how far it got."""
    return [[line.to, line.kind_label, words.full_moment(line.composed_at), capital(line.status)] for line in messages]
