"""An address that protects, who reads it, and what it means for a letter, in words."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sightline.kernel.dates import day_words
from sightline.people.protecting_queries import AddressReader, AtRisk, ProtectingAddress
from sightline.people.queries import PersonName
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import full_moment
from sightline.workforce.queries import Ring


def address_lines(one: ProtectingAddress) -> list[dict[str, str]]:
    """The facts of the address that stands."""
    return [
        {"key": "What kind of place", "value": one.kind},
        {"key": "Address", "value": one.lines},
        {"key": "Postcode", "value": one.postcode},
        {"key": "Since", "value": day_words(one.true_from) if one.true_from else ""},
    ]


def earlier_line(one: ProtectingAddress) -> str:
    """An address that they left."""
    where = ", ".join(part for part in (one.lines, one.postcode) if part)
    return f"{where} ({one.kind.lower()}), until {day_words(one.true_to)}" if one.true_to else where


def reader_rows(readers: Iterable[AddressReader], names: Mapping[UUID, str], *, named: str) -> list[dict[str, object]]:
    """Who reads it now, since when, and why; only who was named can be taken off here."""
    return [
        {
            "id": one.reader,
            "name": names.get(one.reader, "Somebody whose post was closed"),
            "since": full_moment(one.since),
            "because": "Named"
            if one.because == named
            else f"Emergency access{f', until {full_moment(one.until)}' if one.until else ''}",
            "named": one.because == named,
        }
        for one in readers
    ]


def ring_line(ring: Ring | None) -> str:
    """Whom to ring, for somebody who does not read it."""
    return f"{ring.name}, {ring.phone}" if ring and ring.phone else ring.name if ring else ""


def family_line(header: PersonName) -> str:
    """Each of a family has an address of their own to be kept."""
    return (
        f"This is recorded for {shown_name(header)} alone. Record it for each of the family who lives there: "
        "what protects one of them can be lost by an address that another still has."
    )


def risk_lines(risks: Iterable[AtRisk], names: Mapping[UUID, PersonName]) -> list[str]:
    """What to know before anything is written to these recipients: who is protected, and what not to tell."""
    lines = []
    for one in risks:
        protected, to = names.get(one.person), names.get(one.recipient)
        who = shown_name(protected) if protected else "Somebody in this family"
        recipient = shown_name(to) if to else "the recipient"
        if one.own:
            lines.append(
                f"{who} is living at a protected address: do not write to the former address. "
                "Ask whoever reads the address how this can reach them."
            )
        else:
            lines.append(
                f"{who} is living at a protected address: do not write to the former address, where {recipient} lives "
                "or lived too. Read this through for anything that says where they are: a place, a school, a surgery."
            )
    return lines


def place_lines(people: Iterable[PersonName]) -> list[str]:
    """Said once, before words that tell where somebody is safe are saved."""
    return [
        f"This says where {shown_name(one)} is living, which is a protected address. Everybody who reads this record "
        "would read it. Take it out, or save it again if it must stand here."
        for one in people
    ]
