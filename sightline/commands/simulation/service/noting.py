"""What is written between visits: calls, notes and supervision, some of it late, put right or taken off again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sightline.access.rules import Section
from sightline.commands.demonstration import casework
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Case, Service
from sightline.commands.simulation.service.around import born_since
from sightline.kernel.london import local, local_day
from sightline.kernel.when import When
from sightline.record.rules import Concerned, Words
from sightline.recording import operations as recording
from sightline.recording.rules import Written

AN_HOUR = timedelta(hours=1)
EVENING = 17
ANOTHER_FAMILY = "Written on the wrong record: it is about another family, on whose record it stands now."


def notes(service: Service, case: Case) -> Life:
    """Calls and notes, until the case is closed."""
    stream = service.engine.stream(f"notes {case.referral}")
    while case.closed is None:
        a_week = rate("casework", "notes", "a_week") * max(1, len(case.children)) ** 0.7
        yield service.engine.office(stream.expovariate(a_week / 40))
        if case.closed is None:
            service.engine.begin(_note(service, case, stream))


def _note(service: Service, case: Case, stream: Random) -> Life:
    happened, day = service.now, local_day(service.now)
    by_call = stream.random() < rate("casework", "notes", "calls")
    about = _about(case, stream)
    if by_call:
        whom, direction, text = service.words.call(case, day, by=case.post)
    else:
        whom, direction, text = "", "", service.words.note(case, day, by=case.post)
    yield from written_later(service, stream)
    about = [ref for ref in about if not born_since(service, case, ref, day)]
    if case.closed is not None or not about:
        return
    who, written = service.story.who(service.staff.carrying(case.post)), _written(service, about, text, happened)
    if by_call:
        recording.record_phone_call(by=who, written=written, spoke_with=whom, direction=direction, at=service.now)
        return
    title = service.title("note")
    service.story.entries[title] = recording.record_note(by=who, written=written, at=service.now)
    wrong = stream.random()
    if wrong < rate("casework", "notes", "corrected"):
        yield service.engine.office(stream.expovariate(1 / 24))
        if case.closed is None:
            _correct(service, case, title, about, text)
    elif wrong > 1 - rate("casework", "notes", "withdrawn"):
        yield service.engine.office(stream.expovariate(1 / 24))
        if case.closed is None:
            _taken_off(service, case, title, about)


def _correct(service: Service, case: Case, title: str, about: Sequence[str], text: str) -> None:
    casework.correct(
        service.story, title, about, f"{text} (The day was put right.)", by=service.staff.carrying(case.post),
        at=service.now, reason=service.words.correction_reason(case, local_day(service.now)),
    )  # fmt: skip


def _taken_off(service: Service, case: Case, title: str, about: Sequence[str]) -> None:
    """It was about another family; the manager keeps it."""
    for ref in about:
        casework.take_off(
            service.story, title, ref, by=service.staff.carrying(case.post), at=service.now, reason=ANOTHER_FAMILY,
            reader=service.staff.carrying(case.manager),
        )  # fmt: skip


def _about(case: Case, stream: Random) -> list[str]:
    """Most notes are about all the children; some about one of them."""
    if len(case.children) > 1 and stream.random() < 0.25:
        return [stream.choice(case.children)]
    return list(case.children)


def _written(service: Service, about: Sequence[str], text: str, happened: datetime) -> Written:
    keys = [service.story.people[ref] for ref in about]
    return Written(
        concerned=tuple(Concerned(person=key, part="child") for key in keys),
        words=(Words(text=text, about=tuple(keys), section=Section.ORDINARY),),
        occurred=When.exactly(happened),
    )  # fmt: skip


def supervision(service: Service, case: Case) -> Life:
    """The manager goes through it with the worker."""
    stream = service.engine.stream(f"supervision {case.referral}")
    while True:
        yield service.engine.office(40 * rate("casework", "notes", "supervision_weeks") * stream.lognormvariate(0, 0.3))
        if case.closed is not None:
            return
        text = service.words.supervision(case, local_day(service.now))
        recording.record_oversight(
            by=service.story.who(service.staff.carrying(case.manager)), at=service.now,
            written=_written(service, case.children, text, service.now - AN_HOUR),
        )  # fmt: skip


def written_later(service: Service, stream: Random) -> Life:
    """Until it is written up: on the same day, or some working days later."""
    if stream.random() < rate("casework", "late", "same_day"):
        if local(service.now).hour < EVENING:
            yield service.engine.wait(AN_HOUR * stream.uniform(0.3, 2))
        return
    yield service.engine.office(8 * rate("casework", "late", "days") * stream.lognormvariate(0, 0.8))
