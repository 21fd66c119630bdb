"""Everything that a contact's page shows, read once and under the row policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django import forms

from sightline.documents.queries import DocumentLine, describe_documents
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look
from sightline.front_door.models import Check, Handover, PublicReferrer, Recommendation
from sightline.front_door.permissions import may_decide, may_take_contacts
from sightline.front_door.queries import (
    ContactView,
    get_contact,
    get_public_referrer,
    list_agreements,
    list_checks,
    list_contacts,
    list_handovers,
    list_recommendations,
    list_same_incident,
)
from sightline.journeys.open_matters import Matter, matters_beside
from sightline.partnership.models import AgencyPost
from sightline.partnership.queries import MessageLine, list_agency_posts, list_messages
from sightline.practice.queries import current_pack, get_pack
from sightline.practice.spec import Pack
from sightline.record.permissions import may_authorise
from sightline.record.queries import EntryView, OpenStep, get_entry, list_entries, list_steps_about
from sightline.web.front_door.already import Already, read_already, teller_words
from sightline.web.front_door.asking import Typed
from sightline.web.front_door.deciding_form import AskForm, DecisionForm, RecommendForm, TellForm
from sightline.web.front_door.knows import words_for
from sightline.web.presenters.assessment_history import pin_of
from sightline.workforce.queries import account_names, describe_posts

UNNAMED = "A parent not yet named"
NOT_TOLD = "not told: "
"""How a step says that whoever raised it cannot be told."""


@dataclass
class ContactSheet:
    """A contact with all that stands around it, and the forms that may be sent from its page."""

    by: Actor
    contact: ContactView
    entry: EntryView
    pack: Pack
    written: Pack
    """The pack under which it was taken: what it says is read back with those words."""
    posts: Mapping[UUID, AgencyPost]
    already: Already
    steps: list[OpenStep]
    checks: list[Check]
    answers: Mapping[UUID, EntryView]
    messages: list[MessageLine]
    recommendations: list[Recommendation]
    handovers: list[Handover]
    agreements: list[tuple[str, str, str]]
    same_incident: list[ContactView]
    reports: Mapping[UUID, EntryView]
    not_told: str
    documents: list[DocumentLine]
    decided: EntryView | None
    names: Mapping[UUID, str]
    at: datetime
    public: PublicReferrer | None = None
    matters: list[Matter] = field(default_factory=list)
    forms: "dict[str, forms.Form]" = field(default_factory=dict)

    @property
    def teller(self) -> str:
        """Who told us, as lists say it."""
        return teller_words(self.contact, self.posts, self.pack)

    @property
    def teller_within(self) -> str:
        """The same inside a sentence."""
        return self.teller if self.contact.professional else "a member of the public"

    @property
    def telling(self) -> str:
        """What was said to a member of the public, for whoever may know who they are."""
        return self.public.telling if self.public else ""

    @property
    def accepts(self) -> UUID | None:
        """The hand-over that this worker may accept now."""
        waiting = (one.id for one in self.handovers if one.accepted_at is None and one.to_post_id in self.by.posts)
        return next(waiting, None)

    @property
    def hands_over(self) -> bool:
        """Whether it is still to decide, and not with the emergency duty team already."""
        step = self.decide_step
        return step is not None and all(one.to_post_id != step.post for one in self.handovers)

    @property
    def owes(self) -> str:
        """What is still to be told, as the line under which the form is folded; nothing when all is told."""
        if self.contact.professional and self.contact.decision is not None:
            return "Give feedback on what was decided" if self.step("feedback") else ""
        return "Acknowledge what they told us" if self.step("acknowledge") else ""

    @property
    def may_decide(self) -> bool:
        """Whether this worker decides it and it is still to decide."""
        return may_decide(self.by) and self.contact.decision is None

    @property
    def decide_step(self) -> OpenStep | None:
        """What is owed until it is decided."""
        return next((one for one in self.steps if one.kind == "decide_contact"), None)

    def step(self, kind: str) -> OpenStep | None:
        """The open step of one kind."""
        return next((one for one in self.steps if one.kind == kind), None)


def read_contact(*, by: Actor, contact: UUID, at: datetime) -> ContactSheet:
    """The contact, after the look is recorded against everybody whom it shows."""
    seen = get_contact(contact)
    pack = current_pack(at)
    entry = get_entry(contact)
    checks, handovers, recommendations = list_checks(contact), list_handovers(contact), list_recommendations(contact)
    answers = [one.answer_id for one in checks if one.answer_id]
    decided = [seen.decision.entry] if seen.decision else []
    together = list_contacts(list_same_incident(seen))
    look(by=by, people=[*{*seen.people, *(key for one in together for key in one.people)}], what="contact", at=at)
    others = list_entries([*answers, *decided, *(one.id for one in together)])
    steps = list_steps_about(subject=contact, only_open=False)
    already = read_already(seen.people, pack=pack, at=seen.received_at, besides=contact)
    people = [one.by for one in recommendations] + [one.asked_by for one in checks]
    people += [key for one in handovers for key in (one.handed_by, one.accepted_by) if key]
    people += [seen.decision.decided_by] if seen.decision else []
    sheet = ContactSheet(
        by=by,
        contact=seen,
        entry=entry,
        pack=pack,
        written=written_under(entry.form, pack),
        posts={post.id: post for post in list_agency_posts()},
        already=already,
        steps=[one for one in steps if one.closed_at is None],
        checks=checks,
        answers=others,
        messages=list_messages(contact),
        recommendations=recommendations,
        handovers=handovers,
        agreements=_agreements(contact, already),
        same_incident=together,
        reports=others,
        not_told=next((one.outcome for one in steps if one.outcome.startswith(NOT_TOLD)), ""),
        documents=list(describe_documents(entry.documents).values()),
        decided=others.get(decided[0]) if decided else None,
        names=account_names([*people, entry.author]),
        at=at,
        public=None if seen.professional else get_public_referrer(contact),
    )
    if sheet.may_decide:
        sheet.matters = matters_beside(seen, at=at)
    sheet.forms = _forms(sheet)
    return sheet


def written_under(form: str, pack: Pack) -> Pack:
    """The pack that an entry's form names, or this one where it names none. Asked for only when it is another."""
    pin = pin_of(form) if form else pack.pin
    return pack if pin == pack.pin else get_pack(pin)


def _agreements(contact: UUID, already: Already) -> list[tuple[str, str, str]]:
    def name(person: UUID | None) -> str:
        header = already.headers.get(person) if person else None
        return header.name if header else UNNAMED

    return [(name(one.person_id), words_for(one.told, one.agrees), one.why_not) for one in list_agreements(contact)]


def _forms(sheet: ContactSheet) -> dict[str, forms.Form]:
    made: dict[str, forms.Form] = {
        "tell": TellForm(contact=sheet.contact, teller=sheet.teller, prefix="tell"),
        "ask": AskForm(pack=sheet.pack, posts=sheet.posts.values()),
    }
    if sheet.may_decide:
        made["decide"] = decision_form(sheet)
    if may_take_contacts(sheet.by) and sheet.contact.decision is None:
        made["recommend"] = RecommendForm(pack=sheet.pack)
    return made


def decision_form(sheet: ContactSheet, data: Typed | None = None) -> DecisionForm:
    """The decision; a manager's has room to answer for whatever else is open about these children."""
    matters = sheet.matters if may_authorise(sheet.by) else []
    return DecisionForm(data, pack=sheet.pack, contact=sheet.contact, teller=sheet.teller, matters=matters)


def desk_posts_words(sheet: ContactSheet) -> str:
    """Who carries the decision now, in words."""
    step = sheet.decide_step
    return describe_posts([step.post]).get(step.post, "") if step else ""
