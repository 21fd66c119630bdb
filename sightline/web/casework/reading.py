"""What a child's page reads: each piece once, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sightline.access.queries import may_see_of
from sightline.court.queries import PreProceedingsLine, list_pre_proceedings
from sightline.documents.queries import DocumentLine, describe_documents
from sightline.front_door.permissions import may_take_off
from sightline.front_door.queries import outcomes_in
from sightline.partnership.queries import agency_names
from sightline.people.queries import (
    Address,
    PersonHeader,
    PersonName,
    get_headers,
    get_names,
    list_addresses,
    list_household,
    list_relationships,
)
from sightline.plans.queries import list_earlier, list_plans, protection_of
from sightline.plans.rules import PROTECTION
from sightline.practice.queries import current_pack, get_packs
from sightline.practice.spec import Pin
from sightline.record.models import Entry
from sightline.record.permissions import may_write
from sightline.record.queries import (
    CarriedEpisode,
    EntryView,
    LastSeen,
    Mark,
    awaiting_decision,
    get_open_episodes,
    last_seen_of,
    list_earlier_versions,
)
from sightline.recording.queries import get_appointments, get_calls, get_visits
from sightline.web.asked import address
from sightline.web.casework.opening import Opened
from sightline.web.casework.own_answers import own_answers
from sightline.web.presenters import visits as said
from sightline.web.presenters.assessment_signed import HEADINGS, labels_of
from sightline.web.presenters.child import Carried, ChildFacts, current_address
from sightline.web.presenters.timeline import Outcome, TimelineFacts
from sightline.workforce.queries import account_names, describe_posts, who_to_ring_of


def need_labels(at: datetime) -> dict[str, str]:
    """The census's main needs by their codes, in the words of the pack in force."""
    options = current_pack(at).list("main_need").options
    return {option.code: str(option.label) for option in options if option.code}


def category_labels(at: datetime) -> dict[str, str]:
    """From what a plan protects a child, by the census's codes, in the words of the pack in force."""
    options = current_pack(at).list("protection_category").options
    return {option.code: str(option.label) for option in options if option.code}


def carried_of(episodes: Mapping[UUID, CarriedEpisode], at: datetime) -> dict[UUID, Carried]:
    """Who carries each of these episodes, in words, by child."""
    posts = [one.post for one in episodes.values() if one.post]
    named, rings = describe_posts(posts), who_to_ring_of(posts=posts, at=at)
    return {
        child: Carried(one, named.get(one.post, "") if one.post else "", rings.get(one.post) if one.post else None)
        for child, one in episodes.items()
    }


def child_facts(opened: Opened) -> ChildFacts:
    """What the header of one child's record stands on."""
    people = list(opened.keys)
    carried = carried_of(get_open_episodes(people, as_at=opened.as_at), opened.at)
    household = household_of(opened)
    addresses = addresses_of(opened)
    warnings = [*opened.header.warnings, *(one for other in household for one in other.warnings)]
    plans = list_plans(people) if opened.as_at is None else []
    carriers = describe_posts([one.post for one in plans if one.post])
    protected = any(one.kind == PROTECTION for one in plans)
    earlier = list_earlier(people) if opened.as_at is None else {}
    there = [one for found in earlier.values() for one in found if one.in_force]
    return ChildFacts(
        header=opened.header,
        today=opened.today,
        carried=next((carried[one] for one in people if one in carried), Carried(None)),
        seen=_last_seen(opened),
        addresses=addresses,
        mothers_address=None if current_address(addresses, opened.today) else _mothers_address(opened),
        needs=need_labels(opened.at),
        added_by=account_names([one.added_by for one in warnings]),
        household=household,
        being_decided=opened.as_at is None and bool(awaiting_decision(people)),
        plans=plans,
        plan_carriers=list(carriers.values()),
        before_court=_before_court(opened),
        protection=next(iter(protection_of(people, plans=plans).values()), None) if protected else None,
        there=there,
        categories=category_labels(opened.at) if protected or there else {},
    )


def _last_seen(opened: Opened) -> LastSeen | None:
    """When they were last seen, under whichever key that stands."""
    found = list(last_seen_of(opened.keys, as_at=opened.as_at).values())
    return max(found, key=lambda one: (one.seen_at is not None, one.seen_at or opened.at), default=None)


def addresses_of(opened: Opened) -> list[Address]:
    """Where they live and lived, under all their keys, the current address first."""
    found = [one for key in opened.keys for one in list_addresses(person=key, as_at=opened.as_at)]
    return found if len(opened.keys) == 1 else sorted(found, key=lambda one: one.true_to is not None)


def _before_court(opened: Opened) -> PreProceedingsLine | None:
    """Pre-proceedings that go on; nothing of an earlier day, whose timeline has them."""
    found = list_pre_proceedings(opened.keys, opened.at) if opened.as_at is None else []
    return next((one for one in found if one.is_open), None)


def _mothers_address(opened: Opened) -> Address | None:
    """Where the mother of a child who is not born lives, as far as this reader may see her record and her address."""
    if opened.header.birth != "expected":
        return None
    related = list_relationships(person=opened.person, as_at=opened.as_at)
    mothers = may_see_of(people=[one.other for one in related if one.kind == "mother" and one.reads])
    found = (current_address(list_addresses(person=one, as_at=opened.as_at), opened.today) for one in sorted(mothers))
    return next((one for one in found if one is not None), None)


def household_of(opened: Opened) -> list[PersonHeader]:
    """Whoever else lives where this person lives, as far as the reader may see them."""
    keys = list_household(person=opened.person, as_at=opened.as_at)
    headers = get_headers(people=keys, as_at=opened.as_at)
    return [headers[key] for key in keys if key in headers]


def under_one_key(opened: Opened, entries: Iterable[EntryView]) -> list[EntryView]:
    """What was recorded under any key of the person opened, told as about them."""
    if not opened.others:
        return list(entries)

    def told(people: Iterable[UUID]) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(opened.person if one in opened.keys else one for one in people))

    return [
        replace(
            one,
            passages=tuple(replace(passage, about=told(passage.about)) for passage in one.passages),
            subjects=tuple(
                replace(subject, person=opened.person) if subject.person in opened.keys else subject
                for subject in one.subjects
            ),
        )
        for one in entries
    ]


def names_of(opened: Opened, known: Iterable[PersonName], people: Iterable[UUID]) -> dict[UUID, PersonName]:
    """What these people are called; whom the page has read already, the one opened and `known`, is not asked for."""
    read: dict[UUID, PersonName] = {one.id: one for one in (opened.header, *known)}
    wanted = set(people)
    asked = get_names(people=wanted - read.keys(), as_at=opened.as_at)
    return {key: one for key, one in read.items() if key in wanted} | asked


def timeline_facts(
    opened: Opened, entries: Sequence[EntryView], marks: Sequence[Mark] = (), known: Iterable[PersonName] = ()
) -> TimelineFacts:
    """What the rows of a timeline stand on, for these entries; `known` are people whom the page has read already."""
    corrected = [one.root for one in entries if one.replaces is not None]
    found = list_earlier_versions(corrected, as_at=opened.as_at)
    earlier = {root: under_one_key(opened, versions) for root, versions in found.items()}
    every = [*entries, *(version for versions in earlier.values() for version in versions)]
    people = {opened.person, *(subject.person for one in every for subject in one.subjects)}
    passages = [passage for one in every for passage in one.passages]
    people |= {person for one in passages for person in (*one.about, one.given_by) if person is not None}
    writers = [one.author for one in every] + [one.added_by for one in passages if one.added_by is not None]
    writers += [name for mark in marks for name in (mark.by, mark.reader)]
    return TimelineFacts(
        person=opened.person,
        headers=names_of(opened, known, people),
        authors=account_names(writers),
        calls=get_calls([key for one in entries if one.kind == Entry.Kind.PHONE_CALL for key in (one.id, one.root)]),
        documents=_documents_of(opened.person, entries),
        earlier=earlier,
        outcomes=outcomes_of(entries),
        visits=visits_of(opened, entries) | own_answers(entries),
        questions=_questions_of(entries, opened.at),
        reader=opened.by.id,
        may_write=may_write(opened.by) and opened.as_at is None,
        may_take_off=may_take_off(opened.by),
    )


def _questions_of(entries: Sequence[EntryView], at: datetime) -> dict[str, str]:
    """What the parts of an assessment answer; nothing where no assessment is among these."""
    if not any(one.kind == Entry.Kind.ASSESSMENT for one in entries):
        return {}
    return {**HEADINGS, **labels_of(current_pack(at))}


def _documents_of(person: UUID, entries: Sequence[EntryView]) -> dict[UUID, DocumentLine]:
    """The files of these entries. What one child drew at a visit is about that child, and on no other's record."""
    visits = [document for one in entries if one.kind == Entry.Kind.VISIT for document in one.documents]
    others = [document for one in entries if one.kind != Entry.Kind.VISIT for document in one.documents]
    return describe_documents(others) | (describe_documents(visits, about=person) if visits else {})


def visits_of(opened: Opened, entries: Sequence[EntryView]) -> dict[UUID, list[dict[str, str]]]:
    """What each visit and appointment among these entries has beside its words, on this person's record."""
    asked = [one for one in entries if one.kind in said.KINDS]
    if not asked:
        return {}
    went = {one.id: one.root for one in asked if one.kind == Entry.Kind.APPOINTMENT}
    made = {one.id: one.root for one in asked if one.id not in went}
    visits, appointments = get_visits(made, made), get_appointments(went, went)
    labels, agencies = said.labels_of(current_pack(opened.at)), agency_names(one.agency for one in asked if one.agency)
    found = {key: said.visit_facts(visit, opened.person, labels) for key, visit in visits.items()}
    return found | {
        one.id: said.appointment_facts(
            appointments[one.id], opened.person, agencies.get(one.agency, "") if one.agency else ""
        )
        for one in asked
        if one.id in appointments
    }


def outcomes_of(entries: Sequence[EntryView]) -> dict[UUID, Outcome]:
    """How each decision among these entries ended its contact, in the words of the pack it was made under."""
    pins = {one.id: _pin_of(one.form) for one in entries if one.kind == Entry.Kind.DECISION}
    # Of every entry, so that a page asks as often with decisions on it as without.
    decided, packs = outcomes_in([one.id for one in entries]), get_packs(pins.values())
    return {
        entry: Outcome(
            str(packs[pins[entry]].outcome(one.outcome).label), address("contact", one.contact) if one.contact else ""
        )
        for entry, one in decided.items()
        if pins.get(entry) in packs
    }


def _pin_of(form: str) -> Pin:
    key, _, version = form.rpartition(":")
    return Pin(key, int(version))
