"""Visits and appointments in words: what is planned, how each went, and when a child was last seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.kernel import clocks
from sightline.kernel.london import local_day
from sightline.people.queries import PersonHeader, PersonName
from sightline.practice.spec import Pack
from sightline.record.models import Entry, EntrySubject
from sightline.record.queries import Attempt, LastSeen
from sightline.recording.queries import AppointmentView, ChildThere, PlannedVisitView, VisitView
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within, due_words, names_of, shown_name

KINDS = {Entry.Kind.VISIT: "Visit", Entry.Kind.APPOINTMENT: "Appointment"}
BEFORE_BIRTH: dict[str, str] = {
    Entry.Kind.VISIT: "Visit to the mother",
    Entry.Kind.APPOINTMENT: "Appointment of the mother",
}
"""What went ahead about a child who is not born: nobody could see or not see them."""
NOT_SAID = "Nobody said whether it was announced"


def labels_of(pack: Pack) -> dict[str, dict[str, str]]:
    """The words of the codes that visits keep: where, and what was seen of where the children sleep."""
    return {
        key: {option.key: str(option.label) for option in pack.list(key).options} for key in ("visit_place", "sleeping")
    }


Labels = Mapping[str, Mapping[str, str]]


def place_words(code: str, labels: Labels) -> str:
    """Where it was, in the pack's words; a code that the pack no longer has reads as itself."""
    return labels["visit_place"].get(code, code.replace("_", " ").capitalize())


def announced_words(announced: bool | None) -> str:  # noqa: FBT001 - the fact itself, and nothing that is switched
    """`announced` or `not announced`; nothing where nobody said."""
    return {True: "announced", False: "not announced"}.get(announced, "") if announced is not None else ""


def where_and_how(place: str, announced: bool | None, labels: Labels) -> str:  # noqa: FBT001 - as above
    """`At home, announced`."""
    return words.capital(", ".join(part for part in (place_words(place, labels), announced_words(announced)) if part))


def planned_moment(starts_at: datetime, at: datetime) -> str:
    """`today at 15:30`, `Tue 24 Nov at 10:00`."""
    day = local_day(starts_at)
    if day == local_day(at) or starts_at < at:
        return words.when(starts_at, at)
    said = words.due_day(day, local_day(at))
    return f"{said} at {words.clock_time(starts_at)}"


# --- on the timeline ------------------------------------------------------------------------------


def visit_facts(visit: VisitView, person: UUID, labels: Labels) -> list[dict[str, str]]:
    """What a visit has beside its words, on the record of one person: named facts, those that nobody said left out."""
    rows = [
        # Where no place was said, what is left is no place.
        ("Where" if visit.place else "Announced", _where_or_announced(visit, labels)),
        ("Who was there", visit.present),
        ("Where the children sleep", labels["sleeping"].get(visit.sleeping, visit.sleeping)),
        *_own_facts(visit.children.get(person)),
        ("Why later than due", visit.late_because),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _where_or_announced(visit: VisitView, labels: Labels) -> str:
    if visit.place or visit.announced is None:
        return where_and_how(visit.place, visit.announced, labels)
    return "Yes" if visit.announced else "No"


def appointment_facts(appointment: AppointmentView, person: UUID, agency: str) -> list[dict[str, str]]:
    """The same of an appointment: what it was, and with whom."""
    rows = [("What it was", appointment.what), ("With", agency), *_own_facts(appointment.children.get(person))]
    return [{"key": key, "value": value} for key, value in rows if value]


def _own_facts(there: ChildThere | None) -> list[tuple[str, str]]:
    if there is None:
        return []
    return [("Reason given", reason_words(there)), ("Where this child sleeps", there.sleeping)]


def reason_words(there: ChildThere) -> str:
    """`At her grandmother's (mother said so)`."""
    if there.reason and there.reason_given_by:
        return f"{there.reason.rstrip('.')} (given by: {there.reason_given_by})"
    return there.reason or (f"Given by: {there.reason_given_by}" if there.reason_given_by else "")


def seen_label(seen: str) -> str:
    """How it went for one child, in a word or two; nothing where nobody set out to see them."""
    return str(EntrySubject.Seen(seen).label) if seen else ""


# --- what is planned ------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanFacts:
    """What the rows of planned visits stand on. `back` says where saving leads: `list`, `day`, or the record.

    `at_home` are those who live with each child: what a visitor must know of them is met at the same door.
    """

    headers: Mapping[UUID, PersonHeader]
    labels: Labels
    at: datetime
    back: str = ""
    at_home: Mapping[UUID, Sequence[PersonHeader]] = field(default_factory=dict)


def plan_line(planned: PlannedVisitView, headers: Mapping[UUID, PersonName], moment: str) -> str:
    """`Planned for Tue 24 Nov at 10:00, to Ayo and Bim. Bedtime.`"""
    line = f"Planned for {moment}, to {names_of(planned.children, headers)}."
    return f"{line} {planned.purpose.rstrip('.')}." if planned.purpose else line


def planned_row(planned: PlannedVisitView, person: UUID, facts: PlanFacts) -> dict[str, object]:
    """One planned visit for components/tasks.html; its link leads straight to recording it."""
    headers, labels, at, back = facts.headers, facts.labels, facts.at, facts.back
    url = reverse("visit-record", args=[person]) + f"?planned={planned.step}{f'&back={back}' if back else ''}"
    about = [where_and_how(planned.place, planned.announced, labels), planned.purpose.rstrip(".")]
    return {
        "when": words.capital(planned_moment(planned.starts_at, at)),
        "title": f"Visit to {names_of(planned.children, headers)}",
        "url": url,
        "about": planned_moment(planned.starts_at, at),
        "detail": ". ".join(part for part in about if part),
        "alert": safety_line(planned.children, facts),
        "cancel_url": reverse("visit-cancel", args=[person, planned.step]) + (f"?back={back}" if back else ""),
    }


def safety_line(children: Iterable[UUID], facts: PlanFacts) -> str:
    """`Dog in the yard. Shouts at workers (Perran Penhallow)`: warnings of the children and of whoever lives there."""
    of_children = [facts.headers[child] for child in children if child in facts.headers]
    of_others = [other for one in of_children for other in facts.at_home.get(one.id, ()) if other not in of_children]
    said = [one.words.rstrip(".") for header in of_children for one in header.warnings]
    said += [f"{one.words.rstrip('.')} ({shown_name(other)})" for other in of_others for one in other.warnings]
    return ". ".join(dict.fromkeys(said))


def rows_of_today(planned: Iterable[PlannedVisitView], facts: PlanFacts) -> list[dict[str, object]]:
    """The planned visits of this day in their order, for my day; pass `back="day"`."""
    today = [one for one in planned if local_day(one.starts_at) == local_day(facts.at)]
    return [row | {"when": words.clock_time(one.starts_at)} for one, row in _each(today, facts)]


def waiting_rows(planned: Iterable[PlannedVisitView], facts: PlanFacts) -> list[dict[str, object]]:
    """Planned visits of which nobody has said how they went, the oldest first."""
    return [row for _, row in _each(planned, facts)]


def _each(
    planned: Iterable[PlannedVisitView], facts: PlanFacts
) -> Iterator[tuple[PlannedVisitView, dict[str, object]]]:
    for one in sorted(planned, key=lambda one: one.starts_at):
        known = [child for child in one.children if child in facts.headers]
        if known:
            yield one, planned_row(one, known[0], facts)


def without_outcome(number: int) -> str:
    """`You need to record an outcome for 3 visits.`; nothing where there is none."""
    return f"You need to record an outcome for {words.count(number, 'visit')}." if number else ""


def late_line(name: str, due_at: datetime, at: datetime) -> str:
    """`The visit to Ayo is overdue by 3 days (Fri 12 Jun).`"""
    return f"The visit to {name} is {due_within(due_at, at)}."


def due_row(due_at: datetime, since: str, citation: str, at: datetime) -> dict[str, str]:
    """When the next visit is due, from what it is counted, and by which rule; for components/summary-list.html."""
    counted = ", ".join(part for part in (due_words(due_at, at), since) if part)
    return {"key": "Next visit", "value": f"{counted}. Rule: {citation}" if citation else counted}


# --- the Visits page of a record ------------------------------------------------------------------


@dataclass(frozen=True)
class AttemptFacts:
    """What the rows of attempts stand on, read by the page in a fixed number of queries."""

    person: UUID
    today: date
    labels: Labels
    agencies: Mapping[UUID, str] = field(default_factory=dict)
    authority: str = ""
    visits: Mapping[UUID, VisitView] = field(default_factory=dict)
    appointments: Mapping[UUID, AppointmentView] = field(default_factory=dict)
    roots: Mapping[UUID, UUID] = field(default_factory=dict)
    query: str = ""


def attempt_row(attempt: Attempt, facts: AttemptFacts) -> dict[str, str]:
    """One attempt to see a child, in words, and where it is read on the timeline."""
    root = facts.roots.get(attempt.entry, attempt.entry)
    visit, appointment = facts.visits.get(attempt.entry), facts.appointments.get(attempt.entry)
    there = (visit or appointment).children.get(facts.person) if (visit or appointment) else None  # type: ignore[union-attr]  # either has children
    details = [
        where_and_how(visit.place, visit.announced, facts.labels) if visit else "",
        reason_words(there) if there else "",
    ]
    return {
        "ago": words.days_ago(attempt.occurred_at, facts.today).split(" (")[0],
        "date": clocks.short_day(local_day(attempt.occurred_at), facts.today),
        "outcome": seen_label(attempt.seen) or BEFORE_BIRTH.get(attempt.kind, ""),
        "what": what_words(attempt, appointment),
        "agency": agency_words(attempt, facts),
        "detail": ". ".join(part.rstrip(".") for part in details if part),
        "url": f"{reverse('person-timeline', args=[facts.person])}{facts.query}#entry-{root}",
    }


def what_words(attempt: Attempt, appointment: AppointmentView | None) -> str:
    """`Visit`, `Appointment: two-year check`, or the kind of entry that says that the child was seen."""
    if appointment is not None:
        return f"Appointment: {appointment.what}"
    return str(Entry.Kind(attempt.kind).label)


def agency_words(attempt: Attempt, facts: AttemptFacts) -> str:
    """Whose attempt it was, by name: another agency's, or the authority's own."""
    return facts.agencies.get(attempt.agency, "Another agency") if attempt.agency else facts.authority


def seen_rows(seen: LastSeen | None, header: PersonName, today: date) -> list[dict[str, str]]:
    """When a child was last seen, and alone, and how often in a row not; for components/summary-list.html."""
    if header.birth == "expected":
        return [{"key": "Last seen", "value": words.NOT_YET_BORN}]
    if seen is None:
        return [{"key": "Last seen", "value": "No record of being seen"}]
    rows = [
        ("Last seen", words.last_seen(_day(seen.seen_at), today)),
        ("Last seen alone", words.days_ago(_day(seen.alone_at), today) if seen.alone_at else "Never"),
    ]
    if seen.glimpsed_at is not None and (seen.seen_at is None or seen.glimpsed_at > seen.seen_at):
        rows.append((seen_label(seen.glimpsed_how), words.days_ago(seen.glimpsed_at, today)))
    rows.append(("Times in a row without access", str(seen.not_seen_in_a_row or "None")))
    rows.append(("Visits in a row not seen alone", str(seen.not_alone_in_a_row or "None")))
    return [{"key": key, "value": words.capital(value)} for key, value in rows]


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None


def pattern_block(attempts: Sequence[Attempt], seen: LastSeen | None, facts: AttemptFacts) -> dict[str, object]:
    """Attempts in a row that met no child, whatever the agency, with how long ago the child was last seen.

    For visits/pattern.html; nothing where there is no such row (signal: three without access).
    """
    if not attempts:
        return {}
    last = _day(seen.seen_at) if seen else None
    days = (facts.today - last).days if last else None
    since = (
        f"Last seen {words.days_ago(last, facts.today)}." if days is not None else "There is no record of being seen."
    )
    return {
        "title": f"{len(attempts)} times in a row nobody could see this child",
        "since": since,
        "attempts": [attempt_row(one, facts) for one in attempts],
    }
