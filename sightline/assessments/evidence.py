"""Keeping of whom evidence was asked for a round, of whom not and why. Part of this room's operations.

The letter, its link and its clock are `journeys/ask_evidence.py`'s; what comes back by the link is
written by the steward (migration 0003), since nobody of ours acts then.
"""

from datetime import datetime
from uuid import UUID

from sightline.assessments.models import EvidenceRequest
from sightline.assessments.reading_evidence import get_evidence_request
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.record.models import Step

LONGEST_REASON = 300


def take_turns(round: UUID) -> None:  # noqa: A002 (the field's noun)
    """Two who ask for one round at once wait for each other, and the second sees whom the first has asked."""
    Step.objects.select_for_update().filter(id=round).first()


@act("keep_request")
def keep_request(
    *,
    by: Actor,
    round: UUID,  # noqa: A002 (the field's noun)
    agency_post: UUID,
    name: str,
    question: str,
    message: UUID,
    step: UUID,
    at: datetime,
) -> UUID:
    """Keep that a professional was asked. Whoever was left out before, or was silent, is asked by the same row.

    A post that has answered for this round, or that can still answer, is refused by `ask_for_evidence`
    before anything is written.
    """
    row = EvidenceRequest.objects.filter(round=round, agency_post=agency_post).first()
    values = {
        "name": name.strip(),
        "question": question.strip(),
        "message": message,
        "step_id": step,
        "asked_at": at,
        "not_asked_because": "",
        "by": by.id,
    }
    if row is not None:
        EvidenceRequest.objects.filter(id=row.id, answered_at=None).update(**values)
        return row.id
    made = EvidenceRequest(id=new_id(), round_id=round, agency_post_id=agency_post, **values)
    made.save(force_insert=True)
    return made.id


@act("keep_not_asked")
def keep_not_asked(*, by: Actor, round: UUID, agency_post: UUID, because: str, at: datetime) -> UUID:  # noqa: A002 (the field's noun)
    """Keep that a professional who was proposed is not asked, and why. Refuses a blank reason, and one who was."""
    if not because.strip():
        raise Refusal("Say why they are not asked.", field="because")
    if len(because.strip()) > LONGEST_REASON:
        raise Refusal(f"Keep the reason to {LONGEST_REASON} characters.", field="because")
    row = EvidenceRequest.objects.filter(round=round, agency_post=agency_post).first()
    if row is not None and row.asked_at is not None:
        raise Refusal("They were asked already. The list shows how far it got.", field="because")
    if row is not None:
        EvidenceRequest.objects.filter(id=row.id).update(not_asked_because=because.strip(), by=by.id)
        return row.id
    made = EvidenceRequest(
        id=new_id(),
        round_id=round,
        agency_post_id=agency_post,
        not_asked_because=because.strip(),
        by=by.id,
    )
    made.save(force_insert=True)
    return made.id


@act("note_answer")
def note_answer(*, by: Actor, request: UUID, entry: UUID, at: datetime) -> None:
    """The first answer of a professional is the entry that their request points to; what is added stands beside it."""
    found = get_evidence_request(request)
    EvidenceRequest.objects.filter(id=found.id, answer=None).update(answered_at=at, answer=entry)
    touch(request=str(request))
