"""A contact in words: its story, who told us, what was asked, decided and told."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from sightline.front_door.models import Check, Handover
from sightline.journeys.hand_over import CLOSED_WORDS
from sightline.kernel.london import local_day
from sightline.partnership.queries import MessageLine
from sightline.practice.answers import said
from sightline.web.front_door.contact_reading import NOT_TOLD, ContactSheet, desk_posts_words
from sightline.web.presenters import words
from sightline.web.presenters.front_door_history import Line
from sightline.web.presenters.front_door_known import Earlier, Known, present_contact, present_known, ties_words

DANGER = {"yes": "Someone is in danger now", "no": "Nobody is said to be in danger now", "not_known": "Not known"}
NOTHING_READ = "Nothing was written of what was read"
"""Of a decision made with a history before it: whoever reads it later must not think that it was weighed."""
HEADINGS = ("saw_or_heard", "fears", "danger", "child_situation", "history_bears")


@dataclass(frozen=True)
class Story:
    """A paragraph of the contact under the words of its question."""

    heading: str
    text: str
    about: str


@dataclass(frozen=True)
class CheckLine:
    """What was asked of an agency, and its answer or its clock."""

    id: UUID
    asked: str
    why: str
    clock: str
    urgency: str
    answer: str
    message: UUID | None
    status: str
    replies: int


@dataclass(frozen=True)
class Told:
    """What was sent to whoever raised it, and how far it got."""

    what: str
    to: str
    when: str
    status: str
    url: str


def story_of(sheet: ContactSheet) -> list[Story]:
    """What was said, each paragraph once; a private one says whom it concerns."""
    asked = sheet.written.form("contact")
    labels = {one.bound_to.removeprefix("record.passage."): str(one.label) for one in asked.questions}
    labels.setdefault("danger", "Danger now")
    everybody = set(sheet.contact.people)
    found = []
    for heading in HEADINGS:
        for passage in sheet.entry.passages:
            if passage.heading != heading:
                continue
            private = heading == "child_situation" or set(passage.about) < everybody
            names = [sheet.already.headers[key].name for key in passage.about if key in sheet.already.headers]
            about = f"About {words.listing(names)} only" if private else ""
            found.append(Story(labels.get(heading, heading), passage.text, about))
    # What the authority asks besides, under the words in which it was asked.
    return found + [Story(one.question, one.answer, "") for one in said(asked, sheet.entry.answers)]


def facts_of(sheet: ContactSheet) -> list[Line]:
    """Who told us, when, and whether the family knows."""
    contact = sheet.contact
    capacity = str(sheet.written.list("source").option(contact.capacity).label)
    teller = sheet.teller if contact.professional else f"{sheet.teller}: {capacity.lower()}"
    if contact.referrer_name:
        teller = f"{contact.referrer_name}, {teller}"
    channel = str(sheet.written.list("channel").option(contact.channel).label).lower() if contact.channel else ""
    lines = [
        Line("Told by", teller),
        Line("Received", f"{words.full_moment(contact.received_at)}{', ' + channel if channel else ''}"),
        Line("Danger now", DANGER[contact.danger]),
    ]
    lines += [
        Line("Family told?", f"{name}: {said.lower()}{'. ' + why if why else ''}")
        for name, said, why in sheet.agreements
    ]
    lines.append(Line("Recorded by", sheet.names.get(sheet.entry.author, "")))
    return lines


def people_of(sheet: ContactSheet) -> list[Line]:
    """The people in the contact, each a way to their record."""
    return [
        Line(
            sheet.already.headers[key].name,
            _who(sheet, key),
            url=reverse("person", args=[key]),
        )
        for key in sheet.contact.people
        if key in sheet.already.headers
    ]


def _who(sheet: ContactSheet, key: UUID) -> str:
    header = sheet.already.headers[key]
    ties = ties_words(sheet.already, key) if header.kind == "adult" else ""
    age = header.age_words(local_day(sheet.at))
    return f"{header.kind.capitalize()}, {age}{'. ' + ties if ties else ''}"


def together_of(sheet: ContactSheet) -> list[Earlier]:
    """The other reports of the same incident, to be read beside this one."""
    return [
        present_contact(one, sheet.reports.get(one.id), sheet.already, pack=sheet.pack, posts=sheet.posts, whole=True)
        for one in sheet.same_incident
    ]


def earlier_of(sheet: ContactSheet) -> list[tuple[str, str]]:
    """Contacts that may be reports of the same incident: what is taken together already is left out."""
    taken = {str(one.id) for one in sheet.same_incident}
    return [one for one in known_of(sheet).earlier if one[0] not in taken]


def not_told_of(sheet: ContactSheet) -> str:
    """Why whoever raised it cannot be told."""
    if not sheet.not_told:
        return ""
    why = sheet.not_told.removeprefix(NOT_TOLD) if sheet.contact.professional else sheet.telling
    return f"They cannot be told: {why.rstrip('.')}." if why else "They cannot be told."


def children_of(sheet: ContactSheet) -> str:
    """The children of the contact, for its heading."""
    headers = sheet.already.headers
    return words.listing(headers[key].name for key in sheet.contact.children if key in headers)


def clock_of(sheet: ContactSheet) -> dict[str, str]:
    """Time left to decide, and with whom it lies."""
    step = sheet.decide_step
    if step is None or step.due_at is None:
        return {}
    return {
        "words": words.time_left(step.due_at, sheet.at),
        "urgency": words.urgency(step.due_at, sheet.at),
        "with": desk_posts_words(sheet),
    }


def known_of(sheet: ContactSheet) -> Known:
    """What is already known besides this contact."""
    return present_known(sheet.already, pack=sheet.pack, posts=sheet.posts, at=sheet.at)


def checks_of(sheet: ContactSheet) -> list[CheckLine]:
    """What was asked of other agencies."""
    messages = {one.id: one for one in sheet.messages}
    return [_check(one, sheet, messages) for one in sheet.checks]


def _check(check: Check, sheet: ContactSheet, messages: dict[UUID, MessageLine]) -> CheckLine:
    message = messages.get(check.message) if check.message else None
    answer = sheet.answers.get(check.answer_id) if check.answer_id else None
    due = check.step.due_at
    basis = sheet.pack.lawful_basis(check.lawful_basis)
    return CheckLine(
        id=check.step_id,
        asked=f"{check.agency_post.title}, {check.agency_post.agency.name}",
        why=f"{check.reason} ({basis.label})",
        clock="" if answer or due is None else words.time_left(due, sheet.at),
        urgency="" if due is None else words.urgency(due, sheet.at),
        answer="\n\n".join(f"{one.text}{' — ' + one.told_by if one.told_by else ''}" for one in answer.passages)
        if answer
        else "",
        message=message.id if message else None,
        status=_status(message) if message else "",
        replies=message.replies if message else 0,
    )


def _status(message: MessageLine) -> str:
    return words.capital(message.status.replace(" — ", ": "))


def told_of(sheet: ContactSheet) -> list[Told]:
    """What was told to whoever raised it."""
    return [
        Told(
            what=one.kind_label,
            to=one.to,
            when=words.full_moment(one.composed_at),
            status=_status(one) + (f" ({sheet.telling or one.acknowledged_how})" if one.acknowledged_how else ""),
            url=reverse("message", args=[one.id]),
        )
        for one in sheet.messages
        if one.kind != "check"
    ]


def decision_of(sheet: ContactSheet) -> list[Line]:
    """What was decided, by whom, when, why, and what would change it."""
    decision, entry = sheet.contact.decision, sheet.decided
    if decision is None:
        return []
    needs = {one.code: str(one.label) for one in sheet.pack.list("main_need").options}
    lines = [
        Line("Decision", str(sheet.pack.outcome(decision.outcome).label)),
        Line("Decided by", f"{sheet.names.get(decision.decided_by, '')}, {words.full_moment(decision.decided_at)}"),
    ]
    if decision.need:
        lines.append(Line("Main need", needs.get(decision.need, decision.need)))
    if decision.other_authority:
        lines.append(Line("Authority", decision.other_authority))
    said = {
        "reason": "Why",
        "would_change": "What would change it",
        "history_bears": "What in the history bears on it",
        "safe_tonight": "Made safe tonight by",
    }
    written = {key: entry.text_of(key) if entry else "" for key in said}
    if entry and not written["history_bears"] and known_of(sheet).has_history:
        written["history_bears"] = NOTHING_READ
    return lines + [Line(label, written[key]) for key, label in said.items() if written[key]]


def recommendations_of(sheet: ContactSheet) -> list[Line]:
    """What those who sifted it would do."""
    labels = {one.key: str(one.label) for one in sheet.pack.recommendations}
    return [
        Line(
            labels.get(one.outcome, one.outcome),
            f"{one.reason} ({sheet.names.get(one.by, '')}, {words.full_moment(one.at)})",
        )
        for one in sheet.recommendations
    ]


def handovers_of(sheet: ContactSheet) -> list[str]:
    """Each hand-over, and who accepted it."""
    return [_handover(one, sheet) for one in sheet.handovers]


def _handover(one: Handover, sheet: ContactSheet) -> str:
    by = sheet.names.get(one.handed_by, "")
    said = f" “{one.words}”" if one.words else ""
    by, said = ("when the front door closed", "") if one.words == CLOSED_WORDS else (f"by {by}", said)
    handed = f"Handed to the emergency duty team {by}, {words.when(one.handed_at, sheet.at)}.{said}"
    if one.accepted_by is None or one.accepted_at is None:
        return handed if sheet.contact.decision else f"{handed} Nobody has accepted it yet."
    name = sheet.names.get(one.accepted_by, "")
    return f"{handed} Accepted by {name}, {words.when(one.accepted_at, sheet.at)}."
