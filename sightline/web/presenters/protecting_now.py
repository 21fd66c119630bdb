"""What protects a child now, or is owed to protect them, for the attention box: orders first, each with its hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.conferences.queries import MeetingLine
from sightline.enquiries.queries import EnquiryLine, OrderLine
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.record.queries import OpenStep
from sightline.web.presenters.enquiries import conference_due
from sightline.web.presenters.protection import day_and_hour, runs_out_line
from sightline.web.presenters.steps import due_within

OWED = {
    "strategy_discussion": "A strategy discussion is owed",
    "strategy": "A strategy discussion was asked for, and is not held and decided",
    "convene_conference": "A conference is to be convened",
}


@dataclass(frozen=True)
class ProtectingNow:
    """Everything that may protect one child at a moment, as it was read."""

    person: UUID
    orders: Sequence[OrderLine] = ()
    enquiries: Sequence[EnquiryLine] = ()
    meetings: Sequence[MeetingLine] = ()

    @property
    def standing_orders(self) -> list[OrderLine]:
        """Those in force, and those that ran out and of which nobody has said what became of them."""
        return [one for one in self.orders if one.in_force or (one.state == "ran_out" and one.waits)]

    @property
    def open_enquiries(self) -> list[EnquiryLine]:
        """Those that are not concluded for this child."""
        return [one for one in self.enquiries if not one.children[self.person].outcome]

    @property
    def to_come(self) -> list[MeetingLine]:
        """Conferences neither recorded nor called off, the soonest first."""
        waiting = [
            one for one in self.meetings if one.kind != "core_group" and not one.held_at and not one.not_held_because
        ]
        return waiting[::-1]


def protecting_lines(
    now: ProtectingNow, steps: Iterable[OpenStep], at: datetime, links: Mapping[str, str], posts: Mapping[UUID, str]
) -> list[dict[str, str]]:
    """For components/attention.html, the order that runs out before everything else."""
    return [
        *({"text": _order(one, at), "url": links.get("protection", "")} for one in now.standing_orders),
        *({"text": _enquiry(one, at), "url": reverse("enquiry", args=[one.step])} for one in now.open_enquiries),
        *({"text": _owed(one, at, posts), "url": links.get(str(one.id), "")} for one in steps if one.kind in OWED),
        *({"text": _meeting(one, at), "url": reverse("conference", args=[one.step])} for one in now.to_come),
    ]


def protecting_steps(now: ProtectingNow, steps: Iterable[OpenStep]) -> set[UUID]:
    """The steps of which a line speaks."""
    owed = {one.id for one in steps if one.kind in OWED}
    orders, enquiries = {one.step for one in now.standing_orders}, {one.step for one in now.open_enquiries}
    return owed | orders | enquiries | {one.step for one in now.to_come}


def _order(one: OrderLine, at: datetime) -> str:
    said = runs_out_line(one, at)
    return said if one.in_force else f"{said} Nobody has said where the child is now, or what keeps them safe"


def _enquiry(one: EnquiryLine, at: datetime) -> str:
    since = f"A section 47 enquiry is under way since {day_words(local_day(one.began_at))}"
    return ". ".join(part for part in (since, conference_due(one, at)) if part)


def _owed(step: OpenStep, at: datetime, posts: Mapping[UUID, str]) -> str:
    said = f"{OWED[step.kind]}: {due_within(step.due_at, at)}" if step.due_at else OWED[step.kind]
    return ". ".join(part for part in (said, posts.get(step.post, "")) if part)


def _meeting(one: MeetingLine, at: datetime) -> str:
    if one.starts_at is None:
        return f"{one.kind_words}: no time is set"
    over = ": nobody has recorded it yet" if one.starts_at < at else ""
    return f"{one.kind_words} on {day_and_hour(one.starts_at)}{over}"
