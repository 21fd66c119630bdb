"""What this bench puts on top of a loaded record, by operations alone, each as the worker who would do it.

Four brothers and sisters with two child protection plans behind and before them, a core group every six weeks
for years, twelve professionals around them, and a chair with sixty conferences to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_journey.stage import ADMINISTRATOR, NARRATIVE, OTHERS, Builder
from sightline.conferences.operations import confirm_invitee
from sightline.conferences.queries import get_meeting
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.journeys.convene import convene_conference, invite
from sightline.journeys.core_group import CoreGroupHeld, MemberGiven, hold_core_group
from sightline.journeys.hold_conference import ChildDecided, Held, hold_conference
from sightline.journeys.next_conference import next_conference_by
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.partnership.operations import add_agency, add_agency_post, involve
from sightline.plans.queries import protection_of
from sightline.practice.queries import current_pack
from sightline.workforce.models import Post

AROUND, TO_COME, CATEGORY = 12, 60, "NEG"
A_CORE_GROUP, HALF = timedelta(weeks=6), 2
KINDS = ("health", "police", "school", "health", "education", "housing", "health", "school", "justice", "voluntary")


@dataclass(frozen=True)
class Stage:
    """Who is measured, on whose record. `around` are posts at agencies; `to_come` conferences the chair has."""

    worker: Actor
    chair: Actor
    chair_post: UUID
    children: tuple[UUID, ...]
    plan: UUID
    around: tuple[UUID, ...]
    to_come: int


class Stages:
    """The stage on each record, with so many years of core groups; built when it is first asked for."""

    def __init__(self, years: int) -> None:
        self.years, self._built = years, dict[str, Stage]()

    def of(self, world: World) -> Stage:
        if world.name not in self._built:
            world.stand()
            self._built[world.name] = _Protecting(world, self.years).stage()
        return self._built[world.name]


class _Protecting(Builder):
    """Builds the stage of one record. What is past is recorded late: nothing is refused for that."""

    def __init__(self, world: World, years: int) -> None:
        super().__init__(world, years)
        team, above = world.rows(CHAIRS)[0]
        administrator = world.actor(world.rows(ADMINISTRATOR)[0][0])
        with acting(administrator.id):
            self.chair_post = self.open_desk(administrator, team, "Bench chair", Post.Kind.WORKER, above)
            chair = self.seat(administrator, self.chair_post, Role.CONFERENCE_CHAIR, "bench.chair")
        self.chair = world.actor(chair)

    def stage(self) -> Stage:
        children = self.family()
        around = self._around(children)
        self._years_on_plans(children, around)
        with self.acting_as(self.worker):
            plan = protection_of(children)[children[0]].plan
        to_come = self._to_come(around)
        self.say(f"{self.years} years of core groups, {to_come} conferences to come\n")
        return Stage(self.worker, self.chair, self.chair_post, children, plan, around, to_come)

    def _around(self, children: Sequence[UUID]) -> tuple[UUID, ...]:
        """Twelve professionals who work with the children, each in a post of an agency of its own."""
        administrator, since = self.world.actor(self.world.rows(ADMINISTRATOR)[0][0]), local_day(self.at)
        posts = []
        for number in range(AROUND):
            key = f"bench-{number}"
            with self.acting_as(administrator):
                agency = add_agency(
                    by=administrator, key=key, kind=KINDS[number % len(KINDS)], name=f"Bench agency {number}",
                    at=self.at,
                )  # fmt: skip
                post = add_agency_post(
                    by=administrator, key=key, agency=agency, title="Safeguarding lead", phone="01632 960777",
                    email=f"lead.{number}@agency.example", at=self.at,
                )  # fmt: skip
            posts.append(post)
            with self.acting_as(self.worker):
                for child in children:
                    involve(
                        by=self.worker, child=child, agency_post=post, name=f"Lead {number}", role="Works with them",
                        from_on=since, at=self.at,
                    )  # fmt: skip
        return tuple(posts)

    def _years_on_plans(self, children: tuple[UUID, ...], around: Sequence[UUID]) -> None:
        """On one plan for half of the years, and on the next one since; a review when one is due."""
        first = self.at - timedelta(days=365 * self.years)
        middle = first + (self.at - first) / HALF
        self._conference(children, first, "initial", "plan")
        self._core_groups(children, around, first, middle)
        self._conference(children, middle, "review", "ends")
        self._conference(children, middle + timedelta(days=1), "initial", "plan")
        self._core_groups(children, around, middle + timedelta(days=1), self.at)

    def _core_groups(
        self, children: tuple[UUID, ...], around: Sequence[UUID], began: datetime, until: datetime
    ) -> None:
        with self.acting_as(self.worker):
            plan = protection_of(children)[children[0]].plan
        pack, held, review_by = current_pack(self.at), began + A_CORE_GROUP, self._review_by(began)
        while held < until:
            members = tuple(
                MemberGiven(agency_post=post, attendance="there" if place % 3 else "apologies")
                for place, post in enumerate(around)
            )
            with self.acting_as(self.worker):
                given = CoreGroupHeld(held_at=held, text=NARRATIVE, members=members, parents="Both came.")
                hold_core_group(by=self.worker, plan=plan, held=given, at=self.at)
            if review_by is not None and local_day(held + A_CORE_GROUP) > review_by:
                self._conference(children, held + timedelta(days=1), "review", "goes_on")
                review_by = next_conference_by(["goes_on"], local_day(held), pack)
            held += A_CORE_GROUP
            self.say(f"core group of {held:%d %m %Y}")

    def _review_by(self, began: datetime) -> date | None:
        return next_conference_by(["plan"], local_day(began), current_pack(self.at))

    def _conference(self, children: tuple[UUID, ...], held_at: datetime, kind: str, decision: str) -> None:
        with self.acting_as(self.worker):
            meeting = convene_conference(
                by=self.worker, kind=kind, children=children, starts_at=held_at, place="Room 2, Hallowby House",
                chair_post=self.chair_post, at=self.at,
            )  # fmt: skip
        with self.acting_as(self.chair):
            decided = tuple(
                ChildDecided(
                    child=child, part="written", part_words="I want it to be quiet.", decision=decision,
                    category=CATEGORY if decision in {"plan", "goes_on"} else "", reasons=NARRATIVE,
                )
                for child in children
            )  # fmt: skip
            held = Held(held_at=held_at, children=decided, alone_because="Recorded from paper.")
            hold_conference(by=self.chair, meeting=meeting, held=held, at=self.at)

    def _to_come(self, around: Sequence[UUID]) -> int:
        """Conferences on children of others, each with three who are asked for a report."""
        others = [row[0] for row in self.world.rows(OTHERS, [[self.worker_post, self.manager_post], TO_COME])]
        convened, tried = 0, 0
        # A small record has fewer open children than the desk has conferences: some then have two.
        while convened < TO_COME and tried < 3 * TO_COME:
            child, tried = others[tried % len(others)], tried + 1
            try:
                self._convened(child, [around[(tried + place) % AROUND] for place in range(3)], convened)
            except Refusal:
                continue
            convened += 1
            self.say(f"conference {convened} of {TO_COME}")
        return convened

    def _convened(self, child: UUID, around: Sequence[UUID], number: int) -> None:
        by = self.service
        with self.acting_as(by):
            meeting = convene_conference(
                by=by, kind="initial", children=[child], starts_at=self.at + timedelta(days=1 + number % 20),
                place="Room 2, Hallowby House", chair_post=self.chair_post, at=self.at,
            )  # fmt: skip
            for post in around:
                invitee = confirm_invitee(by=by, meeting=meeting, agency_post=post, report_asked=True, at=self.at)
                invite(by=by, invitee=invitee, at=self.at)


def review_of(stage: Stage, at: datetime) -> UUID:
    """A review conference on the four children, to which the twelve around them are confirmed."""
    with acting(stage.worker.id):
        meeting = convene_conference(
            by=stage.worker, kind="review", children=stage.children, starts_at=at, place="Room 2, Hallowby House",
            chair_post=stage.chair_post, plan=stage.plan, at=at,
        )  # fmt: skip
        for post in stage.around:
            confirm_invitee(by=stage.worker, meeting=meeting, agency_post=post, at=at)
    return meeting


def invitees_of(stage: Stage, meeting: UUID) -> list[UUID]:
    """The keys of those who were confirmed."""
    with acting(stage.chair.id):
        return [one.id for one in get_meeting(meeting).invitees]


CHAIRS = """
SELECT p.team_id, above.id FROM workforce_post p
JOIN workforce_post above ON above.team_id = p.team_id AND above.kind = 'manager'
ORDER BY p.team_id LIMIT 1
"""
