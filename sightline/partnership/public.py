"""What the recipient of a message can do: open it with its link and its code, and answer.

They have no account, so nobody acts: the steward's functions compare the hashes and count wrong
codes. A refusal is given back and not raised, since a raised one would undo the count with the
transaction.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.doorway.acts import acting, deny
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id
from sightline.partnership.models import Reply
from sightline.partnership.rules import FOR_PLAN, LONGEST_REPLY, code_hash, link_hash, refusal_of, tidy_code


@dataclass(frozen=True)
class SentReply:
    """A reply that was sent before, as its writer sees it again."""

    kind: str
    text: str
    signed: str
    at: datetime


@dataclass(frozen=True)
class OpenedMessage:
    """A message as its recipient reads it. `ring` is whom to ring, and may be blank.

    Somebody of the family belongs to no agency: `agency` and `post_title` are blank then.
    """

    id: UUID
    kind: str
    text: str
    agency: str
    post_title: str
    composed_at: datetime
    ring: str
    replies: tuple[SentReply, ...]


def open_message(*, link_token: str, code: str, at: datetime) -> OpenedMessage | Refusal:
    """The message, or the refusal to show: wrong code (five lock it), locked, too old, no such link.

    The first right opening acknowledges the message. Opening is recorded as a look, without an actor.
    """
    with acting(None):
        said, message, kind, words, agency, title, composed, ring, about, replies = _ask(
            "SELECT * FROM partnership_open_message(%s, %s, %s)", [*_hashes(link_token, code), at]
        )
        if said != "open":
            return _refused("open_message", said, ring, at)
        record_event(
            kind=Event.Kind.LOOK,
            what="message",
            actor=None,
            at=at,
            people=about,
            because="recipient",
            facts={"message": str(message)},
        )
        return OpenedMessage(message, kind, words, agency, title, composed, ring, _sent(replies))


def reply_to_message(
    *,
    link_token: str,
    code: str,
    kind: str,
    text: str,
    signed: str,
    at: datetime,
    key: UUID | None = None,
    for_plan: str = "",
) -> UUID | Refusal:
    """Keep an answer or a challenge; its sender is told. `key` is the form's own: sent twice, kept once.

    `for_plan` is what the writer of a view for a conference would decide; of any other message it is not kept.
    """
    unfit = _unfit(kind, text, signed) or _unfit_choice(for_plan)
    if unfit:
        return unfit
    reply = key or new_id()
    with acting(None):
        said, message, ring, about = _ask(
            "SELECT * FROM partnership_reply(%s, %s, %s, %s, %s, %s, %s, %s)",
            [*_hashes(link_token, code), at, reply, kind, text.strip(), signed.strip(), for_plan],
        )
        if said != "open":
            return _refused("reply_to_message", said, ring, at)
        record_event(
            kind=Event.Kind.ACT,
            what="reply_to_message",
            actor=None,
            at=at,
            people=about,
            facts={"message": str(message), "kind": kind},
        )
        return reply


def _unfit(kind: str, text: str, signed: str) -> Refusal | None:
    if kind not in Reply.Kind.values:
        return Refusal("Say whether you answer or disagree.", field="kind")
    if not text.strip():
        return Refusal("Write your answer before you send it.", field="text")
    if len(text) > LONGEST_REPLY:
        return Refusal(f"Keep your answer to {LONGEST_REPLY:,} characters, or ring us.", field="text")
    if not signed.strip() or len(signed) > 120:
        return Refusal("Give your name and your post, in up to 120 characters.", field="signed")
    return None


def _unfit_choice(for_plan: str) -> Refusal | None:
    if for_plan not in {"", *FOR_PLAN}:
        return Refusal("Choose what you would decide from the list.", field="for_plan")
    return None


def _hashes(link_token: str, code: str) -> tuple[str, str]:
    return link_hash(link_token), code_hash(link_token, tidy_code(code))


def _ask(statement: str, values: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _refused(what: str, said: str, ring: str | None, at: datetime) -> Refusal:
    deny(what=what, by=None, at=at, said=said)
    return Refusal(refusal_of(said, ring or ""), field="code" if said == "wrong" else None)


def _sent(replies: str | list[dict[str, str]]) -> tuple[SentReply, ...]:
    rows = json.loads(replies) if isinstance(replies, str) else replies
    return tuple(SentReply(row["kind"], row["text"], row["signed"], datetime.fromisoformat(row["at"])) for row in rows)
