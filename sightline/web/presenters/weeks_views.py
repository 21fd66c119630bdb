"""A week of a team's views in words: what stands out, and what was found out about it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from sightline.audit.models import Answered
from sightline.audit.rules import Signal
from sightline.journeys.weeks_views import WEEK, Standing, WorkerWeek
from sightline.web.presenters import words

SIGNALS = {
    Signal.EMERGENCY: "Emergency access",
    Signal.NO_WORK: "No work of theirs with this person",
    Signal.ADDRESS: "Same address as the worker",
    Signal.POSTCODE: "Same postcode as the worker",
    Signal.SURNAME: "Same family name as the worker",
    Signal.HOURS: "Out of hours",
    Signal.VOLUME: "Many more people than usual",
}
NOT_KNOWN_TO_YOU = "Somebody whose record is closed to you"


def week_words(week: date) -> str:
    """`Monday 15 June to Sunday 21 June 2026`."""
    last = week + timedelta(days=6)
    return f"Monday {week.day} {week:%B} to Sunday {words.day(last)}"


def week_links(week: date, today: date, url: str) -> dict[str, str]:
    """The weeks before and after this one, for components/pagination.html; none that has not begun."""
    later = week + WEEK
    return {
        "previous_url": f"{url}?week={week - WEEK}",
        "next_url": f"{url}?week={later}" if later <= today else "",
    }


def worker_rows(weeks: Iterable[WorkerWeek], week: date) -> list[dict[str, object]]:
    """Each worker in whose week something stands out, for components/tasks.html."""
    return [
        {
            "title": one.name,
            "url": f"{reverse('team-viewing-worker', args=[one.account])}?week={week}",
            "detail": words.capital("; ".join(_kinds(one.lines))),
            "tag": words.count(one.open, "line to answer", "lines to answer") if one.open else "Answered",
            "tag_colour": "blue" if one.open else "grey",
        }
        for one in weeks
    ]


def _kinds(lines: Iterable[Standing]) -> list[str]:
    counted: dict[Signal, int] = {}
    for line in lines:
        counted[line.signal] = counted.get(line.signal, 0) + 1
    return [f"{SIGNALS[kind].lower()}{f' ({number})' if number > 1 else ''}" for kind, number in counted.items()]


def line_facts(line: Standing, names: Mapping[UUID, str], known: Iterable[UUID]) -> dict[str, object]:
    """One line: why it stands out, whom it is about with the way to their record, what happened, what was found."""
    facts: dict[str, object] = {
        "signal": SIGNALS[line.signal],
        "who": "" if line.person is None and line.signal != Signal.EMERGENCY else line.name or NOT_KNOWN_TO_YOU,
        "url": reverse("person", args=[line.person]) if line.person in set(known) else "",
        "what": what_happened(line),
    }
    if line.answer is not None:
        facts |= {
            "finding": Answered.Finding(line.answer.finding).label,
            "words": line.answer.words,
            "found_by": f"{names.get(line.answer.by, 'Somebody who worked here')}, {words.full_moment(line.answer.at)}",
        }
    return facts


def what_happened(line: Standing) -> str:
    """What was viewed, how often and when; never what was read there."""
    first, last = words.full_moment(line.first_at), words.full_moment(line.last_at)
    between = f"on {first}" if first == last else f"between {first} and {last}"
    if line.signal == Signal.EMERGENCY:
        return f"Opened on {first}. Its reviewer looks at it on its own page."
    if line.signal == Signal.HOURS:
        opened = words.count(line.people, "record that is", "records that are")
        return f"Opened {opened} not theirs to work with, at night or on a day off: {between}."
    if line.signal == Signal.VOLUME:
        return (
            f"Opened the records of {words.count(line.people, 'person', 'people')} that week. "
            f"Somebody in this role usually opens {line.usual or 0:.0f}."
        )
    return f"Opened {words.count(line.times, 'time')}, {between}."
