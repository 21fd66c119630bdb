"""A scenario from its first event to its last, or to a day: all of it in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.telling import Telling
from sightline.commands.scenarios import agencies, cast
from sightline.commands.scenarios.cast import DECIDER, WORKER, Cast
from sightline.commands.scenarios.family import Household
from sightline.commands.scenarios.offices import Keys, Office, Offices
from sightline.commands.scenarios.placing import is_dated_by_day, place
from sightline.commands.scenarios.spec import Happened, Timeline
from sightline.commands.scenarios.stage import Stage
from sightline.doorway.acts import acting
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.partnership.models import Scenario


@dataclass(frozen=True)
class Placed:
    """An event and what it became; or why it could not be placed."""

    event: Happened
    became: str = ""
    because: str = ""


@dataclass(frozen=True)
class Played:
    """What came of a play: each event, what was done that no event said, and who can sign in to look."""

    timeline: Timeline
    placed: tuple[Placed, ...]
    later: int
    supplied: tuple[str, ...]
    offices: tuple[Office, ...]
    cast: Cast
    waiting: int
    open: int
    remarks: tuple[str, ...] = field(default=())

    @property
    def refused(self) -> list[Placed]:
        """The events that could not be placed."""
        return [one for one in self.placed if one.because]


def play(timeline: Timeline, *, until: date | None, at: datetime, keys: Keys) -> Played:
    """Play it. Refuses, with the event's number, whatever event cannot be placed, and leaves nothing then."""
    with transaction.atomic():
        return _play(timeline, until=until, at=at, keys=keys, rehearsal=False)


def rehearse(timeline: Timeline, *, until: date | None, at: datetime, keys: Keys) -> Played:
    """Play it, every event that can be placed, and take it all back."""
    with transaction.atomic():
        played = _play(timeline, until=until, at=at, keys=keys, rehearsal=True)
        transaction.set_rollback(True)
    return played


def _play(timeline: Timeline, *, until: date | None, at: datetime, keys: Keys, rehearsal: bool) -> Played:
    chosen = cast.find()
    story = Telling(chosen.authority, Diary(at))
    offices = Offices(story, timeline, chosen.names, at=at, keys=keys)
    stage = Stage(story, Household(timeline), offices, at, new_id())
    events = [one for one in timeline.events if until is None or one.when.first <= until]
    placed = [_place(stage, event, rehearsal=rehearsal) for event in events]
    _keep(timeline, stage, until, at)
    return Played(
        timeline, tuple(placed), len(timeline.events) - len(events), tuple(stage.supplied),
        tuple(offices.opened.values()), chosen, len(stage.waiting), len(stage.open), _remarks(timeline, events),
    )  # fmt: skip


def _place(stage: Stage, event: Happened, *, rehearsal: bool) -> Placed:
    mark = stage.mark()
    try:
        with transaction.atomic():
            return Placed(event, became=place(stage, event))
    except Refusal as refused:
        stage.back(mark)
        if not rehearsal:
            raise Refusal(f"{event}: {refused.message} Nothing of the scenario was played.") from refused
        return Placed(event, because=refused.message)


def _keep(timeline: Timeline, stage: Stage, until: date | None, at: datetime) -> None:
    """What was played, and whom it brought, so that it can be taken out again."""
    opened = stage.offices.opened.values()
    row = Scenario(
        id=stage.scenario, key=timeline.key, title=timeline.title[:200], source=timeline.source, until=until,
        played_at=at, people=list(stage.story.people.values()), accounts=[one.account.id for one in opened],
        agencies=[one.agency for one in opened],
    )  # fmt: skip
    try:
        with transaction.atomic(), acting(stage.story.authority.administrator):
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Refusal(
            f"This scenario is there already. Take it out first: ./run scenario remove {timeline.key}"
        ) from twice


def _remarks(timeline: Timeline, events: Sequence[Happened]) -> tuple[str, ...]:
    unknown = [
        f"{one}: the agency “{one.agency}” is in no list here. It is taken for some other organisation."
        for one in events
        if not agencies.is_known(one.agency)
    ]
    months = [
        f"{one}: the record gives it the first day of that time, and its words say which time it was."
        for one in events
        if one.when.first != one.when.last and is_dated_by_day(one)
    ]
    return (*timeline.remarks, *unknown, *months)


def to_look_at(played: Played) -> list[tuple[str, str]]:
    """Whom to sign in as, and what to look at, a pair each."""
    emails, family = played.cast.emails, played.timeline.family
    lines = [(emails[DECIDER], f"The front door: {played.waiting} of its contacts wait. Search for {family}.")]
    if played.open:
        lines.append((emails[WORKER], f"My day and the children's records: {played.open} are open to this worker."))
    else:
        lines.append((emails[WORKER], f"Search for {family}: what one reads who has no work with them now."))
    return [*lines, *((one.email, f"{one.name}: “Our own notes”, and nothing else") for one in played.offices)]
