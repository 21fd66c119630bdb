"""What agencies said: of one meeting, and last of all of a child. Part of this room's queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.conferences.models import Invitee, Meeting, MeetingChild, View
from sightline.conferences.reading_invitees import InviteeView, SaidView, invitees_of, views_of


@dataclass(frozen=True)
class AgencyView:
    """A row of the chair's table: an agency (or the family, or us) by what it said. `said` is its latest view, if any.

    Attendance and view are two facts: whoever was not there may have written.
    """

    invitee: InviteeView
    said: SaidView | None
    earlier: int

    @property
    def for_plan(self) -> str:
        """What they would decide, as a code; empty where they did not say."""
        return self.said.for_plan if self.said else ""


@dataclass(frozen=True)
class LatestView:
    """What an agency last said of a child for a meeting."""

    child: UUID
    meeting: UUID
    kind_words: str
    agency_post: UUID
    agency: str
    agency_kind: str
    title: str
    said: SaidView


def views_by_agency(meetings: Iterable[UUID]) -> dict[UUID, list[AgencyView]]:
    """Whoever is on the list of each meeting by what they said last, agencies first; whoever said nothing too."""
    return {
        meeting: [
            AgencyView(one, one.views[-1] if one.views else None, max(0, len(one.views) - 1))
            for one in listed
            if not one.left_out
        ]
        for meeting, listed in invitees_of(meetings).items()
    }


def latest_views(children: Iterable[UUID]) -> dict[UUID, list[LatestView]]:
    """What each post at an agency last said of each of these children, the latest first; a fixed number of queries."""
    asked = list(dict.fromkeys(children))
    about: dict[UUID, list[UUID]] = {}
    for meeting, child in MeetingChild.objects.filter(child__in=asked).values_list("meeting", "child"):
        about.setdefault(meeting, []).append(child)
    latest = _latest_of(about)
    rows = Invitee.objects.select_related("agency_post__agency", "meeting")
    rows_of = rows.in_bulk([invitee for invitee, _ in latest.values()])
    said = {one.id: one for views in views_of(rows_of).values() for one in views}
    found: dict[UUID, list[LatestView]] = {child: [] for child in asked}
    for (child, _), (invitee, view) in latest.items():
        if view in said:
            found[child].append(_latest(child, rows_of[invitee], said[view]))
    for listed in found.values():
        listed.sort(key=lambda one: (one.said.said_at, str(one.said.id)), reverse=True)
    return found


def _latest_of(about: dict[UUID, list[UUID]]) -> dict[tuple[UUID, UUID], tuple[UUID, UUID]]:
    """For each child and post at an agency: the invitee and the view that was said last.

    Years of core groups have many invitees and few of their words, so the words are asked for first.
    """
    views = View.objects.filter(invitee__meeting__in=list(about), invitee__agency_post__isnull=False)
    latest: dict[tuple[UUID, UUID], tuple[UUID, UUID]] = {}
    spoken = views.order_by("said_at", "id").values_list("invitee", "invitee__meeting", "invitee__agency_post", "id")
    for invitee, meeting, post, view in spoken:
        for child in about[meeting]:
            if post is not None:
                latest[child, post] = invitee, view
    return latest


def _latest(child: UUID, row: Invitee, said: SaidView) -> LatestView:
    post = row.agency_post
    if post is None:  # only agencies are asked for
        raise ValueError(row.id)
    return LatestView(
        child=child,
        meeting=row.meeting_id,
        kind_words=str(Meeting.Kind(row.meeting.kind).label),
        agency_post=post.id,
        agency=post.agency.name,
        agency_kind=post.agency.kind,
        title=post.title,
        said=said,
    )


def voices_of(entries: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """From which post at an agency, and its title, each of these views and reports came; one query."""
    asked = list(entries)
    views = View.objects.filter(entry__in=asked, invitee__agency_post__isnull=False)
    reports = Invitee.objects.filter(report__in=asked, agency_post__isnull=False)
    rows = views.values_list("entry", "invitee__agency_post", "invitee__agency_post__title").union(
        reports.values_list("report", "agency_post", "agency_post__title"), all=True
    )
    return {entry: (post, title) for entry, post, title in rows if entry and post}
