"""What a meeting came to: who came, what each said, and for each child what was decided. Part of the operations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.conferences.finding import children_of, hold_meeting, is_family
from sightline.conferences.holding_rules import (
    CAME,
    ChildDecided,
    Held,
    Paragraph,
    Quorum,
    quorum,
    refuse_blank_dissent,
    refuse_decided,
    refuse_undecided,
    refuse_unsendable,
)
from sightline.conferences.models import Dissent, Invitee, KeptFrom, Meeting, MeetingChild
from sightline.conferences.permissions import refuse_unless_may_chair, refuse_unless_may_convene
from sightline.conferences.viewing import give_views, judged, section_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.people.queries import PersonName, get_names
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.record.models import Entry, Passage
from sightline.record.operations import write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import get_standing, goes_on_without
from sightline.record.rules import Concerned, Words

CATEGORIES, AGENCIES, QUORUM = "protection_category", "meeting_agencies", "conference.quorum"
DECISION, DISSENT, CHILD_PART, QUORATE = "decision", "dissent", "child_part", "quorum"
"""Headings of the passages that this writes, beside each paragraph's own."""


@act("record_outcome")
def record_outcome(*, by: Actor, meeting: UUID, held: Held, at: datetime) -> UUID:
    """Record a meeting that was held, in one act: who came, each view, each child's part, and what was decided.

    Decision, category, reasons and dissent are one child's each; a dissent stays in the dissenter's words. A
    conference is recorded by a chair of conferences and by nobody else; a core group by whoever makes plans.
    Being without a quorum is written down with the reason and refuses nothing, and so is being late.

    Refuses a child with no decision, a plan with no main category, a day to come, and a second record of one
    meeting (`Stale`, with both texts). Returns the entry (Working Together 2023, chapter 3).
    """
    found = hold_meeting(meeting)
    children = children_of(meeting)
    _refuse_unless_may_record(by, found, children)
    if held.held_at > at:
        raise Refusal("That has not happened yet. Check the date and time.", field="held_at")
    _refuse_second(found, held)
    pack = current_pack(at)
    rows = Invitee.objects.filter(meeting_id=meeting).select_related("agency_post__agency")
    invitees = {row.id: row for row in rows}
    _refuse_unfit(found, held, children, invitees, pack)
    _keep_views(by, held, children, invitees, at)
    _keep_attendance(held, invitees)
    entry = _write(by, _Told(found, held, children, invitees, pack), at)
    _keep_decided(by, meeting, held, at)
    found.held_at, found.alone_because, found.next_on = held.held_at, held.alone_because.strip()[:500], held.next_on
    found.recorded_at, found.recorded_by, found.entry_id = at, by.id, entry
    found.save(update_fields=["held_at", "alone_because", "next_on", "recorded_at", "recorded_by", "entry"])
    touch(*children, meeting=str(meeting))
    return entry


def _refuse_unless_may_record(by: Actor, meeting: Meeting, children: Sequence[UUID]) -> None:
    if meeting.kind == Meeting.Kind.CORE_GROUP:
        refuse_unless_may_convene(by, children)
        return
    refuse_unless_may_chair(by)
    refuse_unless_may_write(by, children)
    refuse_unless_sees_all(meeting.step_id, children)


def refuse_unless_sees_all(meeting: UUID, children: Sequence[UUID]) -> None:
    """Refuse whoever reads only some of a conference's children: they could not know whom a paragraph is about."""
    if goes_on_without(meeting, children):
        raise NotPermitted(
            "The record of one of these children is not open to you, and a conference is recorded for all of them. "
            "Ask a chair who reads it, or ask whoever closed that record to name you."
        )


def _refuse_second(meeting: Meeting, held: Held) -> None:
    if meeting.recorded_at is None or meeting.entry_id is None:
        return
    root = Entry.objects.filter(id=meeting.entry_id).values_list("root", flat=True).first()
    stands = get_standing(root) if root else None
    raise Stale(
        "Somebody recorded this meeting while you were writing. Both texts are shown; correct theirs if yours adds "
        "to it.",
        theirs="\n\n".join(one.text for one in stands.passages) if stands else "",
        yours="\n\n".join(
            [*(one.text for one in held.paragraphs), *(one.reasons for one in held.children if one.reasons)]
        ),
    )


def _refuse_unfit(
    meeting: Meeting, held: Held, children: Sequence[UUID], invitees: dict[UUID, Invitee], pack: Pack
) -> None:
    kept = [one for paragraph in held.paragraphs for one in paragraph.kept_from]
    named = {*held.attendance, *held.views, *(one.invitee for one in held.dissents), *kept}
    if not named <= set(invitees):
        raise NotFound("Somebody named here is not among those asked to this meeting. Add them to it first.")
    refuse_blank_dissent(held.dissents)
    refuse_unsendable(held.paragraphs)
    if meeting.kind == Meeting.Kind.CORE_GROUP:
        refuse_decided(held.children)
        return
    headers = get_names(people=children)
    names = {child: headers[child].known_as or headers[child].name for child in children if child in headers}
    refuse_undecided(held.children, names, [one.code for one in pack.list(CATEGORIES).options])


def _keep_views(by: Actor, held: Held, children: Sequence[UUID], invitees: dict[UUID, Invitee], at: datetime) -> None:
    """Each view is its invitee's own. That somebody gave none is a fact too, unless they wrote before."""
    none = [invitee for invitee, view in held.views.items() if view.how == Invitee.View.NONE]
    Invitee.objects.filter(id__in=none, view="").update(view=Invitee.View.NONE)
    said = [
        judged(invitees[invitee], view.words, view.how, view.for_plan)
        for invitee, view in held.views.items()
        if view.how != Invitee.View.NONE
    ]
    give_views(by=by, said=said, children=children, said_at=held.held_at, at=at)


def _keep_attendance(held: Held, invitees: dict[UUID, Invitee]) -> None:
    for key, (attendance, deputy) in held.attendance.items():
        invitees[key].attendance, invitees[key].deputy = attendance, deputy.strip()[:120]
    Invitee.objects.bulk_update([invitees[key] for key in held.attendance], ["attendance", "deputy"])


def _keep_decided(by: Actor, meeting: UUID, held: Held, at: datetime) -> None:
    for one in held.children:
        fields: dict[str, object] = {
            "decision": one.decision,
            "category": one.category,
            "others": list(one.others),
            "reasons": one.reasons.strip(),
        }
        if one.part:
            fields["part"] = one.part
        if one.part_words.strip():
            fields["part_words"] = one.part_words.strip()
        MeetingChild.objects.filter(meeting_id=meeting, child_id=one.child).update(**fields)
    Dissent.objects.bulk_create(
        Dissent(
            meeting_id=meeting,
            child_id=one.child,
            invitee_id=one.invitee,
            words=one.words.strip(),
            said_at=held.held_at,
            by=by.id,
        )
        for one in held.dissents
    )


# --- the record of it -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Told:
    """All that the record of a meeting is written from."""

    meeting: Meeting
    held: Held
    children: Sequence[UUID]
    invitees: dict[UUID, Invitee]
    pack: Pack


def _write(by: Actor, told: _Told, at: datetime) -> UUID:
    """Paragraphs first and in their order, so that a place names a passage of which somebody is not to hear."""
    meeting, held = told.meeting, told.held
    said = [one for one in held.paragraphs if one.text.strip()]
    entry = write_entry(
        by=by,
        kind=Entry.Kind.CORE_GROUP if meeting.kind == Meeting.Kind.CORE_GROUP else Entry.Kind.CONFERENCE,
        concerned=[Concerned(child) for child in told.children],
        words=[*(_paragraph(one, told.children) for one in said), *_besides(told)],
        occurred=When.exactly(held.held_at),
        post=meeting.chair_post_id if meeting.chair_post_id in by.posts else min(by.posts, default=None),
        answers={"meeting": str(meeting.step_id)},
        at=at,
    )
    _keep_from(entry, [one.kept_from for one in said])
    return entry


def _besides(told: _Told) -> list[Words]:
    """What a record says beside its paragraphs: each child's words, what was decided, and who did not agree."""
    held = told.held
    parts, dissents = _parts(held.children), _dissents(held, told.invitees)
    if told.meeting.kind == Meeting.Kind.CORE_GROUP:
        return [*parts, *dissents]
    quorate = Words(_quorum_words(told), tuple(told.children), heading=QUORATE)
    return [quorate, *parts, *_decisions(held.children, told.pack), *dissents]


def _paragraph(one: Paragraph, children: Sequence[UUID]) -> Words:
    """About all children of the meeting, where nobody said that it is about one."""
    return Words(one.text, one.about or tuple(children), one.heading, one.section, one.told_by, one.handling)


def _keep_from(entry: UUID, kept_from: Sequence[tuple[UUID, ...]]) -> None:
    if not any(kept_from):
        return
    passages = dict(Passage.objects.filter(entry_id=entry).values_list("position", "id"))
    KeptFrom.objects.bulk_create(
        KeptFrom(passage_id=passages[place], invitee_id=invitee)
        for place, kept in enumerate(kept_from)
        for invitee in dict.fromkeys(kept)
    )


def _parts(children: Iterable[ChildDecided]) -> list[Words]:
    """What a child wanted the meeting to know, in the section of a child's own words."""
    return [
        Words(one.part_words, (one.child,), heading=CHILD_PART, section=Section.CHILD_WORDS)
        for one in children
        if one.part_words.strip()
    ]


def _decisions(children: Iterable[ChildDecided], pack: Pack) -> list[Words]:
    return [Words(decision_words(one, pack), (one.child,), heading=DECISION) for one in children]


def decision_words(one: ChildDecided, pack: Pack) -> str:
    """`A child protection plan begins. Main category: neglect. Why: …`."""
    labels = {option.code: str(option.label).lower() for option in pack.list(CATEGORIES).options}
    parts = [f"{MeetingChild.Decision(one.decision).label}."]
    if one.category:
        parts.append(f"Main category: {labels.get(one.category, one.category)}.")
    if one.others:
        parts.append(f"Also: {', '.join(labels.get(code, code) for code in one.others)}.")
    if one.reasons.strip():
        parts.append(f"Why: {one.reasons.strip()}")
    return " ".join(parts)


def _dissents(held: Held, invitees: dict[UUID, Invitee]) -> list[Words]:
    dissenting = {one.invitee for one in held.dissents}
    named = names_of(row for key, row in invitees.items() if key in dissenting)
    return [
        Words(
            one.words,
            (one.child,),
            heading=DISSENT,
            section=section_of(invitees[one.invitee]),
            told_by=named[one.invitee][:120],
            # What one of a family says is not given to another of it.
            handling="not_family" if is_family(invitees[one.invitee]) else "ordinary",
        )
        for one in held.dissents
    ]


def names_of(rows: Iterable[Invitee]) -> dict[UUID, str]:
    """Who each invitee is, in words: their name, and the agency that they come from. One query for all of them."""
    each = list(rows)
    known = get_names(people=[row.person_id for row in each if row.person_id and not row.name])
    return {row.id: _name_of(row, known) for row in each}


def _name_of(row: Invitee, known: Mapping[UUID, PersonName]) -> str:
    header = known.get(row.person_id) if row.person_id else None
    name = row.name or (header.name if header else "")
    agency = row.agency_post.agency.name if row.agency_post else ""
    title = row.role or (row.agency_post.title if row.agency_post else "")
    return ", ".join(part for part in (name or title, agency) if part) or "Somebody who was there"


def _quorum_words(told: _Told) -> str:
    held = told.held
    attendance = {key: attendance for key, (attendance, _) in held.attendance.items()}
    found = weigh_quorum(attendance, told.invitees.values(), told.pack, local_day(held.held_at))
    if found.holds:
        return found.words
    because = held.alone_because.strip()
    return f"{found.words} " + (f"The chair went ahead because: {because}" if because else "No reason was given.")


def weigh_quorum(attendance: dict[UUID, str], invitees: Iterable[Invitee], pack: Pack, on: date) -> Quorum:
    """Whether there was a quorum, from who came and from what the pack asks for on that day."""
    came = [row for row in invitees if attendance.get(row.id, row.attendance) in CAME]
    agencies = [(row.agency_post.agency_id, row.agency_post.agency.kind) for row in came if row.agency_post]
    return quorum(
        agencies,
        ours=any(row.post_id is not None for row in came),
        counted={one.key for one in pack.list(AGENCIES).options},
        needed=_needed(pack, on),
    )


def _needed(pack: Pack, on: date) -> int:
    """As the rule stood on that day; as the first one said for a meeting that was held before there was one."""
    rules = sorted((one for one in pack.thresholds if one.key == QUORUM), key=lambda one: one.basis.effective.begins)
    in_force = [one for one in rules if one.basis.effective.contains(on)]
    return (in_force or rules)[0].number
