"""From what was typed on the contact page to the one journey that records it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.operations import submit_once
from sightline.front_door.rules import Agreement, InjuryGiven, Referrer, Story
from sightline.journeys.register_people import NeedGiven, NewPerson, Tie
from sightline.journeys.take_contact import take_contact
from sightline.kernel.dates import local_day
from sightline.kernel.errors import Refusal
from sightline.kernel.london import at_local_time
from sightline.kernel.reading import read_time
from sightline.kernel.when import When
from sightline.practice.spec import Option
from sightline.record.rules import Concerned
from sightline.web.asked import body_of, key_in
from sightline.web.front_door.contact_form import InjuryForm, PersonForm
from sightline.web.front_door.contact_parts import ContactPage
from sightline.web.front_door.knows import FACTS
from sightline.web.front_door.newcomers import number_of
from sightline.web.refused_form import refuse

FIELD_OF = {
    "people": "find",
    "text": "saw_or_heard",
    "occurred": "received",
    "agency_post": "who",
}
"""Where the page keeps what a refusal calls by the rooms' name."""

NEEDS = ("interpreter", "communication", "safe_contact")


def judge(page: ContactPage) -> bool:
    """Says everything that is missing at once, each beside its question. True when nothing is."""
    for form in page.forms:
        form.full_clean()
    for holder in page.holders:
        holder.refuse_unanswered()
    for injury in page.injuries:
        injury.refuse_half()
    for person in page.people:
        if person.cleaned_data.get("responsible") and not person.cleaned_data.get("relation"):
            person.add_error("relation", f"Say who {person.title} is to the child.")
    _refuse_missing(page)
    page.own.refuse_unanswered(_answered(page))
    return not page.has_errors


def _refuse_missing(page: ContactPage) -> None:
    given = page.form.cleaned_data
    missing = {
        "find": ("" if page.children else None, "Add the child this is about. Search first, then add or register."),
        "who": (given.get("who"), "Choose who is telling us."),
        "saw_or_heard": (given.get("saw_or_heard"), "Write what they saw or heard, in their own words."),
        "fears": (given.get("fears"), "Write what they fear, or that they were not asked."),
        "danger_now": (given.get("danger_now"), "Say whether anyone is in danger now, or that it is not known."),
    }
    for name, (value, sentence) in missing.items():
        is_missing = value is None if name == "find" else not value
        if is_missing and name not in page.form.errors:
            page.form.add_error(name, sentence)
    if given.get("danger_now") == "yes" and not given.get("danger_words", "").strip():
        sentence = "Say who is in danger, where they are, and what has been done so far."
        page.form.add_error("danger_words", sentence)


def _answered(page: ContactPage) -> dict[str, object]:
    """What the page's own questions were answered, by the pack's keys, where a local question may look at it."""
    given = page.form.cleaned_data
    return {
        "channel": given.get("channel", ""),
        "danger_now": given.get("danger_now", ""),
        "capacity": _capacity_given(page),
    }


def _capacity_given(page: ContactPage) -> str:
    try:
        return _referrer(page).capacity if page.form.cleaned_data.get("who") else ""
    except Refusal:
        return ""  # refused when it is sent, with its own words


def send(page: ContactPage, *, by: Actor, at: datetime) -> UUID | None:
    """Record the contact, once; None when it was refused, which the page then says."""
    try:
        return _record(page, by=by, at=at)
    except Refusal as refusal:
        refuse(page.form, refusal, FIELD_OF)
        return None


def _record(page: ContactPage, *, by: Actor, at: datetime) -> UUID:
    given = page.form.cleaned_data
    referrer = _referrer(page)
    received = _received(given.get("received", ""), at)
    contact = {
        "contact": page.key,
        "channel": given.get("channel", ""),
        "referrer": referrer,
        "story": _story(page, referrer),
        "concerned": [Concerned(one.person, one.part) for one in page.people],
        "new_people": [_newcomer(one) for one in page.people if not one.is_known],
        "ties": list(_ties(page)),
        "needs": list(_needs(page)),
        "agreements": [_agreement(one.person, one.cleaned_data) for one in page.holders],
        "injuries": [_injury(one, at) for one in page.injuries if one.cleaned_data.get("site")],
        "documents": [UUID(one["id"]) for one in page.files],
        "together_with": key_in(given.get("together_with")),
        "answers": page.own.answers(),
    }
    body = {name: value for name, value in body_of(page.data).items() if name not in {"window", "seen_version", "find"}}
    return submit_once(
        by=by,
        key=page.key,
        form="contact",
        body=body,
        at=at,
        perform=lambda: take_contact(by=by, received_at=received, at=at, **contact),
    )


def _received(text: str, at: datetime) -> datetime:
    if not text.strip():
        return at
    today = local_day(at)
    try:
        return at_local_time(today, read_time(text))
    except Refusal:
        when = When.read(text, today=today, field="received")
    if when.precision != "exact":
        raise Refusal("Add the time, such as 9.30: the time to decide runs from it.", field="received")
    return when.earliest


def _referrer(page: ContactPage) -> Referrer:
    given = page.form.cleaned_data
    chosen, _, value = given["who"].partition(":")
    post = page.posts.get(key_in(value)) if chosen == "post" else None  # type: ignore[arg-type]  # None is no post
    option = _capacity(page, value, post.agency.kind if post else None)
    return Referrer(
        capacity=option.key,
        source=option.code,
        professional=option.professional,
        name=given.get("who_name", "").strip(),
        agency_post=post.id if post else None,
        phone=given.get("who_phone", "").strip(),
        safe_contact=given.get("who_safe", "").strip(),
    )


def _capacity(page: ContactPage, value: str, agency: str | None) -> Option:
    """The pack's capacity: chosen, or the only one that this kind of agency has."""
    sources = page.pack.list("source")
    if agency is None:
        return sources.option(value)
    chosen = page.form.cleaned_data.get("capacity", "")
    if chosen:
        return sources.option(chosen)
    fitting = [option for option in sources.options if option.agency == agency]
    if len(fitting) != 1:
        raise Refusal("Choose in what capacity they are telling us: this agency has several.", field="capacity")
    return fitting[0]


def _story(page: ContactPage, referrer: Referrer) -> Story:
    given = page.form.cleaned_data
    label = str(page.pack.list("source").option(referrer.capacity).label)
    told_by = f"{referrer.name} ({label})" if referrer.name else label
    situations = {one.person: one.cleaned_data.get("situation", "") for one in page.children}
    return Story(
        saw_or_heard=given["saw_or_heard"],
        fears=given["fears"],
        danger=given["danger_now"],
        danger_words=given.get("danger_words", ""),
        history_bears=given.get("history_bears", ""),
        told_by=told_by,
        private={person: words for person, words in situations.items() if words.strip()},
    )


def _newcomer(form: PersonForm) -> NewPerson:
    given = form.cleaned_data
    described = given["described"].strip()
    number = given["number"].strip()
    return NewPerson(
        id=form.person,
        kind=form.part,
        given=given["given"],
        family=given["family"],
        sex=given["sex"] or "U",
        described=described,
        lines=given["lines"],
        postcode=given["postcode"],
        numbers=(number_of(number),) if number else (),
        unidentified=form.part == "adult" and bool(described or not _can_be_told_from_others(form)),
        **vars(form.birth),
    )


def _can_be_told_from_others(form: PersonForm) -> bool:
    """A given name alone is anybody's: who has nothing besides stays open until identified."""
    given = form.cleaned_data
    if given["family"].strip():
        return True
    more = [str(given[name]).strip() for name in ("relation", "born", "number", "lines", "postcode")]
    return bool(given["given"].strip() and any(more))


def _ties(page: ContactPage) -> Iterator[Tie]:
    children = [one.person for one in page.children]
    for one in page.people:
        given = one.cleaned_data
        if not given.get("relation"):
            continue
        chosen = {key_in(value) for value in given.get("tied", [])}
        for child in children:
            if child == one.person or (chosen and child not in chosen):
                continue
            yield Tie(one.person, child, given["relation"], given.get("responsible") or None)


def _needs(page: ContactPage) -> Iterator[NeedGiven]:
    for one in page.people:
        for kind in NEEDS:
            words = one.cleaned_data.get(kind, "").strip()
            if words:
                yield NeedGiven(one.person, kind, words)


def _agreement(person: UUID | None, given: dict[str, str]) -> Agreement:
    told, agrees = FACTS[given["knows"]]
    return Agreement(told=told, agrees=agrees, person=person, why_not=given.get("why", "").strip())


def _injury(form: InjuryForm, at: datetime) -> InjuryGiven:
    given = form.cleaned_data
    day = None
    try:
        when = When.read(given["happened"], today=local_day(at))
        if local_day(when.earliest) == local_day(when.latest) and when.precision != "about":
            day = local_day(when.earliest)
    except Refusal:
        day = None  # "last week": kept in the words that were used
    return InjuryGiven(
        child=UUID(given["child"]),
        site=given["site"].strip(),
        happened_on=day,
        happened_words=given["happened"].strip()[:100],
        account=given["account"].strip(),
        account_by=given["account_by"].strip(),
    )
