"""Reading what was concluded about the adults around a child, and whether the household has changed since.

A conclusion is shown as out of date, with why, once somebody has come, gone or been spoken of for the
first time, or the child has moved: whoever drew it cannot have weighed that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.assessments.models import Conclusion, ConclusionChild
from sightline.assessments.rules import since_conclusion
from sightline.kernel.london import start_of_day
from sightline.people.queries import get_names, household_changes, list_networks_of, list_unidentified
from sightline.record.queries import MentionGroup, list_mentions


@dataclass(frozen=True)
class Change:
    """Something that whoever drew a conclusion cannot have weighed: said in `words`, of `person`.

    `at` is when it was recorded, `on` the day on which it came about, where that is known.
    """

    person: UUID
    at: datetime
    on: date | None
    words: str


@dataclass(frozen=True)
class ConclusionView:
    """A conclusion with its date and what it rests on.

    `out_of_date_since` is when the first change was recorded of those that `because` says, in words.
    `ended_at` and `ended_because` where it was looked at again.
    """

    id: UUID
    children: tuple[UUID, ...]
    adult: UUID | None
    words: str
    basis: str
    concluded_on: date
    recorded_at: datetime
    by: UUID
    ended_at: datetime | None
    ended_by: UUID | None
    ended_because: str
    out_of_date_since: datetime | None
    because: tuple[str, ...]


def list_conclusions(children: Iterable[UUID], *, only_standing: bool = False) -> list[ConclusionView]:
    """What was concluded for any of these children, the latest first; what was looked at again comes last.

    A fixed number of queries, and none about households where nothing stands.
    """
    asked = ConclusionChild.objects.filter(child__in=list(children)).values("conclusion")
    found = Conclusion.objects.filter(id__in=asked).order_by("-concluded_on", "-recorded_at", "-id")
    rows = list(found.filter(ended_at=None) if only_standing else found)
    drawn_for: dict[UUID, list[UUID]] = defaultdict(list)
    named = ConclusionChild.objects.filter(conclusion__in=[row.id for row in rows]).order_by("id")
    for conclusion, child in named.values_list("conclusion", "child"):
        drawn_for[conclusion].append(child)
    standing = [row for row in rows if row.ended_at is None]
    changes = _changes({child for row in standing for child in drawn_for[row.id]}, _since(standing))
    views = [_view(row, drawn_for[row.id], changes) for row in rows]
    return sorted(views, key=lambda view: view.ended_at is not None)


def _since(rows: list[Conclusion]) -> datetime | None:
    """From when on a change may matter to the first of them: from the day it was drawn, or was recorded."""
    moments = [min(row.recorded_at, start_of_day(row.concluded_on)) for row in rows]
    return min(moments, default=None)


def _changes(children: set[UUID], since: datetime | None) -> Mapping[UUID, list[Change]]:
    if since is None:
        return {}
    moved = household_changes(children=children, since=since)
    headers = get_names(people={*children, *(one.person for found in moved.values() for one in found)})
    said: dict[UUID, list[Change]] = defaultdict(list)
    for child, found in moved.items():
        said[child] += [
            Change(one.person, one.at, one.on, one.words(headers[one.person].name))
            for one in found
            if one.person in headers
        ]
    for child, change in _newly_spoken_of(children):
        said[child].append(change)
    return said


def _newly_spoken_of(children: set[UUID]) -> list[tuple[UUID, Change]]:
    """Adults by when they were first spoken of around each child, or came up and are not identified yet.

    How somebody was described is said to those who may know who they are, and to nobody else.
    """
    mentions = list_mentions(children)
    known = may_see_of(people={group.adult for group in mentions}, section=Section.IDENTITY)
    found = [
        (child, Change(group.adult, at, None, _spoken_of(group, known)))
        for group in mentions
        for child, at in group.around.items()
    ]
    spoken_of = {(child, one.person) for child, one in found}
    networks = list_networks_of(people=children)
    unknown = [one for one in list_unidentified(people=set().union(*networks.values())) if one.is_open]
    return found + [
        (child, Change(one.person, one.at, None, f"An adult is not identified yet: {one.name}"))
        for one in unknown
        for child, network in networks.items()
        if one.person in network and (child, one.person) not in spoken_of
    ]


def _spoken_of(group: MentionGroup, known: set[UUID]) -> str:
    said = f": “{group.words[0]}”" if group.adult in known else ""
    return f"Somebody was newly spoken of{said}"


def _view(row: Conclusion, children: list[UUID], changes: Mapping[UUID, list[Change]]) -> ConclusionView:
    since: list[Change] = []
    if row.ended_at is None:
        of_them = [one for child in children for one in changes.get(child, [])]
        # Of the adult themself it is said when they move, and not that they were spoken of.
        of_them = [one for one in of_them if one.person != row.adult_id or " moved " in one.words]
        since = since_conclusion(of_them, concluded_on=row.concluded_on, recorded_at=row.recorded_at)
    return ConclusionView(
        id=row.id,
        children=tuple(children),
        adult=row.adult_id,
        words=row.words,
        basis=row.basis,
        concluded_on=row.concluded_on,
        recorded_at=row.recorded_at,
        by=row.by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        ended_because=row.ended_because,
        out_of_date_since=since[0].at if since else None,
        because=tuple(dict.fromkeys(one.words for one in since)),
    )
