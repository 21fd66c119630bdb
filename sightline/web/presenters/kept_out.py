"""Whom a chair keeps out of conferences, said beside their name wherever people are listed."""

from collections.abc import Mapping
from uuid import UUID

from sightline.conferences.queries import KeptOut, Who
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day


def kept_out_line(one: KeptOut) -> str:
    """`Kept out of conferences by the chair since 12 May 2026: do not tell them when or where`."""
    since = day_words(local_day(one.at))
    return f"Kept out of conferences by the chair since {since}: do not tell them when or where"


def kept_out_lines(found: Mapping[Who, KeptOut]) -> dict[UUID, str]:
    """The line of each, by the key of their post at an agency, of our post, or of the person."""
    lines: dict[UUID, str] = {}
    for (agency_post, post, person, _name), one in found.items():
        if key := agency_post or post or person:
            lines[key] = kept_out_line(one)
    return lines
