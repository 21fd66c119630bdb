"""Deciding a contact. Part of this room's operations."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.front_door.models import Contact, Decision
from sightline.front_door.operations import concerned_in, people_of
from sightline.front_door.permissions import refuse_unless_may_decide
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.practice.rules import is_bare
from sightline.practice.spec import Outcome, Pack
from sightline.record.models import Entry, Passage
from sightline.record.operations import write_entry
from sightline.record.rules import Words


@dataclass(frozen=True)
class Deciding:
    """What a decider gives: the outcome, why, and what would change it."""

    outcome: str
    reason: str
    would_change: str = ""
    history_bears: str = ""
    safe_tonight: str = ""
    need: str = ""
    agreement: bool = False
    other_authority: str = ""


@act("decide_contact")
def decide_contact(*, by: Actor, contact: UUID, given: Deciding, pack: Pack, post: UUID | None, at: datetime) -> UUID:
    """Decide a contact, as a registered social worker, with the reason.

    Refuses a reason that says no more than that the caller means harm, immediate danger without
    what was done to make the child safe tonight, early help without agreement, and a referral
    without its main need. If a colleague decided first, `Stale` carries both reasons.
    Working Together 2023, chapter 3: within one working day of receipt.
    """
    refuse_unless_may_decide(by)
    found = Contact.objects.select_for_update().filter(entry_id=contact).first()
    if found is None:
        raise NotFound("There is no such contact among those that you can see.")
    outcome = pack.outcome(given.outcome) if given.outcome else None
    if outcome is None:
        raise Refusal("Choose what this contact becomes.", field="outcome")
    _refuse_unsound(given, outcome, found, pack)
    _refuse_second(contact, given)
    people = concerned_in(contact)
    entry = write_entry(
        by=by,
        kind=Entry.Kind.DECISION,
        concerned=people,
        words=_words(given, tuple(subject.person for subject in people)),
        post=post,
        form=f"{pack.key}:{pack.version}",
        at=at,
    )
    try:
        with transaction.atomic():
            _write(entry, found, given, by, at)
    except IntegrityError as lost_race:
        raise _stale(contact, given) from lost_race
    touch(*people_of(contact), outcome=given.outcome)
    return entry


def _refuse_unsound(given: Deciding, outcome: Outcome, contact: Contact, pack: Pack) -> None:
    if not given.reason.strip():
        raise Refusal("Say why you decided this.", field="reason")
    if is_bare(given.reason, pack.words_that_cannot_stand_alone):
        raise Refusal(
            "What you think of the caller's motive cannot be the whole reason. Say what you found out about the child.",
            field="reason",
        )
    if contact.danger == "yes" and not given.safe_tonight.strip():
        raise Refusal("Say what was done to make the child safe tonight.", field="safe_tonight")
    if outcome.needs_agreement and not given.agreement:
        raise Refusal(
            "Early help needs the family's agreement to be offered. Say that they agree, or choose something else.",
            field="agreement",
        )
    if outcome.is_referral and not given.need:
        raise Refusal("Choose the main need.", field="need")
    if "authority" in outcome.asks and not given.other_authority.strip():
        raise Refusal("Name the authority where the child lives.", field="other_authority")


def _refuse_second(contact: UUID, given: Deciding) -> None:
    if Decision.objects.filter(contact_id=contact, superseded_at=None).exists():
        raise _stale(contact, given)


def _stale(contact: UUID, given: Deciding) -> Stale:
    standing = Decision.objects.filter(contact_id=contact, superseded_at=None).first()
    theirs = Passage.objects.filter(entry_id=standing.entry_id).order_by("position") if standing else []
    return Stale(
        "A colleague decided this contact while you were writing. Both reasons are shown; "
        "if yours should stand, ring them, or ask the team manager to record what should happen instead.",
        theirs="\n\n".join(passage.text for passage in theirs),
        yours=given.reason,
    )


def _words(given: Deciding, about: tuple[UUID, ...]) -> list[Words]:
    parts = [
        ("reason", given.reason),
        ("history_bears", given.history_bears),
        ("would_change", given.would_change),
        ("safe_tonight", given.safe_tonight),
    ]
    return [Words(text=text, about=about, heading=heading) for heading, text in parts]


def _write(entry: UUID, contact: Contact, given: Deciding, by: Actor, at: datetime) -> None:
    Decision.objects.create(
        entry_id=entry,
        contact_id=contact.entry_id,
        outcome=given.outcome,
        need=given.need,
        source=contact.source,
        immediate=contact.danger == "yes",
        agreement=given.agreement,
        other_authority=given.other_authority.strip(),
        decided_by=by.id,
        decided_at=at,
    )
