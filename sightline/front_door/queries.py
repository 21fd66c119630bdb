"""The only reader of the front door that others use: one contact, the queue, and the series."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from sightline.front_door.models import (
    Check,
    Contact,
    Decision,
    FamilyAgreement,
    Handover,
    Injury,
    PublicReferrer,
    Recommendation,
)
from sightline.front_door.rules import Series, Told, judge_series
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.record.models import Entry, EntrySubject
from sightline.record.queries import list_episodes


@dataclass(frozen=True)
class DecisionView:
    """What was decided, by whom and when. The reason is in the entry's passages."""

    entry: UUID
    contact: UUID
    outcome: str
    need: str
    decided_by: UUID
    decided_at: datetime
    other_authority: str


@dataclass(frozen=True)
class DecidedEntry:
    """What an entry decided, by its key in the pack; `contact` is None where the reader may not see it."""

    outcome: str
    contact: UUID | None


@dataclass(frozen=True)
class ContactView:
    """A contact as the reader may see it. The words are in its entry's passages."""

    id: UUID
    received_at: datetime
    channel: str
    source: str
    capacity: str
    professional: bool
    referrer_name: str
    agency_post: UUID | None
    informant: UUID | None
    danger: str
    incident: UUID
    desk: UUID | None
    people: tuple[UUID, ...]
    children: tuple[UUID, ...]
    decision: DecisionView | None
    form: str


def get_contact(contact: UUID) -> ContactView:
    """One contact. Absent and hidden read alike."""
    found = list_contacts([contact])
    if not found:
        raise NotFound("There is no such contact among those that you can see.")
    return found[0]


def list_contacts(keys: Iterable[UUID]) -> list[ContactView]:
    """The contacts with these keys that the reader may see, newest first, in three queries."""
    wanted = list(keys)
    subjects: dict[UUID, list[EntrySubject]] = defaultdict(list)
    for row in EntrySubject.objects.filter(entry__in=wanted, withdrawn_at=None):
        subjects[row.entry_id].append(row)
    decisions = get_decisions(wanted)
    contacts = Contact.objects.filter(entry__in=wanted).select_related("entry").order_by("-received_at")
    return [
        _view(row, row.entry, subjects[row.entry_id], decisions.get(row.entry_id))
        for row in contacts
        # What is on nobody's record any more is read as an original, and not as a contact.
        if row.entry_id in subjects
    ]


def _view(row: Contact, entry: Entry, subjects: list[EntrySubject], decision: DecisionView | None) -> ContactView:
    return ContactView(
        id=row.entry_id,
        received_at=row.received_at,
        channel=row.channel,
        source=row.source,
        capacity=row.capacity,
        professional=row.professional,
        referrer_name=row.referrer_name,
        agency_post=row.agency_post_id,
        informant=row.informant,
        danger=row.danger,
        incident=row.incident,
        desk=entry.author_post_id,
        people=tuple(one.person_id for one in subjects),
        children=tuple(one.person_id for one in subjects if one.part == "child"),
        decision=decision,
        form=entry.form,
    )


def get_decisions(contacts: Iterable[UUID]) -> Mapping[UUID, DecisionView]:
    """The decision that stands for each of these contacts that has one."""
    rows = Decision.objects.filter(contact__in=list(contacts), superseded_at=None)
    return {
        row.contact_id: DecisionView(
            entry=row.entry_id,
            contact=row.contact_id,
            outcome=row.outcome,
            need=row.need,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            other_authority=row.other_authority,
        )
        for row in rows
    }


def outcomes_in(entries: Iterable[UUID]) -> Mapping[UUID, DecidedEntry]:
    """How the decisions among these entries ended their contacts, by the entry; one query."""
    subjects = EntrySubject.objects.filter(entry=OuterRef("contact"), withdrawn_at=None)
    rows = Decision.objects.filter(entry__in=list(entries)).annotate(readable=Exists(subjects))
    found = rows.values_list("entry", "outcome", "contact", "readable")
    return {entry: DecidedEntry(outcome, contact if readable else None) for entry, outcome, contact, readable in found}


def list_contacts_about(people: Iterable[UUID], *, limit: int = 100) -> list[ContactView]:
    """Every contact about any of these people that the reader may see, newest first.

    A contact keeps the key of its first version, so one whose words were corrected counts too.
    """
    keys = (
        EntrySubject.objects.filter(person__in=list(people), kind="contact", withdrawn_at=None)
        .order_by("-occurred_from")
        .values_list("entry", flat=True)
    )
    return list_contacts(dict.fromkeys(keys[: limit * 3]))[:limit]


def list_keys_about(people: Iterable[UUID], *, limit: int = 100) -> list[UUID]:
    """The keys alone of `list_contacts_about`, in one query."""
    theirs = EntrySubject.objects.filter(person__in=list(people), kind="contact", withdrawn_at=None)
    rows = Contact.objects.filter(entry__in=theirs.values("entry")).order_by("-received_at")
    return list(rows.values_list("entry", flat=True)[:limit])


def list_same_incident(contact: ContactView) -> list[UUID]:
    """Other contacts that were taken together with this one as reports of one incident."""
    rows = Contact.objects.filter(incident=contact.incident).exclude(entry=contact.id)
    return list(rows.values_list("entry", flat=True))


def get_series(children: Iterable[UUID], *, on: date, window_days: int, sources: int) -> Series:
    """How many separate sources outside the professions, and whether a case closed lately.

    What ended without an episode, as early help does, counts from the day of its closing summary.
    """
    wanted = list(children)
    told = [Told(one.id, one.received_at, one.professional, one.informant) for one in list_contacts_about(wanted)]
    closed = [one.closed_on for one in list_episodes(wanted) if one.closed_on is not None]
    summaries = EntrySubject.objects.filter(person__in=wanted, kind=Entry.Kind.CLOSURE, withdrawn_at=None)
    closed += map(local_day, summaries.filter(superseded_at=None).values_list("occurred_from", flat=True))
    return judge_series(told, closed, on=on, window_days=window_days, sources=sources)


def list_agreements(contact: UUID) -> list[FamilyAgreement]:
    """Whether each holder of parental responsibility knows and agrees."""
    return list(FamilyAgreement.objects.filter(contact=contact))


def list_injuries(children: Iterable[UUID]) -> list[Injury]:
    """Injuries reported for these children, latest first, each with its contact."""
    rows = Injury.objects.filter(child__in=list(children)).select_related("contact")
    return list(rows.order_by("-contact__received_at"))


def list_recommendations(contact: UUID) -> list[Recommendation]:
    """What those who sifted it would do, latest first."""
    return list(Recommendation.objects.filter(contact=contact).order_by("-at"))


def list_recommended(contacts: Iterable[UUID]) -> Mapping[UUID, Recommendation]:
    """The latest recommendation for each of these contacts that has one."""
    rows = Recommendation.objects.filter(contact__in=list(contacts)).order_by("at")
    return {row.contact_id: row for row in rows}


def list_checks(contact: UUID) -> list[Check]:
    """What other agencies were asked about a contact, each with its step and its post."""
    return list_checks_of([contact])


def list_checks_of(contacts: Iterable[UUID]) -> list[Check]:
    """The same for several contacts, oldest first, in one query."""
    rows = Check.objects.filter(contact__in=list(contacts)).select_related("agency_post__agency", "step")
    return list(rows.order_by("asked_at"))


def get_check(check: UUID) -> Check:
    """One request to an agency."""
    found = Check.objects.select_related("agency_post__agency").filter(step=check).first()
    if found is None:
        raise NotFound("There is no such request among the contacts that you can see.")
    return found


def list_handovers(contact: UUID) -> list[Handover]:
    """Each time a contact was handed over, and who accepted it."""
    return list(Handover.objects.filter(contact=contact).order_by("handed_at"))


def list_waiting_handovers(posts: Iterable[UUID]) -> list[Handover]:
    """What was handed to these posts and nobody there has accepted yet."""
    rows = Handover.objects.filter(to_post__in=list(posts), accepted_at=None)
    return list(rows.order_by("handed_at"))


def get_public_referrer(contact: UUID) -> PublicReferrer | None:
    """Who a member of the public is, for whoever may ring them back; otherwise nothing."""
    return PublicReferrer.objects.filter(contact=contact).first()
