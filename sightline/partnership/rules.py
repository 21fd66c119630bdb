"""How far a message got, what a member of the public may be sent, and what a locked link says."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_LIVES = timedelta(days=30)
WRONG_CODES = 5
"""After so many wrong codes in a row a link is locked (migration 0003 holds the same number)."""

LONGEST_REPLY = 20_000

FOR_PLAN = ("yes", "no", "unsure")
"""What the writer of a view for a conference would decide (`conferences` says them in words)."""


@dataclass(frozen=True)
class Moments:
    """What is known of a message's way, and by which means it goes."""

    means: str
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    silent_at: datetime | None = None
    manager_told_at: datetime | None = None
    failure: str = ""


def state_of(moments: Moments) -> str:
    """Where a message stands, in the words of the page. The first that holds, in this order."""
    in_order = (
        (moments.acknowledged_at, "acknowledged"),
        (moments.failure and not moments.delivered_at, f"could not be delivered: {moments.failure}"),
        (moments.failure and moments.silent_at, f"not acknowledged — {moments.failure}, sender told"),
        (moments.silent_at and moments.manager_told_at, "not acknowledged — sender and manager told"),
        (moments.silent_at, "not acknowledged — sender told"),
        (moments.delivered_at, "delivered"),
        (moments.sent_at, "given by hand or posted" if moments.means == "by_hand" else "sent"),
        (moments.means == "by_hand", "not given to them yet"),
    )
    return next((words for holds, words in in_order if holds), "not sent")


def link_hash(link_token: str) -> str:
    """What is kept of a link: 64 hexadecimal digits."""
    return hashlib.sha256(link_token.encode()).hexdigest()


def code_hash(link_token: str, code: str) -> str:
    """What is kept of a code. Salted with its link, so that six digits cannot be tried out from the table."""
    return hashlib.sha256(f"{link_token}:{code}".encode()).hexdigest()


def tidy_code(typed: str) -> str:
    """The digits of a code as somebody typed it: "123 456" is 123456."""
    return re.sub(r"[\s-]", "", typed)


def refusal_of(said: str, ring: str) -> str:
    """What to tell whoever could not open a message. `said` is the key's answer; `ring` may be blank.

    A link that is too old and one that never was are answered alike, so that neither says which it is.
    """
    whom = ring or "the number in the e-mail or the letter that brought it"
    return {
        "wrong": f"That is not the code for this message. Check it and try again, or ring {whom}.",
        "locked": f"A wrong code was entered {WRONG_CODES} times, so this link is locked. Ring {whom} and ask for the "
        "message to be sent again.",
    }.get(
        said,
        f"This link opens nothing. A link lasts {LINK_LIVES.days} days: if yours is older, ring the number in the "
        "e-mail or the letter that brought it and ask for the message to be sent again. If it is not, check that the "
        "whole of it was copied.",
    )


def is_letter(text: str, template: str) -> bool:
    """Whether a text is this letter with something short in each place, and nothing added.

    A browser sends the ends of lines as two characters, which is no change to the letter.
    """
    parts = re.split(r"\{[a-z_]+\}", template.strip())
    pattern = r"[^\n]{1,120}".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, "\n".join(text.strip().splitlines())) is not None


def is_for_good(smtp_code: int) -> bool:
    """Whether a mail server's refusal is final (a code of 500 to 599); others are worth another try."""
    return 500 <= smtp_code <= 599
