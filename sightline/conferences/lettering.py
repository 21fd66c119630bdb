"""What each person is sent of a meeting: made ready, released once by the chair, given, or not sent with the reason.

Part of the operations. Who may have which paragraph is `holding_rules.may_have`; the words are made in a journey.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.conferences.finding import hold_meeting, standing_of
from sightline.conferences.models import Invitee, Letter, MeetingChild, Sitting
from sightline.conferences.permissions import refuse_unless_may_chair
from sightline.conferences.rules import says_when_or_where
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.kernel.london import local_day
from sightline.record.permissions import refuse_unless_may_write

ABOUT_ITS_CHILDREN = "A letter is about children of the meeting. Choose them."


@act("make_letter")
def make_letter(
    *,
    by: Actor,
    invitee: UUID,
    kind: str,
    text: str,
    children: Iterable[UUID],
    at: datetime,
    base: int | None = None,
    drafted: bool = False,
) -> UUID:
    """Keep what one invitee is to be sent, also again: each saving is a row, and the last one is released.

    `children` are those of the meeting whom the words are about; who may read all of them reads the letter.
    `base` is the saving that a page showed: where somebody saved since, `Stale` carries both texts. `drafted` says
    that the words were put together for this person by rule, and were not typed. Refuses a
    blank text, a letter that has gone or that the chair said is not sent, and words that are written into the
    letter of somebody who may not know it and that give away the day, the hour or the place.
    """
    whom = Invitee.objects.filter(id=invitee).first()
    if whom is None:
        raise NotFound("There is nobody like that among those asked to this meeting.")
    about = list(dict.fromkeys(children))
    refuse_unless_may_chair(by)
    refuse_unless_may_write(by, about)
    _hold_for(whom.meeting_id, about)
    _refuse_blank(text)
    latest = _latest(invitee, kind)
    _refuse_settled(latest)
    if base is not None and base != (latest.number if latest else 0):
        raise _stale(latest, text)
    if not drafted:
        _refuse_when_or_where(whom, kind, text)
    made = Letter(
        meeting_id=whom.meeting_id, invitee=whom, kind=Letter.Kind(kind), number=latest.number + 1 if latest else 1,
        children=about, text=text.strip(), made_at=at, by=by.id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as lost_race:
        raise _stale(_latest(invitee, kind), text) from lost_race
    touch(*about, letter=str(made.id))
    return made.id


@dataclass(frozen=True)
class DraftGiven:
    """The first letter to one invitee, put together for them by rule."""

    invitee: UUID
    text: str
    children: tuple[UUID, ...]


@act("make_letters")
def make_letters(*, by: Actor, meeting: UUID, kind: str, drafts: Sequence[DraftGiven], at: datetime) -> list[UUID]:
    """Keep the first letters of a meeting, each as `make_letter` would, in as many queries as one. Keys in that order.

    Refuses what `make_letter` does, somebody who is not asked to this meeting, and whoever has a letter already.
    """
    refuse_unless_may_chair(by)
    if not drafts:
        return []
    about = list(dict.fromkeys(child for one in drafts for child in one.children))
    refuse_unless_may_write(by, about)
    _hold_for(meeting, about)
    to = [one.invitee for one in drafts]
    if Invitee.objects.filter(meeting=meeting, id__in=to).count() != len(set(to)):
        raise NotFound("There is nobody like that among those asked to this meeting.")
    had = Letter.objects.filter(invitee__in=to, kind=kind).order_by("-number").first()
    for one in drafts:
        _refuse_blank(one.text)
        _refuse_no_children(one.children)
    if had is not None:
        raise _stale(had, next(one.text for one in drafts if one.invitee == had.invitee_id))
    made = Letter.objects.bulk_create(
        Letter(
            meeting_id=meeting, invitee_id=one.invitee, kind=Letter.Kind(kind), number=1, children=list(one.children),
            text=one.text.strip(), made_at=at, by=by.id,
        )
        for one in drafts
    )  # fmt: skip
    touch(*about, letters=len(made))
    return [one.id for one in made]


def _hold_for(meeting: UUID, about: Sequence[UUID]) -> None:
    """Hold the meeting until the act is over; the words are about its children."""
    hold_meeting(meeting)
    _refuse_no_children(about)
    if not set(about) <= set(MeetingChild.objects.filter(meeting_id=meeting).values_list("child_id", flat=True)):
        raise Refusal(ABOUT_ITS_CHILDREN, field="children")


def _refuse_no_children(about: Sequence[UUID]) -> None:
    if not about:
        raise Refusal(ABOUT_ITS_CHILDREN, field="children")


def _refuse_blank(text: str) -> None:
    if not text.strip():
        raise Refusal("Write what they will read.", field="text")


def _refuse_when_or_where(whom: Invitee, kind: str, text: str) -> None:
    """Of what was written into it: the first saving is made of words that have no place for it."""
    drafted = Letter.objects.filter(invitee=whom, kind=kind, number=1).values_list("text", flat=True).first()
    if drafted is None or standing_of(whom, None).may_be_told:
        return
    before = set(drafted.splitlines())
    added = "\n".join(line for line in text.strip().splitlines() if line not in before)
    for sitting in Sitting.objects.filter(meeting_id=whom.meeting_id):
        if says_when_or_where(added, starts_at=sitting.starts_at, place=sitting.place):
            raise Refusal(
                "This goes to somebody who may not know when or where the conference was. Take the day, the time and "
                "the place out.",
                field="text",
            )


def _refuse_settled(latest: Letter | None) -> None:
    if latest is None:
        return
    if latest.released_at is not None:
        raise Refusal("This letter has been released. Write again to them from the record if more must be said.")
    if latest.not_sent_because:
        raise Refusal("The chair has said that this letter is not sent, and why.")


def _latest(invitee: UUID, kind: str) -> Letter | None:
    return Letter.objects.filter(invitee_id=invitee, kind=kind).order_by("-number").first()


def _stale(latest: Letter | None, yours: str) -> Stale:
    return Stale(
        "Somebody changed this letter while you were writing. Both texts are shown; keep the words you want.",
        theirs=latest.text if latest else "",
        yours=yours,
        field="text",
    )


@act("release_letter")
def release_letter(*, by: Actor, letter: UUID, at: datetime, message: UUID | None = None) -> None:
    """The chair lets a letter go, once. `message` is what carries it, where it goes by link.

    Refuses whoever is no chair of conferences, an earlier saving of it (`Stale`), and one that has gone already.
    """
    found = _held(by, letter)
    if found.released_at is not None:
        raise Refusal(f"{_to(found)} was released already. It goes once.")
    if found.not_sent_because:
        raise Refusal("You said that this letter is not sent. Make it again if it is to go after all.")
    latest = _latest(found.invitee_id, found.kind)
    if latest is not None and latest.number != found.number:
        raise _stale(latest, found.text)
    found.released_at, found.released_by, found.message = at, by.id, message
    found.save(update_fields=["released_at", "released_by", "message"])
    touch(*found.children, letter=str(letter))


@act("letter_given")
def letter_given(*, by: Actor, letter: UUID, on: date, how: str, at: datetime) -> None:
    """Record on which day a released letter was given by hand, and how. Anybody who works with the children may."""
    found = _letter(letter)
    refuse_unless_may_write(by, found.children)
    if found.released_at is None:
        raise Refusal("The chair has not released this letter yet. It is not to be given before that.")
    if not local_day(found.released_at) <= on <= local_day(at):
        raise Refusal("Check the day: after it was released, and not in the future.", field="given_on")
    found.given_on, found.given_how = on, how.strip()[:300]
    found.save(update_fields=["given_on", "given_how"])
    touch(*found.children, letter=str(letter))


@act("letter_not_sent")
def letter_not_sent(*, by: Actor, letter: UUID, because: str, at: datetime) -> None:
    """The chair decides that a letter does not go, and why: nobody is where it could reach them safely."""
    found = _held(by, letter)
    if not because.strip():
        raise Refusal("Say why it is not sent.", field="because")
    if found.released_at is not None:
        raise Refusal(f"{_to(found)} was released already.")
    found.not_sent_because = because.strip()[:300]
    found.save(update_fields=["not_sent_because"])
    touch(*found.children, letter=str(letter))


def _held(by: Actor, letter: UUID) -> Letter:
    """A letter, with its meeting held first, as whoever saves one holds it: so of two savings one alone can go."""
    refuse_unless_may_chair(by)
    meeting = Letter.objects.filter(id=letter).values_list("meeting", flat=True).first()
    if meeting is None:
        raise _no_letter()
    hold_meeting(meeting)
    found = Letter.objects.select_for_update().get(id=letter)
    refuse_unless_may_write(by, found.children)
    return found


def _letter(letter: UUID) -> Letter:
    found = Letter.objects.filter(id=letter).first()
    if found is None:
        raise _no_letter()
    return found


def _no_letter() -> NotFound:
    return NotFound("There is no such letter among the meetings that you work with.")


def _to(letter: Letter) -> str:
    return f"The letter to {letter.invitee.name}" if letter.invitee.name else "This letter"
