"""The outcome of a conference in words: who was asked and what they wrote, who is needed, and when the next one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.conferences.queries import ChildInMeeting, InviteeView, SaidView
from sightline.journeys.next_conference import core_group_by, next_conference_by
from sightline.practice.spec import Pack
from sightline.web.presenters import words


@dataclass(frozen=True)
class Asked:
    """One of those asked to a conference, as its outcome is written: who, and what they said already."""

    id: UUID
    name: str
    short: str
    family: bool
    excluded: bool
    excluded_because: str
    views: tuple[str, ...]

    @property
    def wrote(self) -> bool:
        """Whether what they think stands already."""
        return bool(self.views)


def asked_of(invitees: Iterable[InviteeView], *, before: datetime | None) -> list[Asked]:
    """Everybody on the list of a conference, with what they said before it was recorded; nobody who was left out."""
    return [
        Asked(
            id=one.id,
            name=one.who,
            short=one.name or one.title or one.who,
            family=one.family,
            excluded=one.excluded,
            excluded_because=(one.excluded_on_record or one.excluded_because).rstrip("."),
            views=tuple(view_words(said) for said in one.views if before is None or said.recorded_at < before),
        )
        for one in invitees
        if not one.left_out
    ]


def view_words(said: SaidView) -> str:
    """`On 3 March 2027: The children need a child protection plan. “…”`; that words are closed is said."""
    judged = f"{said.for_plan_words}. " if said.for_plan_words else ""
    text = f"“{said.words}”" if said.words else "Their words are closed to you."
    how = " by their link" if said.by_link else ""
    return f"On {words.day(said.said_at)}{how}: {judged}{text}"


def moment_words(planned: datetime | None) -> str:
    """When it was to begin; nothing where nobody said."""
    return words.full_moment(planned) if planned else ""


def quorum_needs(pack: Pack, on: date) -> str:
    """Who is needed, in words, with the rule that says so."""
    needed = pack.threshold("conference.quorum", on)
    others = words.count(needed.number, "other agency", "other agencies")
    rule = needed.basis.citation.partition(":")[0]
    return f"Children's social care and at least {others} are needed. Rule: {rule}."


def next_due_words(pack: Pack, held_on: date) -> str:
    """By when the rules have the next conference and the first core group; a day in between may be named."""
    begins, goes_on = (next_conference_by([one], held_on, pack) for one in ("plan", "goes_on"))
    core_group = core_group_by(["plan"], held_on, pack)
    said = [
        f"by {words.short_day(day)} where {what}"
        for day, what in ((begins, "a plan begins"), (goes_on, "a plan goes on"))
        if day
    ]
    met = f" The first core group is held by {words.short_day(core_group)}." if core_group else ""
    return f"It is held {' and '.join(said)}. Leave it empty to go by that, or name an earlier day.{met}"


def part_words(child: ChildInMeeting) -> str:
    """What was recorded of a child's part before; nothing where nothing was."""
    if not child.part:
        return ""
    said = f": “{child.part_words}”" if child.part_words else ""
    return f"Recorded already. {child.part_label}{said}"
