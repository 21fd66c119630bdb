"""What the bench puts on top of a loaded record, by operations alone, each as the worker who would do it.

A worker with 25 children, a manager who carries 300, and one family of four children with years of
visits, three signed assessments and a plan.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sightline.assessments.operations import write_part
from sightline.assessments.queries import list_open_rounds
from sightline.commands.bench_front_door.loader import progress
from sightline.commands.bench_front_door.world import World
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.doorway.roles import Role
from sightline.front_door.deciding import Deciding
from sightline.front_door.rules import Referrer, Story
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.journeys.decide import decide
from sightline.journeys.plan_help import make_plan
from sightline.journeys.register_people import NewPerson, Tie
from sightline.journeys.take_contact import take_contact
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.plans.operations import add_outcome
from sightline.practice.queries import current_pack
from sightline.record.queries import get_open_episodes
from sightline.record.rules import Concerned
from sightline.recording.operations import record_visit
from sightline.recording.rules import ChildSeen, VisitWritten
from sightline.workforce.models import Post
from sightline.workforce.operations import open_account, open_post, place

GIVEN = ("Ada", "Bruno", "Cleo", "Dario")
FAMILY = "Benchley-Hall"
CASELOAD, MANAGED = 25, 300
A_YEAR = 26
NARRATIVE = (
    "Visited at home after school. The kitchen was warm and there was food on the table. We talked about mornings, "
    "about who brings the little ones, and about what helped last week. Agreed to come again in a fortnight."
)
OUTCOMES = ("seen_alone", "seen", "seen_alone", "nobody_in")


@dataclass(frozen=True)
class Stage:
    """Who is measured and on whose record. `caseload` and `managed` are how many children were there to carry."""

    worker: Actor
    manager: Actor
    children: tuple[UUID, ...]
    assessment: UUID
    caseload: int
    managed: int


class Stages:
    """The stage on each record, with so many years of visits; built when it is first asked for."""

    def __init__(self, years: int) -> None:
        self.years, self._built = years, dict[str, Stage]()

    def of(self, world: World) -> Stage:
        if world.name not in self._built:
            world.stand()
            self._built[world.name] = Builder(world, self.years).whole()
        return self._built[world.name]


class Builder:
    """Builds one stage, for this bench and for others that begin as it does.

    Everything happens a little before now, since the rule asks the database's own clock.
    """

    def __init__(self, world: World, years: int) -> None:
        self.world, self.years, self.at = world, years, datetime.now(UTC) - timedelta(minutes=2)
        self.say = progress(f"{world.people:,} people, the journey")
        team, above = world.rows(BUSIEST)[0]
        administrator = world.actor(world.rows(ADMINISTRATOR)[0][0])
        with acting(administrator.id):
            self.manager_post = self.open_desk(administrator, team, "Bench manager", Post.Kind.MANAGER, above)
            self.worker_post = self.open_desk(administrator, team, "Bench worker", Post.Kind.WORKER, self.manager_post)
            manager = self.seat(administrator, self.manager_post, Role.TEAM_MANAGER, "bench.manager")
            worker = self.seat(administrator, self.worker_post, Role.SOCIAL_WORKER, "bench.worker")
        self.manager, self.worker = world.actor(manager), world.actor(worker)
        self.service = world.desk["service_manager"]

    def open_desk(self, by: Actor, team: UUID, title: str, kind: Post.Kind, above: UUID) -> UUID:
        key = title.lower().replace(" ", "-")
        return open_post(by=by, key=key, team=team, title=title, kind=kind, manager=above, at=self.at)

    def seat(self, by: Actor, post: UUID, role: Role, name: str) -> UUID:
        account = open_account(
            by=by, email=f"{name}@hallowby.example", name=name.replace(".", " ").title(), role=role,
            registration="SW900001", phone="01632 960998", password=token_urlsafe(24), at=self.at,
        )  # fmt: skip
        place(by=by, post=post, account=account, at=self.at)
        return account

    def whole(self) -> Stage:
        children = self.family()
        self._history(children)
        assessment = self._assessed(children)
        self._plan(children)
        caseload = len(children) + self._carry(self.worker_post, CASELOAD - len(children), plans=True)
        managed = self._carry(self.manager_post, MANAGED, plans=False)
        self.say(f"{caseload} children carried by the worker, {managed} by the manager\n")
        return Stage(self.worker, self.manager, children, assessment, caseload, managed)

    @contextmanager
    def acting_as(self, who: Actor) -> Iterator[Actor]:
        with acting(who.id):
            yield who

    def family(self) -> tuple[UUID, ...]:
        """Referred, decided and allocated: four children, each older than the years of visits."""
        desk, decider, contact = self.world.desk["duty"], self.world.desk["decider"], new_id()
        today = local_day(self.at)
        new = [
            NewPerson(
                id=new_id(), kind="child", given=given, family=FAMILY, birth="exact",
                birth_date=today - timedelta(days=365 * (self.years + 1 + number)), sex="F" if number % 2 else "M",
            )
            for number, given in enumerate(GIVEN)
        ]  # fmt: skip
        children, mother = tuple(one.id for one in new), new_id()
        # Of one mother, since it is by her that pages know them for brothers and sisters.
        new.append(NewPerson(id=mother, kind="adult", given="Esther", family=FAMILY))
        with self.acting_as(desk):
            take_contact(
                by=desk, contact=contact, received_at=self.at, channel="phone", at=self.at,
                referrer=Referrer(capacity="school", source="2A", professional=True, agency_post=self.world.school),
                story=Story(saw_or_heard=NARRATIVE, fears="That it goes on.", danger="no"),
                concerned=[*map(Concerned, children), Concerned(mother, "adult")], new_people=new,
                ties=[Tie(mother, child, "parent", parental_responsibility=True) for child in children],
            )  # fmt: skip
        with self.acting_as(decider):
            given = Deciding(outcome="referral_assessment", reason=NARRATIVE, need="N1", would_change="Nothing yet.")
            decide(by=decider, contact=contact, given=given, at=self.at)
        with self.acting_as(self.service):
            for child in children:
                allocate_child(by=self.service, child=child, post=self.worker_post, reason="Room", at=self.at)
        return children

    def _history(self, children: tuple[UUID, ...]) -> None:
        """Years of visits, recorded late: nothing is refused for that."""
        days = [self.at - timedelta(days=3 + 14 * number) for number in range(self.years * A_YEAR)]
        for number, day in enumerate(days):
            with self.acting_as(self.worker):
                record_visit(by=self.worker, visit=visit_to(children, day, number), post=self.worker_post, at=self.at)
            if number % 20 == 0:
                self.say(f"visits {number} of {len(days)}")

    def _assessed(self, children: tuple[UUID, ...]) -> UUID:
        """Signed three times, and under way again."""
        assessment = None
        for number in range(4):
            with self.acting_as(self.worker):
                assessment = begin_assessment(by=self.worker, children=children, why="To look again.", at=self.at)
                self._write(assessment, children, number)
                key = list_open_rounds(children=children)[0].id
                if number < 3:
                    send_to_manager(by=self.worker, round=key, to_post=self.manager_post, at=self.at)
            if number < 3:
                with self.acting_as(self.manager):
                    sign_off(by=self.manager, round=key, outcome="plan_goes_on", at=self.at)
            self.say(f"assessment {number + 1} of 4")
        if assessment is None:
            raise RuntimeError("The assessment was begun four times, and is there.")
        return assessment

    def _write(self, assessment: UUID, children: tuple[UUID, ...], number: int) -> None:
        for question in current_pack(self.at).form("assessment").questions:
            for child in children if question.asked_of == "child" else (None,):
                text = f"{question.label}: as we saw it the {number + 1}. time. {NARRATIVE}"
                write_part(
                    by=self.worker, assessment=assessment, key=question.key, child=child, text=text, base=number,
                    at=self.at,
                )  # fmt: skip

    def _plan(self, children: tuple[UUID, ...]) -> None:
        with self.acting_as(self.worker):
            plan = make_plan(
                by=self.worker, kind="child_in_need", children=children, began_on=local_day(self.at),
                post=self.worker_post, at=self.at,
            )  # fmt: skip
            for _ in children:
                add_outcome(
                    by=self.worker, plan=plan, child=None, words=NARRATIVE, how_we_know="School says.", at=self.at
                )

    def _carry(self, post: UUID, wanted: int, *, plans: bool) -> int:
        """Children of others, given to this post by the service manager; those who cannot be are left."""
        carried = 0
        for (child,) in self.world.rows(OTHERS, [[self.worker_post, self.manager_post], wanted]):
            try:
                with self.acting_as(self.service):
                    if child not in get_open_episodes([child]):
                        continue
                    allocate_child(by=self.service, child=child, post=post, reason="For the bench", at=self.at)
                if plans:
                    self._helped(child)
            except Refusal:
                continue
            carried += 1
            if carried % 25 == 0:
                self.say(f"carried {carried} of {wanted}")
        return carried

    def _helped(self, child: UUID) -> None:
        with self.acting_as(self.worker):
            make_plan(
                by=self.worker, kind="child_in_need", children=[child], post=self.worker_post,
                began_on=local_day(self.at) - timedelta(days=60), at=self.at,
            )  # fmt: skip
            visit = visit_to((child,), self.at - timedelta(days=5), 0)
            record_visit(by=self.worker, visit=visit, post=self.worker_post, at=self.at)


def visit_to(children: tuple[UUID, ...], day: datetime, number: int) -> VisitWritten:
    """A visit as a worker would write it, with another outcome for each child at each."""
    seen = [OUTCOMES[(number + place) % len(OUTCOMES)] for place in range(len(children))]
    return VisitWritten(
        occurred=When.exactly(day),
        children=tuple(
            ChildSeen(child, how, words="I like it when you come." if how == "seen_alone" else "")
            for child, how in zip(children, seen, strict=True)
        ),
        text=NARRATIVE,
        announced=number % 2 == 0,
        place="home",
        present="Mother, and an aunt",
        sleeping="seen",
    )


BUSIEST = """
SELECT p.team_id, above.id FROM record_allocation l JOIN record_episode e ON e.id = l.episode_id
JOIN workforce_post p ON p.id = l.post_id
JOIN workforce_post below ON below.team_id = p.team_id AND below.kind = 'manager'
JOIN workforce_post above ON above.id = below.manager_id
WHERE l.to_at IS NULL AND e.closed_at IS NULL GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT 1
"""
ADMINISTRATOR = "SELECT id FROM workforce_account WHERE role = 'administrator' ORDER BY id LIMIT 1"
OTHERS = """
SELECT l.child_id FROM record_allocation l JOIN record_episode e ON e.id = l.episode_id
WHERE l.to_at IS NULL AND e.closed_at IS NULL AND NOT l.post_id = ANY (%s) ORDER BY md5(l.child_id::text) LIMIT %s
"""
