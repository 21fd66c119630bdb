"""Keeping agencies, writing to them, and hearing what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.jobs import after_commit
from sightline.kernel.dates import local_day
from sightline.kernel.errors import NotFound, Refusal
from sightline.partnership import jobs, keys, permissions
from sightline.partnership.agencies import add_agency, add_agency_post, close_agency, close_agency_post
from sightline.partnership.ending import end_links, has_ended
from sightline.partnership.involvements import end_involvement, involve
from sightline.partnership.models import AgencyPost, Key, Message, MessageAbout
from sightline.partnership.rules import LINK_LIVES, code_hash, is_letter, link_hash
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.practice.spec import Pack

__all__ = [
    "Answered",
    "Composed",
    "MessageGiven",
    "Returned",
    "add_agency",
    "add_agency_post",
    "close_agency",
    "close_agency_post",
    "compose_message",
    "compose_messages",
    "end_involvement",
    "end_links",
    "involve",
    "print_link",
    "read_out_code",
    "record_call",
    "record_posting",
    "return_to_sender",
    "take_reply",
]


LOCKED = frozenset({Message.Means.LINK, Message.Means.BY_HAND})
"""Means by which a message has a link and a code."""


@dataclass(frozen=True)
class Composed:
    """What was written. For a link: its token, and the code that is told another way."""

    message: UUID
    link_token: str = ""
    code: str = ""


@dataclass(frozen=True)
class Returned:
    """A message that came back: to which post, because it failed or because nobody opened it."""

    message: UUID
    post: UUID
    failed: bool


@dataclass(frozen=True)
class Answered:
    """A reply of which the sender's post is to be told."""

    message: UUID
    post: UUID
    challenge: bool


@dataclass(frozen=True)
class MessageGiven:
    """One message of several that are written together; the fields are those of `compose_message`."""

    kind: str
    means: str
    agency_post: UUID | None
    subject: UUID
    text: str
    about: tuple[UUID, ...]
    post: UUID
    ring: str = ""
    to_person: UUID | None = None


# --- messages -----------------------------------------------------------------------------------


@act("compose_message")
def compose_message(
    *,
    by: Actor,
    kind: str,
    means: str,
    agency_post: UUID | None,
    subject: UUID,
    text: str,
    about: Iterable[UUID],
    post: UUID,
    at: datetime,
    ring: str = "",
    to_person: UUID | None = None,
) -> Composed:
    """Write to an agency's post, or acknowledge to a member of the public (`agency_post` is None).

    Somebody of the family is given a link by hand or in a letter (`means` is "by_hand"), for a meeting and
    for nothing else; `to_person` says who, where they are on the register. Nothing goes by e-mail then.

    `subject` is what it answers (a contact, a check), `about` whom it is about, `post` where its
    answer or its silence comes back to, `ring` whom the recipient may ring. A link is sent by
    e-mail after this commits; a call and a letter are recorded when they are made. What nobody
    has opened or heard in time (`feedback.silence`) comes back.

    Refused: a blank text; a post without an address; to a member of the public, anything but the
    acknowledgement's own words (Working Together 2023, chapter 3, asks for feedback to
    professionals; nobody else is told about a family).
    """
    people = list(dict.fromkeys(about))
    permissions.refuse_unless_may_send(by, people)
    given = MessageGiven(kind, means, agency_post, subject, text, tuple(people), post, ring, to_person)
    composed = _compose(by, [given], at)[0]
    touch(*people, message=str(composed.message), kind=kind, means=means)
    return composed


@act("compose_messages")
def compose_messages(*, by: Actor, given: Sequence[MessageGiven], at: datetime) -> list[Composed]:
    """Write several messages, each as `compose_message` would, in as many queries as one. In that order.

    Refuses what `compose_message` does, and then writes none of them.
    """
    people = list(dict.fromkeys(person for one in given for person in one.about))
    permissions.refuse_unless_may_send(by, people)
    composed = _compose(by, given, at) if given else []
    touch(*people, messages=[str(one.message) for one in composed])
    return composed


def _compose(by: Actor, given: Sequence[MessageGiven], at: datetime) -> list[Composed]:
    for one in given:
        if not one.text.strip():
            raise Refusal("Write the message before it is sent.", field="text")
        if len(one.ring) > 120:
            raise Refusal("Say in up to 120 characters whom the recipient may ring: a team and a number.", field="ring")
    pack = current_pack(at)
    keys_of = [one.agency_post for one in given if one.agency_post and one.means != Message.Means.BY_HAND]
    posts = {row.id: row for row in AgencyPost.objects.filter(id__in=keys_of).select_related("agency")}
    for one in given:
        if one.means == Message.Means.BY_HAND:
            _refuse_unless_for_family(one.kind, one.agency_post)
        elif one.agency_post is None:
            _refuse_unless_public_acknowledgement(pack, one.kind, one.means, one.text)
        else:
            _refuse_unless_reachable(posts.get(one.agency_post), one.means)
    made = Message.objects.bulk_create(_message(by, one, pack, at) for one in given)
    MessageAbout.objects.bulk_create(
        MessageAbout(message_id=message.id, person=person)
        for message, one in zip(made, given, strict=True)
        for person in dict.fromkeys(one.about)
    )
    for message in made:
        if message.means in LOCKED and message.means != Message.Means.BY_HAND:
            after_commit(jobs.send_message, message=message.id, actor=by.id)
    _lock([message.id for message in made if message.means in LOCKED], at)
    return [_composed(message) for message in made]


def _message(by: Actor, given: MessageGiven, pack: Pack, at: datetime) -> Message:
    by_hand = given.means == Message.Means.BY_HAND
    silence = due_from(pack.timescale("feedback.silence", local_day(at)), at)
    return Message(
        kind=Message.Kind(given.kind),
        means=Message.Means(given.means),
        agency_post_id=given.agency_post,
        to_person=given.to_person if by_hand else None,
        subject=given.subject,
        text=given.text.strip(),
        sent_by=by.id,
        sent_by_post=given.post,
        composed_at=at,
        ring=given.ring.strip(),
        open_by=None if given.agency_post is None and not by_hand else silence,
    )


def _lock(messages: Iterable[UUID], at: datetime) -> None:
    each = [(message, keys.link_of(message), keys.code_of(message)) for message in messages]
    Key.objects.bulk_create(
        Key(message_id=message, link_hash=link_hash(link), code_hash=code_hash(link, code), expires_at=at + LINK_LIVES)
        for message, link, code in each
    )


def _composed(message: Message) -> Composed:
    if message.means not in LOCKED:
        return Composed(message.id)
    return Composed(message.id, keys.link_of(message.id), keys.code_of(message.id))


def _refuse_unless_for_family(kind: str, agency_post: UUID | None) -> None:
    if agency_post is not None or kind not in {Message.Kind.INVITATION, Message.Kind.MEETING}:
        raise Refusal(
            "A link is given by hand only to somebody of the family, for a meeting. Choose another way.", field="means"
        )


def _refuse_unless_public_acknowledgement(pack: Pack, kind: str, means: str, text: str) -> None:
    if kind != Message.Kind.ACKNOWLEDGEMENT:
        raise Refusal(
            "Choose the post at the agency that this goes to. "
            "A member of the public is told only that we have what they told us.",
            field="agency_post",
        )
    template = pack.letter("acknowledgement.public").body.in_language("en")
    if means == Message.Means.LINK:
        raise Refusal("A member of the public is written to by letter or rung. Choose one of those.", field="means")
    if not is_letter(text, template):
        raise Refusal(
            "A member of the public is told only that we have what they told us. Use the acknowledgement as it stands.",
            field="text",
        )


def _refuse_unless_reachable(found: AgencyPost | None, means: str) -> None:
    if found is None:
        raise NotFound("There is no such post at an agency. Choose one from the list.", field="agency_post")
    if means != Message.Means.CALL and (found.closed_on or found.agency.closed_on):
        raise Refusal(
            f"{found.title} at {found.agency.name} has closed. Choose another post, or ring whoever knows the family "
            "now and record the call.",
            field="agency_post",
        )
    if means == Message.Means.LINK and not found.email:
        raise Refusal(
            f"{found.title} at {found.agency.name} has no e-mail address. Add one, or ring them and record the call.",
            field="agency_post",
        )


@act("read_out_code")
def read_out_code(*, by: Actor, message: UUID, at: datetime) -> str:
    """The second code again, for whoever rings for it. Only a sender's own message; the audit keeps that."""
    _refuse_unless_own_key(by, message, at)
    return keys.code_of(message)


@act("print_link")
def print_link(*, by: Actor, message: UUID, at: datetime) -> Composed:
    """The link and the code again of what is given by hand, to be printed. Only a sender's own."""
    if _refuse_unless_own_key(by, message, at).means != Message.Means.BY_HAND:
        raise NotFound("This message is no letter that you can print. Ask whoever sent it.")
    return Composed(message, keys.link_of(message), keys.code_of(message))


def _refuse_unless_own_key(by: Actor, message: UUID, at: datetime) -> Message:
    found = _visible(message)
    permissions.refuse_unless_may_send(by, [])
    if found.means not in LOCKED or (found.sent_by != by.id and found.sent_by_post not in by.posts):
        raise NotFound("This message has no code that you can read out. Ask whoever sent it.")
    if has_ended(message, at):
        raise Refusal("The link of this message has ended and opens nothing. Write to them again where they may be.")
    touch(*found.about.values_list("person", flat=True), message=str(message))
    return found


@act("record_call")
def record_call(*, by: Actor, message: UUID, how: str, at: datetime) -> None:
    """The message was heard in a call: `how` says who heard it and what they said back."""
    found = _visible(message)
    permissions.refuse_unless_may_send(by, [])
    if not how.strip():
        raise Refusal("Say who was rung and what they said back.", field="how")
    if len(how) > 300:
        raise Refusal("Keep the words about the call to 300 characters; the rest goes in a case note.", field="how")
    if found.acknowledged_at:
        raise Refusal("This message was already acknowledged. There is nothing to record.")
    Message.objects.filter(id=message, acknowledged_at=None).update(
        sent_at=found.sent_at or at,
        delivered_at=found.delivered_at or at,
        acknowledged_at=at,
        acknowledged_how=how.strip(),
    )
    touch(*found.about.values_list("person", flat=True), message=str(message))


@act("record_posting")
def record_posting(*, by: Actor, message: UUID, at: datetime) -> None:
    """A letter went into the post, or was given by hand."""
    found = _visible(message)
    permissions.refuse_unless_may_send(by, [])
    if found.means not in {Message.Means.LETTER, Message.Means.BY_HAND} or found.sent_at:
        raise Refusal("This is no letter that waits to be posted. Look at how the message was sent.")
    Message.objects.filter(id=message, sent_at=None).update(sent_at=at)
    touch(*found.about.values_list("person", flat=True), message=str(message))


def _visible(message: UUID) -> Message:
    found = Message.objects.filter(id=message).first()
    if found is None:
        raise NotFound("There is no such message. Go back to the record and choose it there.")
    return found


# --- what comes back, in the clock's name -------------------------------------------------------


@act("return_to_sender")
def return_to_sender(*, by: Actor, message: UUID, at: datetime) -> Returned | None:
    """A message that failed, or that nobody opened in time, comes back; the recipient's manager is
    written to after this commits. None when it no longer needs to come back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT post, failed, manager_to_tell FROM partnership_return(%s, %s)", [message, at])
        row = cursor.fetchone()
    if row is None:
        return None
    post, failed, manager_to_tell = row
    if manager_to_tell:
        after_commit(jobs.tell_manager, message=message, actor=by.id)
    touch(message=str(message), failed=failed)
    return Returned(message, post, failed)


@act("take_reply")
def take_reply(*, by: Actor, reply: UUID, at: datetime) -> Answered | None:
    """Mark a reply as told to the sender's post. None when it was told before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT message, post, kind FROM partnership_reply_told(%s, %s)", [reply, at])
        row = cursor.fetchone()
    if row is None:
        return None
    touch(message=str(row[0]), reply=str(reply))
    return Answered(row[0], row[1], row[2] == "challenge")
