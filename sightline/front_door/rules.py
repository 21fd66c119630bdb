"""What a contact is made of, and what its history says. Pure: no database, no clock."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.kernel.errors import Refusal


@dataclass(frozen=True)
class Referrer:
    """Who is telling us, and in what capacity.

    `capacity` is an option of the pack's list `source`; a professional has a post at an agency
    that we write to. `name` of a member of the public is kept apart from the story.
    """

    capacity: str
    source: str
    professional: bool
    name: str = ""
    agency_post: UUID | None = None
    phone: str = ""
    email: str = ""
    safe_contact: str = ""
    wants_no_name_given: bool = True


@dataclass(frozen=True)
class Agreement:
    """Whether somebody with parental responsibility knows and agrees. No person: not yet named."""

    told: str
    agrees: str
    person: UUID | None = None
    why_not: str = ""


@dataclass(frozen=True)
class InjuryGiven:
    """An injury as it was reported: "reported by", never a finding."""

    child: UUID
    site: str
    happened_on: date | None = None
    happened_words: str = ""
    account: str = ""
    account_by: str = ""


@dataclass(frozen=True)
class Story:
    """What was said, in the teller's own words."""

    saw_or_heard: str
    fears: str
    danger: str
    danger_words: str = ""
    told_by: str = ""
    history_bears: str = ""
    private: dict[UUID, str] = field(default_factory=dict)


def match_key(referrer: Referrer) -> str:
    """A key under which one member of the public tells us twice; empty for who gives nothing.

    A hash, so that counting separate sources needs nobody's name.
    """
    phone = re.sub(r"\D", "", referrer.phone)
    given = phone or referrer.email.strip().lower() or " ".join(referrer.name.lower().split())
    return hashlib.sha256(given.encode()).hexdigest() if given else ""


def refuse_incomplete(referrer: Referrer, story: Story, children: Iterable[UUID]) -> None:
    """Refuse a contact without its essentials: whose worry, what worry, about which child."""
    if not list(children):
        raise Refusal(
            "Add the child this is about. If nobody knows the name, register the child without one.",
            field="people",
        )
    if not referrer.capacity:
        raise Refusal("Say in what capacity they are telling us.", field="capacity")
    if not story.saw_or_heard.strip():
        raise Refusal("Write what they saw or heard, in their own words.", field="saw_or_heard")
    if not story.danger:
        raise Refusal("Say whether anyone is in danger now.", field="danger_now")
    if story.danger == "yes" and not story.danger_words.strip():
        raise Refusal(
            "Say who is in danger, where they are, and what has been done so far.",
            field="danger_words",
        )


@dataclass(frozen=True)
class Told:
    """One earlier contact, as counting needs it. `who` is None for an anonymous caller."""

    contact: UUID
    received_at: datetime
    professional: bool
    who: UUID | None


@dataclass(frozen=True)
class Series:
    """What the decider must have in front of them, and why."""

    separate_sources: int
    third_source: bool
    soon_after_closing: date | None

    @property
    def opens_whole(self) -> bool:
        """Whether the contact opens with the whole series."""
        return self.third_source or self.soon_after_closing is not None


def judge_series(
    told: Iterable[Told], closed_on: Iterable[date], *, on: date, window_days: int, sources: int
) -> Series:
    """Count separate sources outside the professions, and look for a closing within the window.

    A caller who gave nothing about themselves counts as a source of their own, since nothing
    shows that they are the same as another.
    """
    public = [one for one in told if not one.professional]
    named = {one.who for one in public if one.who is not None}
    count = len(named) + sum(1 for one in public if one.who is None)
    recent = [day for day in closed_on if timedelta(0) <= on - day <= timedelta(days=window_days)]
    return Series(
        separate_sources=count,
        third_source=count >= sources,
        soon_after_closing=max(recent, default=None),
    )
