"""Of whom evidence was asked for a round, and what came of it. Part of this room's queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.assessments.models import EvidenceRequest
from sightline.kernel.errors import NotFound
from sightline.partnership.queries import MessageLine, describe_messages, is_closed


@dataclass(frozen=True)
class EvidenceView:
    """One professional: asked, and how far that got; or not asked, and why.

    `opened_at` is when the letter was opened or heard, `came_back` says that nobody did in time, or that it
    could not be delivered: it may be asked again. `answers` counts what came by the link, with additions;
    `gave_up` is how the waiting ended without an answer, in words, empty while it goes on.
    """

    id: UUID
    round: UUID
    agency_post: UUID
    title: str
    agency: str
    closed: bool
    name: str
    question: str
    asked_at: datetime | None
    due_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None
    answer: UUID | None
    answers: int
    came_back: bool
    gave_up: str
    not_asked_because: str
    message: UUID | None
    step: UUID | None
    message_status: str
    by: UUID

    @property
    def waiting(self) -> bool:
        """Asked, and neither answered nor given up."""
        return self.asked_at is not None and self.answered_at is None and not self.gave_up


def list_evidence(round: UUID) -> list[EvidenceView]:  # noqa: A002 (the field's noun)
    """Everybody of whom evidence was asked for a round, in the order asked, then who was not; in two queries."""
    rows = list(EvidenceRequest.objects.filter(round=round).select_related("agency_post__agency", "step"))
    rows.sort(key=lambda row: (row.asked_at is None, row.asked_at, row.agency_post.agency.name))
    sent = describe_messages(row.message for row in rows if row.message)
    return [_view(row, sent) for row in rows]


def get_evidence_request(request: UUID) -> EvidenceRequest:
    """One request with its post. Absent and hidden read alike."""
    found = EvidenceRequest.objects.select_related("agency_post__agency").filter(id=request).first()
    if found is None:
        raise NotFound("There is no such request among the assessments that you can see.")
    return found


def _view(row: EvidenceRequest, sent: Mapping[UUID, MessageLine]) -> EvidenceView:
    post, step = row.agency_post, row.step
    line = sent.get(row.message) if row.message else None
    ended = step is not None and step.closed_at is not None and row.answered_at is None
    return EvidenceView(
        id=row.id,
        round=row.round_id,
        agency_post=post.id,
        title=post.title,
        agency=post.agency.name,
        closed=is_closed(post),
        name=row.name,
        question=row.question,
        asked_at=row.asked_at,
        due_at=step.due_at if step else None,
        opened_at=line.acknowledged_at if line else None,
        answered_at=row.answered_at,
        answer=row.answer_id,
        answers=line.replies if line else 0,
        came_back=bool(line and line.returned),
        gave_up=(step.outcome or "closed without an answer") if step and ended else "",
        not_asked_because=row.not_asked_because,
        message=row.message,
        step=row.step_id,
        message_status=line.status if line else "",
        by=row.by,
    )


def evidence_status(view: EvidenceView) -> str:
    """Where it stands, in the words of a page. The first that holds, in this order."""
    in_order = (
        (view.not_asked_because and view.asked_at is None, f"Not asked: {view.not_asked_because}"),
        (view.answered_at and view.answers > 1, f"Answered, and added to ({view.answers} answers)"),
        (view.answered_at, "Answered"),
        (view.gave_up, f"Did not answer: {view.gave_up}"),
        (view.came_back and view.closed, "Did not answer: the post has closed, and the request came back"),
        (view.came_back and view.message_status.startswith("could not"), f"Did not answer: {view.message_status}"),
        (view.came_back, "Did not answer: nobody opened the request, and it came back"),
        (view.opened_at, "Opened, and not answered"),
        (True, "Asked, and not opened"),
    )
    return next(words for holds, words in in_order if holds)
