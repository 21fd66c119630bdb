"""The only writer of the front door: contacts, checks, hand-overs. Decisions: `deciding.py`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.rules import FRONT_DOOR, Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.front_door.models import (
    Check,
    Contact,
    FamilyAgreement,
    Handover,
    Injury,
    PublicReferrer,
    Recommendation,
)
from sightline.front_door.permissions import refuse_unless_may_hand_over, refuse_unless_may_take_contacts
from sightline.front_door.rules import (
    Agreement,
    InjuryGiven,
    Referrer,
    Story,
    match_key,
    refuse_incomplete,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.practice.answers import Answer
from sightline.record.models import Entry, EntrySubject
from sightline.record.operations import close_step, keep_apart, move_step, write_entry
from sightline.record.queries import get_step_post, kept_apart_for
from sightline.record.rules import Concerned, Words


@act("record_contact")
def record_contact(
    *,
    by: Actor,
    contact: UUID,
    received_at: datetime,
    channel: str,
    referrer: Referrer,
    story: Story,
    concerned: Sequence[Concerned],
    at: datetime,
    post: UUID,
    form: str = "",
    agreements: Iterable[Agreement] = (),
    injuries: Iterable[InjuryGiven] = (),
    documents: Iterable[UUID] = (),
    together_with: UUID | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> UUID:
    """Record what somebody told us, once, about everyone it concerns.

    `contact` is the key that the form carries. Who a member of the public is goes to a table of
    its own; `answers` to the authority's own questions, by key, stay with the entry. Refuses a contact
    without a child, a capacity, a story, or an answer about danger.
    """
    refuse_unless_may_take_contacts(by)
    children = [subject.person for subject in concerned if subject.part == "child"]
    refuse_incomplete(referrer, story, children)
    write_entry(
        by=by,
        kind=Entry.Kind.CONTACT,
        concerned=concerned,
        words=_words(_without_the_teller(story, referrer), [subject.person for subject in concerned]),
        occurred=When.exactly(received_at),
        post=post,
        form=form,
        answers=answers,
        documents=documents,
        entry=contact,
        at=at,
    )
    key = match_key(referrer)
    informant = None if referrer.professional else _informant(children, key)
    Contact.objects.create(
        entry_id=contact,
        received_at=received_at,
        channel=channel,
        source=referrer.source,
        capacity=referrer.capacity,
        professional=referrer.professional,
        referrer_name=referrer.name if referrer.professional else "",
        agency_post_id=referrer.agency_post,
        informant=informant,
        danger=story.danger,
        incident=_incident(together_with) or contact,
    )
    if informant is not None:
        _keep_apart_who_told_us(contact, referrer, informant, key)
    _add_agreements(contact, agreements)
    _add_injuries(contact, injuries)
    return contact


def _without_the_teller(story: Story, referrer: Referrer) -> Story:
    """In what capacity a member of the public told us can say who they are to whoever reads the story."""
    return story if referrer.professional else replace(story, told_by="a member of the public")


def _words(story: Story, everybody: list[UUID]) -> list[Words]:
    about = tuple(everybody)
    parts = [
        ("saw_or_heard", story.saw_or_heard),
        ("fears", story.fears),
        ("danger", story.danger_words),
    ]
    shared = [Words(text=text, about=about, heading=heading, told_by=story.told_by) for heading, text in parts]
    # The worker's own words about the history are not the teller's.
    shared.append(Words(text=story.history_bears, about=about, heading="history_bears"))
    private = [
        Words(text=text, about=(child,), heading="child_situation", told_by=story.told_by)
        for child, text in story.private.items()
    ]
    return shared + private


def _informant(children: list[UUID], key: str) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT front_door_same_informant(%s::uuid[], %s)", [children, key])
        found: UUID | None = cursor.fetchone()[0]
    return found or new_id()


def _incident(together_with: UUID | None) -> UUID | None:
    if together_with is None:
        return None
    found = Contact.objects.filter(entry_id=together_with).values_list("incident", flat=True)
    return found.first()


def _keep_apart_who_told_us(contact: UUID, referrer: Referrer, informant: UUID, key: str) -> None:
    PublicReferrer.objects.create(
        contact_id=contact,
        informant=informant,
        name=referrer.name,
        phone=referrer.phone,
        email=referrer.email,
        match_key=key,
        safe_contact=referrer.safe_contact,
        wants_no_name_given=referrer.wants_no_name_given,
    )


def _add_agreements(contact: UUID, agreements: Iterable[Agreement]) -> None:
    for given in agreements:
        if given.told in ("no", "not_known") and not given.why_not.strip():
            raise Refusal("Say why they were not told.", field="not_told_why")
    FamilyAgreement.objects.bulk_create(
        FamilyAgreement(
            contact_id=contact,
            person_id=given.person,
            told=given.told,
            agrees=given.agrees,
            why_not=given.why_not,
        )
        for given in agreements
    )


def _add_injuries(contact: UUID, injuries: Iterable[InjuryGiven]) -> None:
    Injury.objects.bulk_create(
        Injury(
            contact_id=contact,
            child_id=injury.child,
            happened_on=injury.happened_on,
            happened_words=injury.happened_words,
            site=injury.site,
            account=injury.account,
            account_by=injury.account_by,
        )
        for injury in injuries
    )


@act("note_telling")
def note_telling(*, by: Actor, contact: UUID, words: str, at: datetime) -> None:
    """Keep what was said to a member of the public, or why nothing can be, where their name is and nowhere else."""
    found = PublicReferrer.objects.select_for_update().filter(contact_id=contact).first()
    if found is None:
        raise NotPermitted("Who told us is known to the front door alone. Ask them to ring back, and to record it.")
    found.telling = f"{found.telling}\n{words.strip()}".strip()
    found.save(update_fields=["telling"])
    touch(*people_of(contact))


@act("take_together")
def take_together(*, by: Actor, contact: UUID, other: UUID, at: datetime) -> None:
    """Take two contacts as reports of one incident, so that they are decided side by side."""
    refuse_unless_may_take_contacts(by)
    _contact(contact)
    Contact.objects.filter(incident=_contact(contact).incident).update(incident=_contact(other).incident)
    touch(*people_of(contact), *people_of(other))


@act("recommend")
def recommend(*, by: Actor, contact: UUID, recommendation: str, reason: str, at: datetime) -> UUID:
    """Say, as the duty worker who sifted it, what one would do. It decides nothing."""
    refuse_unless_may_take_contacts(by)
    _contact(contact)
    if not reason.strip():
        raise Refusal("Say why you recommend this.", field="reason")
    made = Recommendation.objects.create(
        contact_id=contact, outcome=recommendation, reason=reason.strip(), by=by.id, at=at
    )
    touch(*people_of(contact))
    return made.id


@act("ask_agency")
def ask_agency(
    *,
    by: Actor,
    contact: UUID,
    step: UUID,
    agency_post: UUID,
    kind: str,
    question: str,
    reason: str,
    lawful_basis: str,
    at: datetime,
    message: UUID | None = None,
) -> UUID:
    """Ask another agency what it knows. The step that waits for the answer is opened before."""
    refuse_unless_may_take_contacts(by)
    if not reason.strip():
        raise Refusal("Say why you are asking, so that the agency can answer.", field="reason")
    if not lawful_basis:
        raise Refusal("Choose the lawful basis for asking.", field="lawful_basis")
    Check.objects.create(
        step_id=step,
        contact_id=contact,
        agency_post_id=agency_post,
        kind=kind,
        question=question.strip(),
        reason=reason.strip(),
        lawful_basis=lawful_basis,
        message=message,
        asked_by=by.id,
        asked_at=at,
    )
    touch(*people_of(contact))
    return step


@act("record_check_answer")
def record_check_answer(
    *,
    by: Actor,
    check: UUID,
    text: str,
    told_by: str,
    at: datetime,
    section: Section = Section.ORDINARY,
    handling: str = "ordinary",
) -> UUID:
    """Record what an agency answered, with its handling, and close the step that waited for it."""
    asked = Check.objects.select_related("agency_post").filter(step_id=check).first()
    if asked is None:
        raise NotFound("There is no such request among the contacts that you can see.")
    people = concerned_in(asked.contact_id)
    entry = write_entry(
        by=by,
        kind=Entry.Kind.CHECK_ANSWER,
        concerned=people,
        words=[
            Words(
                text=text,
                about=tuple(subject.person for subject in people),
                heading="answer",
                section=section,
                told_by=told_by,
                handling=handling,
            )
        ],
        agency=asked.agency_post.agency_id,
        at=at,
    )
    asked.answer_id = entry
    asked.save(update_fields=["answer"])
    close_step(by=by, step=check, closed_by=entry, outcome="answered", at=at)
    # The answer to a question about an allegation goes where the allegation went.
    for team in kept_apart_for([asked.contact_id]).values():
        keep_apart(by=by, entry=entry, team=team, at=at)
    return entry


@act("hand_over_contact")
def hand_over_contact(*, by: Actor, contact: UUID, step: UUID, to_post: UUID, at: datetime, words: str = "") -> UUID:
    """Hand an undecided contact to the emergency duty team. It carries it from this moment."""
    refuse_unless_may_hand_over(by)
    from_post = get_step_post(step)
    handover = Handover.objects.create(
        contact_id=contact,
        from_post_id=from_post,
        to_post_id=to_post,
        handed_by=by.id,
        handed_at=at,
        words=words.strip(),
    )
    move_step(by=by, step=step, post=to_post, sections=FRONT_DOOR, at=at)
    touch(*people_of(contact))
    return handover.id


@act("accept_handover")
def accept_handover(*, by: Actor, handover: UUID, at: datetime) -> None:
    """Accept by name what was handed over. Refused twice and by who does not stand in the post."""
    found = Handover.objects.select_for_update().filter(id=handover).first()
    if found is None or found.to_post_id not in by.posts:
        raise NotFound("There is no such hand-over for a post that you stand in.")
    if found.accepted_at is not None:
        raise Refusal("This was already accepted. The contact shows by whom.")
    found.accepted_by, found.accepted_at = by.id, at
    found.save(update_fields=["accepted_by", "accepted_at"])
    touch(*people_of(found.contact_id))


def _contact(contact: UUID) -> Contact:
    found = Contact.objects.filter(entry_id=contact).first()
    if found is None:
        raise NotFound("There is no such contact among those that you can see.")
    return found


def concerned_in(contact: UUID) -> list[Concerned]:
    """Whom a contact concerns, as another entry about it takes them over."""
    # A named reader still reads what was taken off somebody's record; nothing more is written there.
    rows = EntrySubject.objects.filter(entry_id=contact, withdrawn_at=None)
    return [Concerned(person=row.person_id, part=row.part) for row in rows]


def people_of(contact: UUID) -> list[UUID]:
    """The keys of everybody a contact concerns."""
    return [subject.person for subject in concerned_in(contact)]
