"""Writing in the living document: parts, and what was found. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from sightline.assessments.beginning import latest_number
from sightline.assessments.kinds import form_of
from sightline.assessments.models import AssessedChild, Factor, PartAbout, PartVersion, Round
from sightline.assessments.permissions import refuse_unless_may_assess
from sightline.assessments.reading_documents import NOT_THERE
from sightline.assessments.rules import Written, refuse_unless_asked, section_of
from sightline.assessments.voiding import void_signing
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack, Question
from sightline.record.models import Step


@act("write_part")
def write_part(
    *, by: Actor, assessment: UUID, key: str, child: UUID | None, text: str, base: int, at: datetime
) -> Written:
    """Write what one part says, over version `base`, the one that the page showed (0: nothing yet).

    Nothing is overwritten: the next version is added. If a colleague wrote it meanwhile, `Stale`
    carries both texts and neither is lost. Words that are the same as what stands change nothing.
    An edit of what is with a manager makes the sending void, keeps it in the history, and tells
    the manager; after the last signature the document simply goes on.
    Refuses a question that its kind of assessment does not ask, and words about one child under the family's.
    """
    refuse_unless_may_assess(by)
    pack, written = current_pack(at), _rounds_of(assessment)
    refuse_unless_asked(_question(pack, _kinds_of(written), key), child)
    _refuse_unless_theirs(assessment, child)
    rounds = _locked(one.step for one in written if one.closed_at is None)
    now = _standing(assessment, key, child)
    number = now.number if now else 0
    if now is not None and now.text == text.strip():
        return Written(number)
    if number != base:
        raise _stale(now.text if now else "", text)
    if now is None and latest_number(assessment, key, child):
        raise Refusal(
            "This part already says something that is not open to you. "
            "Ask your team manager to add it, or write it as a case note."
        )
    try:
        with transaction.atomic():
            _add_version(assessment, key, child, number + 1, text.strip(), replaced=now, by=by, at=at)
    except IntegrityError as lost_race:
        newer = _standing(assessment, key, child)
        raise _stale(newer.text if newer else "", text) from lost_race
    return Written(number + 1, voided=void_signing(rounds, child, assessment, by=by, at=at))


class _RoundNow(NamedTuple):
    step: UUID
    kind: str
    closed_at: datetime | None


def _rounds_of(assessment: UUID) -> list[_RoundNow]:
    rows = Round.objects.filter(assessment=assessment).order_by("began_at", "step")
    return [_RoundNow(*row) for row in rows.values_list("step", "kind", "step__closed_at")]


def _kinds_of(rounds: Sequence[_RoundNow]) -> list[str]:
    """Of which kinds its open rounds are; where none is open, of which the latest was."""
    return [one.kind for one in rounds if one.closed_at is None] or [one.kind for one in rounds[-1:]] or [""]


def _question(pack: Pack, kinds: Iterable[str], key: str) -> Question:
    """As the first of these kinds asks it that asks it at all. Refuses what none of them asks."""
    forms = [form_of(pack, kind) for kind in kinds]
    return next((form for form in forms if any(one.key == key for one in form.questions)), forms[0]).question(key)


def _refuse_unless_theirs(assessment: UUID, child: UUID | None) -> None:
    """Absent and hidden read alike."""
    children = list(AssessedChild.objects.filter(assessment=assessment, to_at=None).values_list("child", flat=True))
    if not children or (child is not None and child not in children):
        raise NotFound(NOT_THERE)
    touch(*(children if child is None else [child]))


def _open_rounds(assessment: UUID) -> list[UUID]:
    return _locked(one.step for one in _rounds_of(assessment) if one.closed_at is None)


def _locked(rounds: Iterable[UUID]) -> list[UUID]:
    """Locked, so that a manager who signs at this moment signs what is written before or after, and knows which."""
    steps = Step.objects.select_for_update().filter(id__in=list(rounds), closed_at=None).order_by("id")
    return [step.id for step in steps]


def _standing(assessment: UUID, key: str, child: UUID | None) -> PartVersion | None:
    return PartVersion.objects.filter(assessment=assessment, key=key, child=child, replaced_at=None).first()


def _stale(theirs: str, yours: str) -> Stale:
    return Stale(
        "Somebody wrote this part while you were writing it. Both texts are shown; "
        "keep the words you want from each, and save again.",
        theirs=theirs,
        yours=yours,
        field="text",
    )


def _add_version(
    assessment: UUID,
    key: str,
    child: UUID | None,
    number: int,
    text: str,
    *,
    replaced: PartVersion | None,
    by: Actor,
    at: datetime,
) -> None:
    if replaced is not None:
        PartVersion.objects.filter(id=replaced.id).update(replaced_at=at)
    part = PartVersion.objects.create(
        assessment_id=assessment, key=key, child_id=child, number=number, text=text, written_at=at, by=by.id
    )
    section = section_of(key)
    if child is not None:
        PartAbout.objects.create(part_id=part.id, person_id=child, section=section)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessments_write_about(%s, %s)", [part.id, str(section)])


@act("mark_factors")
def mark_factors(*, by: Actor, assessment: UUID, child: UUID, codes: Iterable[str], at: datetime) -> bool:
    """Say what was found in one child's life, by the census's codes: all of them, and no others.

    A worker marks them; nothing is worked out. What was marked before stays in the history. Returns
    whether a sign-off went void. Refuses a code that the list in force does not have.
    Children in Need census: factors identified at the end of assessment.
    """
    refuse_unless_may_assess(by)
    _refuse_unless_theirs(assessment, child)
    wanted = set(codes)
    known = {option.code for option in current_pack(at).list("assessment_factor").options}
    if wanted - known:
        raise Refusal("Choose from the list what was found.", field="factors")
    rounds = _open_rounds(assessment)
    marked = Factor.objects.filter(assessment=assessment, child=child, removed_at=None)
    before = set(marked.values_list("code", flat=True))
    if before == wanted:
        return False
    marked.filter(code__in=before - wanted).update(removed_at=at)
    Factor.objects.bulk_create(
        Factor(assessment_id=assessment, child_id=child, code=code, marked_at=at, by=by.id)
        for code in sorted(wanted - before)
    )
    return void_signing(rounds, child, assessment, by=by, at=at)
