"""The letters of a meeting in words: one line for each recipient, how far each got, and what stands on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from sightline.conferences.queries import InviteeView, LetterView
from sightline.partnership.queries import MessageLine
from sightline.web.paper import Paper
from sightline.web.presenters import words

READY, WITH_LINK = "Ready to be read and released", "link"


@dataclass(frozen=True)
class LetterRow:
    """One letter of one recipient, in a list."""

    id: UUID
    title: str
    kind: str
    url: str
    state: str
    tag: str
    colour: str
    waits: bool


def letter_rows(letters: Iterable[LetterView], messages: Mapping[UUID, MessageLine]) -> list[LetterRow]:
    """Each letter with how far it got; what waits for the chair stands first."""
    rows = [_row(one, messages.get(one.message) if one.message else None) for one in letters]
    return sorted(rows, key=lambda row: not row.waits)


def _row(one: LetterView, message: MessageLine | None) -> LetterRow:
    tag, colour = _tag(one)
    return LetterRow(
        id=one.id,
        title=one.to,
        kind=one.kind_label,
        url=reverse("conference-letter", args=[one.meeting, one.id]),
        state=state_words(one, message),
        tag=tag,
        colour=colour,
        waits=one.waits,
    )


def _tag(one: LetterView) -> tuple[str, str]:
    if one.not_sent_because:
        return "Not sent", "grey"
    if one.given_on is not None:
        return "Given", "green"
    return ("Released", "blue") if one.released_at else ("Ready", "yellow")


def state_words(one: LetterView, message: MessageLine | None) -> str:
    """`Released on 3 March 2027 at 10:42. Given on 4 March 2027: by hand at home`; why it is not sent."""
    if one.not_sent_because:
        return f"Not sent: {one.not_sent_because}"
    if one.released_at is None:
        return READY
    said = [f"Released on {words.full_moment(one.released_at)}"]
    if one.given_on is not None:
        how = f": {one.given_how.rstrip('.')}" if one.given_how else ""
        said.append(f"Given on {words.day(one.given_on)}{how}")
    elif by_link(message):
        said.append(_message_words(message))
    else:
        said.append("To be printed and given by hand")
    return ". ".join(part for part in said if part)


def by_link(message: MessageLine | None) -> bool:
    """Whether it went by a link to a mailbox, so that nobody prints it."""
    return message is not None and message.means == WITH_LINK


def _message_words(message: MessageLine | None) -> str:
    return f"By link: {words.capital(message.status).lower()}" if message is not None else ""


def without_letter(invitees: Iterable[InviteeView], letters: Iterable[LetterView]) -> list[str]:
    """Whoever was asked and for whom there is no letter, so that nobody is forgotten unseen."""
    written = {one.invitee for one in letters}
    return [one.who for one in invitees if not one.left_out and one.id not in written]


def count_words(rows: Iterable[LetterRow]) -> str:
    """`3 letters to release`; that none waits is said too."""
    waiting = sum(row.waits for row in rows)
    return (
        f"{words.count(waiting, 'letter')} to release" if waiting else "Every letter has been released, or is not sent"
    )


def paper_of(letter: LetterView, *, authority: str, told_when: bool) -> Paper:
    """The letter as it is printed. Whoever may not know when a meeting is or was has no day on theirs."""
    dated = words.day(letter.released_at) if letter.released_at and told_when else ""
    return Paper(title=letter.kind_label, to=letter.to, text=letter.text, sender=authority, dated=dated)
