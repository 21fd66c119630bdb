"""Reading the agencies, and how far each message got. Messages are read under the row policies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from sightline.kernel.errors import NotFound
from sightline.partnership.models import Agency, AgencyPost, Message, Reply
from sightline.partnership.rules import Moments, state_of
from sightline.practice.queries import letter
from sightline.practice.rules import fill


@dataclass(frozen=True)
class MessageLine:
    """A message in a list. `to` is the recipient's post and agency; `status` is in words."""

    id: UUID
    kind: str
    kind_label: str
    means: str
    to: str
    agency_post: UUID | None
    subject: UUID
    text: str
    sent_by: UUID
    sent_by_post: UUID
    composed_at: datetime
    acknowledged_at: datetime | None
    acknowledged_how: str
    open_by: datetime | None
    status: str
    replies: int


def list_agencies(*, kind: str | None = None) -> list[Agency]:
    """Agencies by name."""
    agencies = Agency.objects.order_by("name")
    return list(agencies.filter(kind=kind) if kind else agencies)


def list_agency_posts(*, kind: str | None = None, agency: UUID | None = None) -> list[AgencyPost]:
    """Posts by agency and title, each with its agency; of one kind of agency, or of one agency."""
    posts = AgencyPost.objects.select_related("agency").order_by("agency__name", "title")
    if kind:
        posts = posts.filter(agency__kind=kind)
    return list(posts.filter(agency=agency) if agency else posts)


def get_agency_post(key: str | UUID) -> AgencyPost:
    """One post with its agency, by its key word or its id."""
    posts = AgencyPost.objects.select_related("agency")
    found = (posts.filter(id=key) if isinstance(key, UUID) else posts.filter(key=key)).first()
    if found is None:
        raise NotFound("There is no such post at an agency. Choose one from the list.")
    return found


def get_message(message: UUID) -> MessageLine:
    """One message. Absent and hidden read alike."""
    found = _lines(Message.objects.filter(id=message))
    if not found:
        raise NotFound("There is no such message. Go back to the record and choose it there.")
    return found[0]


def get_message_status(message: UUID) -> str:
    """How far a message got, in words."""
    return get_message(message).status


def list_messages(subject: UUID) -> list[MessageLine]:
    """Everything told or asked about one thing (a contact, a check), oldest first."""
    return list_messages_of([subject]).get(subject, [])


def list_messages_of(subjects: Iterable[UUID]) -> dict[UUID, list[MessageLine]]:
    """The same for several, in one query."""
    found: dict[UUID, list[MessageLine]] = {}
    for line in _lines(Message.objects.filter(subject__in=list(subjects))):
        found.setdefault(line.subject, []).append(line)
    return found


def describe_messages(messages: Iterable[UUID]) -> dict[UUID, MessageLine]:
    """These messages by their keys, as far as the reader may see them, in one query."""
    return {line.id: line for line in _lines(Message.objects.filter(id__in=list(messages)))}


def list_waiting(posts: Iterable[UUID], *, limit: int = 100) -> list[MessageLine]:
    """What these posts sent to agencies and nobody has acknowledged, oldest first."""
    return _lines(
        Message.objects.filter(sent_by_post__in=list(posts), acknowledged_at=None, agency_post__isnull=False),
        limit=limit,
    )


def list_replies(message: UUID) -> list[Reply]:
    """What the recipient wrote back, oldest first."""
    return list(Reply.objects.filter(message=message).order_by("at"))


def list_replies_of(messages: Iterable[UUID]) -> list[Reply]:
    """The same for several messages, in one query."""
    return list(Reply.objects.filter(message__in=list(messages)).order_by("at"))


def draft_public_acknowledgement(*, received: str, ring: str, at: datetime) -> str:
    """The only words that a member of the public is sent: `received` is a day, `ring` a number."""
    return fill(letter("acknowledgement.public", at=at), {"received": received, "ring": ring}).body


def list_overdue(*, at: datetime) -> list[UUID]:
    """Messages that must come back to their senders. Keys only: the clock sees nothing else."""
    return _keys("SELECT partnership_overdue(%s)", [at])


def list_untold_replies() -> list[UUID]:
    """Replies of which the sender's post has not been told."""
    return _keys("SELECT partnership_untold_replies()", [])


def _keys(statement: str, values: list[datetime]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _lines(messages: QuerySet[Message], limit: int = 500) -> list[MessageLine]:
    found = (
        messages.select_related("agency_post__agency").annotate(reply_count=Count("replies")).order_by("composed_at")
    )
    return [_line(message, replies=message.reply_count) for message in found[:limit]]


def _line(message: Message, *, replies: int) -> MessageLine:
    post = message.agency_post
    return MessageLine(
        id=message.id,
        kind=message.kind,
        kind_label=message.get_kind_display(),
        means=message.means,
        to=f"{post.title}, {post.agency.name}" if post else "A member of the public",
        agency_post=message.agency_post_id,
        subject=message.subject,
        text=message.text,
        sent_by=message.sent_by,
        sent_by_post=message.sent_by_post,
        composed_at=message.composed_at,
        acknowledged_at=message.acknowledged_at,
        acknowledged_how=message.acknowledged_how,
        open_by=message.open_by,
        status=_status(message),
        replies=replies,
    )


def _status(message: Message) -> str:
    return state_of(
        Moments(
            means=message.means,
            sent_at=message.sent_at,
            delivered_at=message.delivered_at,
            acknowledged_at=message.acknowledged_at,
            silent_at=message.silent_at,
            manager_told_at=message.manager_told_at,
            failure=message.failure,
        )
    )
