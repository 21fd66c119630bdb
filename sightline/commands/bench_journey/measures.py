"""What is measured, and what each is aimed to take: reading 300 ms, saving 500 ms at the 95th percentile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sightline.commands.bench_front_door.measures import Measure, Prepare, Timed, get, post
from sightline.commands.bench_front_door.report import Subject
from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_journey.stage import A_YEAR, GIVEN, NARRATIVE, OUTCOMES, Stage, Stages
from sightline.kernel.london import local
from sightline.kernel.references import new_id

READING_MS, SAVING_MS = 300, 500
SECTION, PART = "knowing", "what_we_think"
STANDING = "SELECT max(number) FROM assessments_partversion WHERE assessment_id = %s AND key = %s"
Keys = Callable[[Stage], tuple[Any, ...]]


def subject(years: int) -> Subject:
    """The bench, on a family with so many years of visits."""
    return Subject(
        bench="journey",
        title="visits, the assessment and my day",
        aims="reading 300 ms, saving 500 ms",
        measures=measures(Measuring(Stages(years))),
        beside=(
            f" On each record stands the same family of four\nchildren with {years * A_YEAR} visits in {years} years,"
            " three signed assessments and a fourth under way, a worker who carries 25\nchildren, and a manager who"
            " carries 300, or as many as are open in the smaller record."
        ),
    )


@dataclass(frozen=True)
class Measuring:
    """Makes the requests, on the stage of whichever record is measured."""

    stages: Stages

    def bare(self, world: World, _number: int) -> Timed:
        """The machine's own share."""
        return lambda: world.bare.get(f"/bare/{self.stages.of(world).worker.id}")

    def page(self, name: str, keys: Keys = lambda _stage: (), *, manager: bool = False) -> Prepare:
        """Opening a page as the worker, or as the manager."""

        def prepare(world: World, _number: int) -> Timed:
            stage = self.stages.of(world)
            return get(world, (stage.manager if manager else stage.worker).id, name, *keys(stage))

        return prepare

    def visit(self, world: World, number: int) -> Timed:
        """One page, four children, each with an outcome, and words of their own where they were alone."""
        stage, when = self.stages.of(world), local(datetime.now(UTC) - timedelta(minutes=3))
        body = {
            "key": str(new_id()), "when": f"{when:%d/%m/%Y} {when:%H.%M}", "announced": "yes", "place": "home",
            "sleeping": "seen", "present": "Mother, and an aunt", "text": NARRATIVE, "paragraphs": "1", "actions": "1",
        }  # fmt: skip
        for place, child in enumerate(stage.children):
            how = OUTCOMES[(number + place) % len(OUTCOMES)]
            body[f"c-{child}-outcome"] = how
            body[f"c-{child}-reason"] = "At a friend's" if how == "seen" else ""
            body[f"c-{child}-words"] = "You came again." if how == "seen_alone" else ""
        return post(world, stage.worker.id, "visit-record", stage.children[0], body=body)

    def part(self, world: World, number: int) -> Timed:
        """A part of a section written again, over the version that stands."""
        stage = self.stages.of(world)
        standing = world.rows(STANDING, [stage.assessment, PART])[0][0]
        text = f"Written again, the {number}. time. {new_id()}"
        body = {"key": str(new_id()), f"t-{PART}": text, f"b-{PART}": str(standing)}
        return post(world, stage.worker.id, "assessment-section", *_section(stage), body=body)


def _first(stage: Stage) -> tuple[Any, ...]:
    return (stage.children[0],)


def _document(stage: Stage) -> tuple[Any, ...]:
    return (stage.assessment,)


def _section(stage: Stage) -> tuple[Any, ...]:
    return stage.assessment, SECTION


def measures(make: Measuring) -> list[Measure]:
    """Every measure of this bench, the bare one first."""
    page, reading = make.page, READING_MS
    return [
        Measure("Bare view, one indexed query", None, make.bare),
        Measure("The page of a visit to four children", reading, page("visit-record", _first), shows=f"{GIVEN[-1]} "),
        Measure("Record a visit to four children", SAVING_MS, make.visit, status=302, shows="#entry-"),
        Measure("Visits of a child", reading, page("person-visits", _first)),
        Measure("Timeline of a child", reading, page("person-timeline", _first)),
        Measure("Overview of a child", reading, page("person", _first)),
        Measure("Assessment of four children, read whole", reading, page("assessment", _document), shows=NARRATIVE),
        Measure("Assessment, on the child's record", reading, page("person-assessment", _first)),
        Measure("A section of the assessment, to write", reading, page("assessment-section", _section)),
        Measure("Save a section of the assessment", SAVING_MS, make.part, status=302),
        Measure("Plan, on the child's record", reading, page("person-plan", _first)),
        Measure("My day, a worker with 25 children", reading, page("my-day"), shows="Children you carry"),
        Measure("My day, a manager with 300", reading, page("my-day", manager=True), shows="Children you carry"),
        Measure("Team page, that manager", reading, page("team", manager=True)),
    ]
