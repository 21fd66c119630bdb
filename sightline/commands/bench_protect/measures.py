"""What is measured, and what each is aimed to take: reading 300 ms, saving 500 ms at the 95th percentile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sightline.commands.bench_front_door.measures import Measure, Prepare, Timed, get, post
from sightline.commands.bench_front_door.report import Subject
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_journey.stage import NARRATIVE
from sightline.commands.bench_protect.stage import AROUND, CATEGORY, TO_COME, Stage, Stages, invitees_of, review_of
from sightline.kernel.london import local
from sightline.kernel.references import new_id

READING_MS, SAVING_MS = 300, 500
Keys = Callable[[Stage], tuple[Any, ...]]


def subject(years: int) -> Subject:
    """The bench, on a family with so many years of core groups."""
    return Subject(
        bench="protect",
        title="conferences, the chair's desk and a protected child's record",
        aims="reading 300 ms, saving 500 ms",
        measures=measures(Measuring(Stages(years))),
        beside=(
            f" On each record stands the same family of four\nchildren with two child protection plans and {years}"
            f" years of core groups, with {AROUND} professionals around them, and a\nchair with {TO_COME} conferences"
            " to come."
        ),
    )


@dataclass(frozen=True)
class Measuring:
    """Makes the requests, on the stage of whichever record is measured."""

    stages: Stages

    def bare(self, world: World, _number: int) -> Timed:
        """The machine's own share."""
        return lambda: world.bare.get(f"/bare/{self.stages.of(world).worker.id}")

    def page(self, name: str, keys: Keys = lambda _stage: (), *, chair: bool = False) -> Prepare:
        """Opening a page as the worker, or as the chair."""

        def prepare(world: World, _number: int) -> Timed:
            stage = self.stages.of(world)
            return get(world, (stage.chair if chair else stage.worker).id, name, *keys(stage))

        return prepare

    def convene(self, world: World, number: int) -> Timed:
        """One page: four children, twelve professionals confirmed by name, and their invitations written."""
        stage = self.stages.of(world)
        starts = local(datetime.now(UTC) + timedelta(days=5, minutes=number))
        body = {
            "key": str(new_id()), "kind": "review", "starts": f"{starts:%d/%m/%Y} {starts:%H.%M}",
            "place": "Room 2, Hallowby House", "chair": str(stage.chair_post), "others": "1",
        }  # fmt: skip
        body |= {f"agency-{one}-come": "yes" for one in stage.around}
        chosen: dict[str, Any] = body | {"children": [str(one) for one in stage.children]}
        return post(world, stage.worker.id, "conference-convene", stage.children[0], body=chosen)

    def outcome_page(self, world: World, _number: int) -> Timed:
        """The page on which the outcome is recorded, for four children and twelve invitees."""
        stage = self.stages.of(world)
        return get(world, stage.chair.id, "conference-outcome", review_of(stage, datetime.now(UTC)))

    def outcome(self, world: World, _number: int) -> Timed:
        """Who came, what each thinks, and what was decided for each child; a letter to each is drafted."""
        stage = self.stages.of(world)
        meeting = review_of(stage, datetime.now(UTC))
        body = {"key": str(new_id()), "paragraphs": "1", "t0-text": NARRATIVE, "outcomes": "1", "o0-actions": "1"}
        for one in invitees_of(stage, meeting):
            body |= {f"i{one}-attendance": "there", f"i{one}-view": "spoken", f"i{one}-for_plan": "yes"}
            body[f"i{one}-words"] = NARRATIVE
        for child in stage.children:
            body |= {f"c{child}-part": "written", f"c{child}-decision": "goes_on", f"c{child}-category": CATEGORY}
            body |= {f"c{child}-reasons": NARRATIVE, f"d{child}-rows": "1"}
        return post(world, stage.chair.id, "conference-outcome", meeting, body=body | {"alone_because": "Said above."})


def _first(stage: Stage) -> tuple[Any, ...]:
    return (stage.children[0],)


def _core_group(stage: Stage) -> tuple[Any, ...]:
    return stage.children[0], stage.plan


def measures(make: Measuring) -> list[Measure]:
    """Every measure of this bench, the bare one first."""
    page, reading = make.page, READING_MS
    return [
        Measure("Bare view, one indexed query", None, make.bare),
        Measure("The page that convenes a conference on four children", reading, page("conference-convene", _first)),
        Measure("Convene it, with twelve invitees", SAVING_MS, make.convene, shows="Read each code to them"),
        Measure("The page of its outcome", reading, make.outcome_page),
        Measure("Record its outcome for four children", SAVING_MS, make.outcome, status=302),
        Measure("The chair's desk, 60 conferences to come", reading, page("chairs-desk", chair=True)),
        Measure("Overview of a child with two plans", reading, page("person", _first)),
        Measure("Protection, on the child's record", reading, page("person-protection", _first)),
        Measure("Plan, on the child's record", reading, page("person-plan", _first)),
        Measure("Timeline of the child", reading, page("person-timeline", _first)),
        Measure("The page that records a core group", reading, page("core-group-record", _core_group)),
    ]
