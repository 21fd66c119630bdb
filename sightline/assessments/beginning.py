"""Beginning a round on the children's living document, which is never begun from nothing. Part of operations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from sightline.assessments.kinds import kind_in
from sightline.assessments.models import (
    AssessedChild,
    Assessment,
    Factor,
    PartAbout,
    PartVersion,
    Round,
    RoundChild,
    Turn,
)
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.voiding import void_signing
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.models import Step
from sightline.record.permissions import refuse_unless_may_write

STEP = "assessment"
LONGEST_WHY = 500


@dataclass(frozen=True)
class _Standing:
    """A child's place in a living document, and whether a round of that document is open."""

    assessment: UUID
    begun_at: datetime
    being_assessed: bool


@act("begin_round")
def begin_round(
    *,
    by: Actor,
    children: Iterable[UUID],
    started_on: date,
    step: UUID,
    at: datetime,
    why: str = "",
    kind: str = "",
) -> UUID:
    """Assess these children, from `started_on`, for an open step of kind "assessment". Returns the document.

    Goes on from the children's living document, and makes one only where none of them has any. A
    child who comes from another document brings their own parts and what was found in their life,
    marked as carried; what was written for that family comes along where this document says
    nothing. A step that has its round already goes on in it, with any child who is new, and the new
    why stands in its history. `kind` is the practice pack's, and the kind that a referral begins
    where none is given or the pack in force has no such kind.

    Refuses children whom the worker may not see, and two documents that are both being assessed.
    Children Act 1989, section 17; Working Together 2023, chapter 3. How long it may take is the
    pack's own rule, by which its step is due.
    """
    refuse_unless_may_assess(by)
    wanted = list(dict.fromkeys(children))
    _refuse_unsound(wanted, started_on, at)
    refuse_longer(why, LONGEST_WHY, field="why", what="why it is asked for")
    refuse_unless_may_write(by, wanted)
    _lock(step)
    found = Round.objects.filter(step_id=step).first()
    assessment = _document_for(wanted, found.assessment_id if found else None, by=by, at=at)
    if found is None:
        Round.objects.create(
            step_id=step, assessment_id=assessment, started_on=started_on, began_at=at, why=why.strip(),
            kind=kind_in(current_pack(at), kind).key,
        )  # fmt: skip
    _assess_in(step, wanted, assessment, by=by, at=at)
    if found is not None and why.strip() and why.strip() != found.why:
        # After what a child who is new made void, so that the history reads in the order it happened.
        Turn.objects.create(round_id=step, kind=Turn.Kind.GONE_ON, at=at, by=by.id, words=why.strip())
    touch(*wanted)
    return assessment


def _assess_in(step: UUID, children: Sequence[UUID], assessment: UUID, *, by: Actor, at: datetime) -> None:
    """What was sent to a manager was about fewer children than are assessed now."""
    there = set(RoundChild.objects.filter(round=step).values_list("child", flat=True))
    new = [child for child in children if child not in there]
    if new and there:
        void_signing([step], None, assessment, by=by, at=at)
    RoundChild.objects.bulk_create(RoundChild(round_id=step, child_id=child) for child in new)


def _refuse_unsound(children: Sequence[UUID], started_on: date, at: datetime) -> None:
    if not children:
        raise Refusal("Choose at least one child to assess.", field="children")
    if started_on > local_day(at):
        raise Refusal("That day has not come yet. Check when this assessment was asked for.", field="started_on")
    if any(one.kind != "child" for one in get_names(people=children).values()):
        raise Refusal("Children are assessed. Write about the adults around them in the parts.", field="children")


def _lock(step: UUID) -> None:
    """Two workers who begin the same one wait for each other, and the second goes on in it."""
    found = Step.objects.select_for_update().filter(id=step, kind=STEP).first()
    if found is None:
        raise Refusal("There is no assessment owed here that you can see. Begin one from the child's record.")
    if found.closed_at is not None:
        raise Refusal("That assessment was signed or ended. Begin the next one from the child's record.")


def _document_for(children: Sequence[UUID], own: UUID | None, *, by: Actor, at: datetime) -> UUID:
    """The document with all of these children in it."""
    try:
        with transaction.atomic():
            return _gather(children, own, by=by, at=at)
    except IntegrityError:
        # A colleague began with one of these children at the same moment: theirs is there now, and we go on in it.
        return _gather(children, own, by=by, at=at)


def _gather(children: Sequence[UUID], own: UUID | None, *, by: Actor, at: datetime) -> UUID:
    standing = _standing_of(children)
    target = own or _chosen(children, standing) or _new_document(by, at)
    _refuse_two_at_once([child for child, one in standing.items() if one.being_assessed and one.assessment != target])
    for child in children:
        before = standing.get(child)
        if before is not None and before.assessment == target:
            continue
        if before is not None:
            AssessedChild.objects.filter(child=child, assessment=before.assessment, to_at=None).update(to_at=at)
        AssessedChild.objects.create(assessment_id=target, child_id=child, from_at=at)
        if before is not None:
            _carry(child, before.assessment, target, by=by, at=at)
    return target


def _standing_of(children: Sequence[UUID]) -> dict[UUID, _Standing]:
    rows = AssessedChild.objects.filter(child__in=children, to_at=None).select_related("assessment")
    found = list(rows.order_by("from_at"))
    being_assessed = set(
        RoundChild.objects.filter(child__in=children, round__step__closed_at=None).values_list("child", flat=True)
    )
    return {
        row.child_id: _Standing(row.assessment_id, row.assessment.begun_at, row.child_id in being_assessed)
        for row in found
    }


def _chosen(children: Sequence[UUID], standing: Mapping[UUID, _Standing]) -> UUID | None:
    """One that is being assessed, else that of most of the children, else the oldest."""
    counted = [one.assessment for one in standing.values()]
    ranked = sorted(
        standing.values(), key=lambda one: (not one.being_assessed, -counted.count(one.assessment), one.begun_at)
    )
    return ranked[0].assessment if ranked else None


def _refuse_two_at_once(children: Sequence[UUID]) -> None:
    """A child whose parts moved away in the middle would be signed without them."""
    if not children:
        return
    names = " and ".join(one.name for one in get_names(people=children).values())
    raise Refusal(
        f"Another assessment that is open has {names} in it. "
        "Go on there, or have that one signed first: what is written is kept either way.",
        field="children",
    )


def _new_document(by: Actor, at: datetime) -> UUID:
    return Assessment.objects.create(begun_at=at, begun_by=by.id).id


def _carry(child: UUID, source: UUID, target: UUID, *, by: Actor, at: datetime) -> None:
    """What was written about a child comes along, as it was written; the other document keeps it too."""
    said = PartVersion.objects.filter(assessment=source, replaced_at=None).exclude(text="")
    about = PartAbout.objects.filter(part__assessment=source, part__replaced_at=None, person=child)
    sections = dict(about.values_list("part", "section"))
    taken = set(PartVersion.objects.filter(assessment=target, child=None).values_list("key", flat=True))
    for old in said.order_by("id"):
        own = old.child_id == child
        for_family = old.child_id is None and old.id in sections and old.key not in taken
        if own or (for_family and not latest_number(target, old.key, None)):
            _carry_part(old, target, child, section=sections.get(old.id, "ordinary"), at=at)
    _carry_factors(child, source, target, by=by, at=at)


def _carry_part(old: PartVersion, target: UUID, child: UUID, *, section: str, at: datetime) -> None:
    here = PartVersion.objects.filter(assessment=target, key=old.key, child=old.child_id, replaced_at=None)
    here.update(replaced_at=at)
    part = PartVersion.objects.create(
        id=new_id(),
        assessment_id=target,
        key=old.key,
        child_id=old.child_id,
        number=latest_number(target, old.key, old.child_id) + 1,
        text=old.text,
        written_at=old.written_at,
        by=old.by,
        carried_from_id=old.id,
    )
    PartAbout.objects.create(part_id=part.id, person_id=child, section=section)


def _carry_factors(child: UUID, source: UUID, target: UUID, *, by: Actor, at: datetime) -> None:
    marked = Factor.objects.filter(assessment=source, child=child, removed_at=None)
    codes = list(marked.values_list("code", flat=True))
    marked.update(removed_at=at)
    Factor.objects.bulk_create(
        Factor(assessment_id=target, child_id=child, code=code, marked_at=at, by=by.id) for code in codes
    )


def latest_number(assessment: UUID, key: str, child: UUID | None) -> int:
    """How often a part was written, also where what it says is closed to whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessments_latest_number(%s, %s, %s)", [assessment, key, child])
        return int(cursor.fetchone()[0])
