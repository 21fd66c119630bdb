"""Planning and recording visits, and appointments of any agency. Part of this room's operations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.when import When
from sightline.people.queries import PersonName, get_names
from sightline.record.models import Entry, EntrySubject, Step
from sightline.record.operations import finish_for, open_step
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words
from sightline.recording.models import Appointment, PlannedVisit, Visit, VisitChild
from sightline.recording.queries import PlannedVisitView, get_planned
from sightline.recording.rules import (
    AT_A_VISIT,
    AT_AN_APPOINTMENT,
    CANCELLED,
    MET,
    ChildSeen,
    VisitWritten,
    Written,
    refuse_unless_all_of,
    refuse_unless_cancelled_whole,
    refuse_unless_told,
)
from sightline.recording.writing import write_with_actions

CHILDS_WORDS = "childs_words"
"""The heading of what a child said, did or drew."""
LONGEST_CODE, LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON = 40, 200, 300, 500
"""Characters that each of a visit's short fields holds; the narrative and the child's words have no end."""


@act("plan_visit")
def plan_visit(
    *,
    by: Actor,
    children: Sequence[UUID],
    starts_at: datetime,
    place: str,
    announced: bool | None,
    purpose: str,
    post: UUID,
    at: datetime,
) -> UUID:
    """Plan a visit that a post is to make. The key is the step's, of kind `visit`, which waits for its outcome.

    Refuses a visit to nobody, and to somebody whom the planner may not see.
    """
    if not children:
        raise Refusal("Choose at least one child.", field="children")
    refuse_unless_may_write(by, children)
    refuse_longer(place, LONGEST_CODE, field="place", what="where the visit is to be")
    refuse_longer(purpose, LONGEST_PURPOSE, field="purpose", what="what it is for")
    step = open_step(by=by, kind="visit", post=post, people=children, due_at=starts_at, at=at)
    PlannedVisit.objects.create(
        step_id=step, starts_at=starts_at, place=place, announced=announced, purpose=purpose.strip()
    )
    return step


@act("cancel_planned_visit")
def cancel_planned_visit(*, by: Actor, step: UUID, cancelled_by: str, who: str, reason: str, at: datetime) -> UUID:
    """Say that a planned visit will not be, or was not, made: an entry on each child's record, whose key this is.

    `cancelled_by` is `family`, which counts as no access, or `us`, which does not. Refuses one without
    who and why.
    """
    planned = get_planned(step)
    refuse_unless_may_write(by, planned.children)
    refuse_unless_cancelled_whole(cancelled_by, who, reason)
    refuse_longer(who, LONGEST_NAME, field="who", what="who cancelled it")
    refuse_longer(reason, LONGEST_REASON, field="reason", what="why it was cancelled")
    outcome = CANCELLED[cancelled_by]
    label = str(EntrySubject.Seen(outcome).label)
    visit = VisitWritten(
        occurred=When.exactly(min(planned.starts_at, at)),
        children=tuple(ChildSeen(child, outcome, reason, who) for child in planned.children),
        text=f"{label} ({who.strip()}): {reason.strip()}",
        announced=planned.announced,
        place=planned.place,
        planned=step,
    )
    return _write_visit(by, visit, planned, post=_post_of(by, planned.post), at=at, ended=label)


@act("record_visit")
def record_visit(*, by: Actor, visit: VisitWritten, at: datetime, post: UUID | None = None) -> UUID:
    """Record a visit, made or not, once for all the children it concerns; a planned one is over with it.

    It may be late, out of order, by a colleague who took over, or after the involvement ended. Refuses the
    future, a day before birth, a child with no outcome, one not seen with no reason, one of the planned visit
    who is left out, and what `write_entry` refuses (Working Together 2023, chapter 3).
    """
    planned = _waiting(visit.planned)
    headers = get_names(people=[child.person for child in visit.children])
    names = _names(headers)
    refuse_unless_told(visit.children, names, unborn=_unborn(headers), ways=AT_A_VISIT)
    if planned is not None:
        everybody = _names(get_names(people=planned.children))
        refuse_unless_all_of(planned.children, {child.person for child in visit.children}, everybody)
    return _write_visit(by, visit, planned, post=post, at=at)


def _waiting(step: UUID | None) -> PlannedVisitView | None:
    """The planned visit, while nobody has said how it went. One that a colleague ended first is left as it is."""
    if step is None:
        return None
    # Held until the end of the act: of two who record it at once, one ends it and both are recorded.
    found = Step.objects.select_for_update().filter(id=step, kind="visit").values_list("closed_at", flat=True)
    if not found:
        raise NotFound("There is no such planned visit among the work that you can see.")
    return get_planned(step) if found[0] is None else None


def _names(headers: Mapping[UUID, PersonName]) -> dict[UUID, str]:
    return {key: one.known_as or one.name for key, one in headers.items()}


def _unborn(headers: Mapping[UUID, PersonName]) -> Collection[UUID]:
    return {key for key, one in headers.items() if one.birth == "expected"}


def _post_of(by: Actor, planned: UUID) -> UUID | None:
    return planned if planned in by.posts else min(by.posts, default=None)


def _write_visit(
    by: Actor,
    visit: VisitWritten,
    planned: PlannedVisitView | None,
    *,
    post: UUID | None,
    at: datetime,
    ended: str = "Recorded",
) -> UUID:
    _refuse_over_long(visit)
    _refuse_pictures_kept_to_some(visit.children)
    concerned = [*_concerned(visit.children), *(Concerned(adult, "adult") for adult in visit.adults)]
    narrative = Words(visit.text.strip() or _said_by_outcomes(visit.children), tuple(one.person for one in concerned))
    written = Written(
        concerned=tuple(concerned),
        words=(narrative, *visit.paragraphs, *_childrens_words(visit.children)),
        occurred=visit.occurred,
        documents=tuple(dict.fromkeys((*visit.documents, *_pictures(visit.children)))),
        actions=visit.actions,
    )
    entry = write_with_actions(by, Entry.Kind.VISIT, written, post, at)
    Visit.objects.create(
        entry_id=entry,
        planned_id=visit.planned,
        announced=visit.announced,
        place=visit.place,
        present=visit.present.strip(),
        sleeping=visit.sleeping,
        late_because=visit.late_because.strip(),
    )
    _keep_each_childs_own(entry, visit.children)
    if planned is not None:
        late = visit.late_because.strip()
        # Of a child who was to be visited too, and is closed to whoever records, it is still to be said.
        finish_for(by=by, step=planned.step, children=planned.children, closed_by=entry, outcome=ended,
                   late_because=late, at=at)  # fmt: skip
    return entry


def _refuse_pictures_kept_to_some(children: Sequence[ChildSeen]) -> None:
    """A picture is read with the whole entry: one that a child wished only some to see would be seen by all."""
    if any(child.kept_to and child.words_documents for child in children):
        raise Refusal(
            "A picture can be seen by everybody who reads this visit. Take it out, and say in words what was drawn: "
            "the words are kept to those whom the child named.",
            field="pictures",
        )


def _refuse_over_long(visit: VisitWritten) -> None:
    refuse_longer(visit.place, LONGEST_CODE, field="place", what="where the visit was")
    refuse_longer(visit.sleeping, LONGEST_CODE, field="sleeping", what="where the children sleep")
    refuse_longer(visit.late_because, LONGEST_REASON, field="late_because", what="why it was late")
    _refuse_over_long_of_each(visit.children)


def _refuse_over_long_of_each(children: Sequence[ChildSeen]) -> None:
    for child in children:
        refuse_longer(child.reason, LONGEST_REASON, field=f"reason-{child.person}", what="the reason")
        refuse_longer(child.reason_given_by, LONGEST_NAME, field=f"reason-{child.person}", what="who said so")
        refuse_longer(child.sleeping, LONGEST_REASON, field=f"sleeping-{child.person}", what="where the child sleeps")


def _concerned(children: Sequence[ChildSeen]) -> list[Concerned]:
    return [Concerned(child.person, "child", child.outcome) for child in children]


def _said_by_outcomes(children: Sequence[ChildSeen]) -> str:
    """Where no child was met, how it went says all that there is to say; else what happened must be written."""
    if any(child.outcome in MET or not child.outcome for child in children):
        return ""
    return ". ".join(dict.fromkeys(str(EntrySubject.Seen(child.outcome).label) for child in children))


def _childrens_words(children: Sequence[ChildSeen]) -> list[Words]:
    return [
        Words(
            child.words,
            (child.person,),
            heading=CHILDS_WORDS,
            section=Section(child.section),
            kept_to=child.kept_to,
        )
        for child in children
        if child.words.strip()
    ]


def _pictures(children: Sequence[ChildSeen]) -> list[UUID]:
    return [document for child in children for document in child.words_documents]


def _keep_each_childs_own(entry: UUID, children: Sequence[ChildSeen]) -> None:
    VisitChild.objects.bulk_create(
        VisitChild(
            entry_id=entry,
            child_id=child.person,
            reason=child.reason.strip(),
            reason_given_by=child.reason_given_by.strip(),
            sleeping=child.sleeping.strip(),
        )
        for child in children
    )


@act("record_appointment")
def record_appointment(
    *,
    by: Actor,
    children: Sequence[ChildSeen],
    what: str,
    occurred: When,
    text: str,
    at: datetime,
    agency: UUID | None = None,
    post: UUID | None = None,
) -> UUID:
    """Record whether children were brought to an appointment, and whose it was.

    Refuses one that does not say what it was, and what `record_visit` refuses.
    """
    if not what.strip():
        raise Refusal("Enter what the appointment was.", field="what")
    refuse_longer(what, LONGEST_NAME, field="what", what="what it was")
    _refuse_over_long_of_each(children)
    headers = get_names(people=[child.person for child in children])
    refuse_unless_told(children, _names(headers), unborn=_unborn(headers), ways=AT_AN_APPOINTMENT)
    everybody = tuple(child.person for child in children)
    narrative = text.strip() or what.strip()
    written = Written(
        concerned=tuple(_concerned(children)),
        words=(Words(narrative, everybody), *_childrens_words(children)),
        occurred=occurred,
        documents=tuple(_pictures(children)),
    )
    entry = write_with_actions(by, Entry.Kind.APPOINTMENT, written, post, at, agency=agency)
    Appointment.objects.create(entry_id=entry, what=what.strip())
    _keep_each_childs_own(entry, children)
    return entry
