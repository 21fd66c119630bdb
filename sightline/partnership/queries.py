"""Reading the agencies, and how far each message got. Messages are read under the row policies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.kernel.errors import NotFound
from sightline.partnership.models import Agency, AgencyPost, Involvement, Message, MessageAbout, Reply
from sightline.partnership.rules import LINK_LIVES, Moments, state_of
from sightline.practice.queries import letter
from sightline.practice.rules import fill


@dataclass(frozen=True)
class InvolvedView:
    """A professional who works with a child, or did until `to_on`. `closed`: the post or its agency is no more."""

    id: UUID
    child: UUID
    agency_post: UUID
    agency: str
    title: str
    name: str
    role: str
    from_on: date
    to_on: date | None
    recorded_at: datetime
    closed: bool


@dataclass(frozen=True)
class MessageLine:
    """A message in a list. `to` is the recipient's post and agency, "(closed)" where it is no more.

    `status` is in words; `returned` says that it came back to its sender and nobody has opened it since.
    """

    id: UUID
    kind: str
    kind_label: str
    means: str
    to: str
    agency_post: UUID | None
    to_person: UUID | None
    subject: UUID
    text: str
    sent_by: UUID
    sent_by_post: UUID
    composed_at: datetime
    acknowledged_at: datetime | None
    acknowledged_how: str
    open_by: datetime | None
    status: str
    returned: bool
    replies: int


def list_agencies(*, kind: str | None = None) -> list[Agency]:
    """Agencies by name."""
    agencies = Agency.objects.order_by("name")
    return list(agencies.filter(kind=kind) if kind else agencies)


def agency_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of agencies; no query where none is asked for."""
    return dict(Agency.objects.filter(id__in=list(dict.fromkeys(ids))).values_list("id", "name"))


def list_agency_posts(
    *, kind: str | None = None, agency: UUID | None = None, only_open: bool = False
) -> list[AgencyPost]:
    """Posts by agency and title, each with its agency; of one kind of agency, or of one agency.

    `only_open` leaves out what has closed: for choosing whom to write to.
    """
    posts = AgencyPost.objects.select_related("agency").order_by("agency__name", "title")
    if kind:
        posts = posts.filter(agency__kind=kind)
    if only_open:
        posts = posts.filter(closed_on=None, agency__closed_on=None)
    return list(posts.filter(agency=agency) if agency else posts)


def get_agency_post(key: str | UUID) -> AgencyPost:
    """One post with its agency, by its key word or its id."""
    posts = AgencyPost.objects.select_related("agency")
    found = (posts.filter(id=key) if isinstance(key, UUID) else posts.filter(key=key)).first()
    if found is None:
        raise NotFound("There is no such post at an agency. Choose one from the list.")
    return found


def describe_agency_posts(posts: Iterable[UUID]) -> dict[UUID, AgencyPost]:
    """These posts by their keys, each with its agency, in one query; closed ones too."""
    return {post.id: post for post in AgencyPost.objects.filter(id__in=list(posts)).select_related("agency")}


def list_involved(children: Iterable[UUID]) -> list[InvolvedView]:
    """Which professionals work with these children: those who still do first, then the latest that ended."""
    rows = Involvement.objects.filter(child__in=list(children)).select_related("agency_post__agency")
    # Two sorts, each stable: by agency within the newest, and what has ended after what has not.
    found = sorted(rows, key=lambda row: (row.agency_post.agency.name, row.agency_post.title))
    found.sort(key=lambda row: (row.to_on is not None, -(row.to_on or row.from_on).toordinal()))
    return [_involved(row) for row in found]


def get_involved(involvement: UUID) -> InvolvedView:
    """One of them. Absent and hidden read alike."""
    row = Involvement.objects.filter(id=involvement).select_related("agency_post__agency").first()
    if row is None:
        raise NotFound("Nobody of that name works with a child that you can see. Open the record again.")
    return _involved(row)


def _involved(row: Involvement) -> InvolvedView:
    post = row.agency_post
    return InvolvedView(
        id=row.id,
        child=row.child,
        agency_post=post.id,
        agency=post.agency.name,
        title=post.title,
        name=row.name,
        role=row.role,
        from_on=row.from_on,
        to_on=row.to_on,
        recorded_at=row.recorded_at,
        closed=is_closed(post),
    )


def is_closed(post: AgencyPost) -> bool:
    """Whether a post, or its whole agency, is no more. The post came with its agency."""
    return post.closed_on is not None or post.agency.closed_on is not None


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


def list_messages_about(people: Iterable[UUID]) -> list[MessageLine]:
    """Everything told or asked about any of these people, whatever it answers, oldest first."""
    about = MessageAbout.objects.filter(person__in=list(people)).values("message")
    return _lines(Message.objects.filter(id__in=about))


def describe_messages(messages: Iterable[UUID]) -> dict[UUID, MessageLine]:
    """These messages by their keys, as far as the reader may see them, in one query."""
    return {line.id: line for line in _lines(Message.objects.filter(id__in=list(messages)))}


def list_returned(messages: Iterable[UUID]) -> set[UUID]:
    """Those of these messages that nobody answered in time, as far as the reader may see them."""
    silent = Message.objects.filter(id__in=list(messages), silent_at__isnull=False, acknowledged_at=None)
    return set(silent.values_list("id", flat=True))


def list_waiting(posts: Iterable[UUID], *, at: datetime, limit: int = 100) -> list[MessageLine]:
    """What these posts sent to agencies, or gave to a family by hand, and nobody has acknowledged.

    Those whose link still opens come first, what has waited longest before the rest; then the others, latest first.
    """
    waiting, opens = _waiting(posts), at - LINK_LIVES
    # Each in the order of the index, so that the database stops at the last that is asked for.
    found = _lines(waiting.filter(composed_at__gt=opens), limit)
    if len(found) < limit:
        found += _lines(waiting.filter(composed_at__lte=opens), limit - len(found), order="-composed_at")
    return found


def count_waiting(posts: Iterable[UUID], *, most: int) -> int:
    """How many wait like that, counted as far as `most`."""
    return _waiting(posts)[:most].count()


def _waiting(posts: Iterable[UUID]) -> QuerySet[Message]:
    waiting = Message.objects.filter(sent_by_post__in=list(posts), acknowledged_at=None)
    return waiting.filter(Q(agency_post__isnull=False) | Q(means=Message.Means.BY_HAND))


def list_people_of(message: UUID) -> list[UUID]:
    """Whom a message is about, as far as the reader may see them; nobody where the message is hidden."""
    return list(MessageAbout.objects.filter(message=message).values_list("person", flat=True))


def list_replies(message: UUID) -> list[Reply]:
    """What the recipient wrote back, oldest first."""
    return list(Reply.objects.filter(message=message).order_by("at"))


def get_reply(reply: UUID) -> Reply:
    """One of them by its key. Absent and hidden read alike."""
    found = Reply.objects.filter(id=reply).first()
    if found is None:
        raise NotFound("There is no such answer. Go back to the message and choose it there.")
    return found


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


def _lines(messages: QuerySet[Message], limit: int = 500, order: str = "composed_at") -> list[MessageLine]:
    # Counted for what is shown alone: where the first hundred are asked for, the database looks no further.
    replies = Reply.objects.filter(message=OuterRef("pk")).order_by().values("message").annotate(n=Count("pk"))
    counted = Coalesce(Subquery(replies.values("n")), 0)
    found = messages.select_related("agency_post__agency").annotate(reply_count=counted).order_by(order)
    return [_line(message, replies=message.reply_count) for message in found[:limit]]


def _line(message: Message, *, replies: int) -> MessageLine:
    post = message.agency_post
    return MessageLine(
        id=message.id,
        kind=message.kind,
        kind_label=message.get_kind_display(),
        means=message.means,
        to=FAMILY if message.means == Message.Means.BY_HAND else _to(post),
        agency_post=message.agency_post_id,
        to_person=message.to_person,
        subject=message.subject,
        text=message.text,
        sent_by=message.sent_by,
        sent_by_post=message.sent_by_post,
        composed_at=message.composed_at,
        acknowledged_at=message.acknowledged_at,
        acknowledged_how=message.acknowledged_how,
        open_by=message.open_by,
        status=_status(message),
        returned=message.silent_at is not None and message.acknowledged_at is None,
        replies=replies,
    )


FAMILY = "Somebody of the family"
"""To whom a link is given by hand. Who it is, the meeting that they are asked to says."""


def _to(post: AgencyPost | None) -> str:
    if post is None:
        return "A member of the public"
    return f"{post.title}, {post.agency.name}" + (" (closed)" if is_closed(post) else "")


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
