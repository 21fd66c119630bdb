"""My day in words: what is unfinished, what comes up, who is waited for, what one was told."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.doorway.models import Draft
from sightline.kernel.london import local_day
from sightline.partnership.queries import MessageLine
from sightline.people.queries import PersonName
from sightline.record.queries import CarriedEpisode, OpenStep, ToldNotice
from sightline.web import drafts
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.child import unallocated_for, why_involved
from sightline.web.presenters.step_links import step_url
from sightline.web.presenters.steps import (
    clock_of,
    names_of,
    shown_name,
    title_of,
    urgency_of,
)

TOLD = {
    "allocated": "A child was allocated to you",
    "new_contact": "A new contact came in about a child you carry",
    "family_contact": "A new contact came in about the family of a child you carry: ring the front door",
    "possible_match": "A new contact may be about somebody whom you carry",
    "handed_over": "A contact was handed to you",
    "decided_yours": "A contact was decided, and what follows is with you",
    "decided_child": "A contact about a child you carry was decided",
    "check_answer": "An agency answered",
    "evidence_answer": "Evidence came in for an assessment",
    "message_silent": "Nobody has acknowledged a message that you sent",
    "message_undelivered": "A message that you sent could not be delivered",
    "message_challenge": "A professional disagrees with a decision",
    "message_reply": "A professional answered a message",
    "step_finished": "Somebody else finished something that you carried",
    "assessment_changed": "An assessment that you were asked to sign was changed, and comes back when it is sent again",
    "assessment_returned": "An assessment was returned for edits",
    "assessment_signed": "An assessment was signed",
    "assessment_stopped": "An assessment was ended unsigned",
    "plan_yours": "A plan is now with you",
    "pre_proceedings_yours": "A manager decided that pre-proceedings begin, and you carry them",
    "child_born": "A child whom you carry has been born",
    "stepped_up": "A child stepped up from early help to child in need",
    "stepped_down": "A child stepped down from child in need to early help",
    "step_returned": "A step up or down that was asked for was not agreed: the reason is on the record",
    "no_access": "A child was not seen at several visits or appointments in a row",
    "ending_asked": "Somebody asks you to authorise the end of an involvement",
    "ending_returned": "An ending that was asked for was returned",
    "ending_authorised": "The end of an involvement was authorised",
    "second_injury": "A second injury of a child was recorded within the time that puts the two together",
    "strategy_asked": "Somebody asks you to hold a strategy discussion",
    "enquiry_begun": "A section 47 enquiry began on a child",
    "enquiry_concluded": "A section 47 enquiry was concluded",
    "order_made": "A child is kept safe by police protection or an order of the court",
    "disagreement_yours": "A disagreement between professionals is yours to resolve",
    "disagreement_raised": "Somebody does not agree with what was decided about a child you carry",
    "disagreement_further": "A disagreement about a child you carry was taken to its next stage",
    "disagreement_resolved": "A disagreement about a child you carry was resolved",
    "conference_convened": "A conference was convened for you to chair",
    "conference_held": "A conference was held, and what it decided is recorded",
    "conference_invited": "You are asked to a conference",
    "conference_moved": "A conference that you chair was moved to another time or place",
    "conference_called_off": "A conference was called off",
    "conference_view": "Somebody wrote their view for a conference",
    "emergency_opened": "Somebody opened the record of a child you carry in an emergency",
    "emergency_review": "A record was opened in an emergency, and you review it",
    "emergency_raised": "A concern was raised about how a record was opened in an emergency",
    "restriction_yours": "A record was restricted, and you look at it again",
    "restriction_asks": "Somebody new may be somebody whose record is restricted: name a reader who can look",
    "restriction_carrier": "A restricted child was allocated to somebody who is not a named reader: name them",
    "conflict_declared": "A colleague said that they know this family, and no longer sees them",
    "same_person": "Two who were registered were found to be one person",
    "two_people": "Two records that were linked as one person are two people after all",
    "entry_withdrawn": "An entry that you had something to do for was taken off the record",
}
OWN_PAGES = {
    "assessment_": "assessment",
    "disagreement_": "disagreement",
    "strategy_": "strategy",
    "enquiry_": "enquiry",
    "conference_": "conference",
    "emergency_r": "emergency",
    "restriction_": "restriction",
    "conflict_d": "conflict",
}
"""The page of what a post was told, by how the kind of notice begins."""
CHILDS_PAGES = {
    "emergency_opened": "person-access",
    "ending_returned": "ending-ask",
    "second_injury": "person-injuries",
    "order_made": "person-protection",
}
"""The page of the child, by the kind of notice."""
LEADS_TO_CONTACT = frozenset({"new_contact", "handed_over", "possible_match", "decided_yours", "decided_child"})


def draft_rows(
    found: Iterable[Draft], headers: Mapping[UUID, PersonName], closed: Mapping[UUID, str]
) -> list[dict[str, object]]:
    """`Unfinished contact, begun 10:42`, each a link to where it is taken up again.

    Those that are `closed`, whose person's record is open no longer, lead to the words alone; by what the person is
    called, where they may be known of.
    """
    return [
        {
            "key": one.id,
            "title": drafts.NAMES.get(one.form, "Unfinished form")
            + (_about(one, headers) or (f" for {closed[one.id]}" if closed.get(one.id) else "")),
            "url": reverse("draft-words", args=[one.id]) if one.id in closed else drafts.page_of(one),
            "detail": f"begun {begun_words(one.begun_at)}, saved {begun_words(one.saved_at)}"
            + (": the record is no longer open to you" if one.id in closed else ""),
        }
        for one in found
    ]


def _about(draft: Draft, headers: Mapping[UUID, PersonName]) -> str:
    return f" for {shown_name(headers[draft.about])}" if draft.about and draft.about in headers else ""


def begun_words(moment: datetime) -> str:
    """`10:42 on Fri 12 Jun`."""
    return f"{words.clock_time(moment)} on {words.short_day(moment)}"


def danger_first(steps: Iterable[OpenStep], danger: Container[UUID | None]) -> list[OpenStep]:
    """Contacts that say somebody is in danger now before all others, which keep their order."""
    return sorted(steps, key=lambda step: not _says_danger(step, danger))


def _says_danger(step: OpenStep, danger: Container[UUID | None]) -> bool:
    return step.kind == "decide_contact" and step.subject in danger


def step_row(
    step: OpenStep, headers: Mapping[UUID, PersonName], at: datetime, danger: Container[UUID | None] = ()
) -> dict[str, object]:
    """One row of components/tasks.html. `danger` are the contacts that say somebody is in danger now."""
    row: dict[str, object] = {
        "title": title_of(step),
        "url": step_url(step, headers),
        "detail": names_of(step.people, headers),
        "about": names_of(step.people, headers),
        "clock": clock_of(step, at),
        "urgency": urgency_of(step.due_at, at),
    }
    return row | ({"tag": "In danger now", "tag_colour": "red"} if _says_danger(step, danger) else {})


def told_rows(
    found: Iterable[ToldNotice],
    headers: Mapping[UUID, PersonName],
    messages: Mapping[UUID, MessageLine],
    about: Mapping[UUID, Sequence[UUID]],
    at: datetime,
) -> list[dict[str, object]]:
    """What one was told, with a box to tick it off; the same of brothers and sisters on one line.

    `about` is whom each message is about.
    """
    groups: dict[tuple[object, ...], list[ToldNotice]] = {}
    for one in found:
        groups.setdefault(_same_thing(one), []).append(one)
    return [
        {
            "id": same[0].id,
            "also": [one.id for one in same[1:]],
            "title": TOLD.get(same[0].kind, same[0].kind.replace("_", " ").capitalize()),
            "url": _told_url(same[0], headers, messages),
            "detail": _told_about(same, headers, messages, about),
            "when": words.when(same[0].at, at),
        }
        for same in groups.values()
    ]


def _same_thing(notice: ToldNotice) -> tuple[object, ...]:
    """What makes two notices one line: the same contact or message, or told of at the same moment."""
    if notice.subject is None or notice.kind == "allocated":
        return notice.kind, notice.post, notice.at
    return notice.kind, notice.post, notice.subject


def _told_about(
    same: Sequence[ToldNotice],
    headers: Mapping[UUID, PersonName],
    messages: Mapping[UUID, MessageLine],
    about: Mapping[UUID, Sequence[UUID]],
) -> str:
    first = same[0]
    people = [one.person for one in same if one.person] or about.get(first.subject or first.id, ())
    line = messages.get(first.subject) if first.subject else None
    named = names_of(dict.fromkeys(people), headers)
    return ". ".join(part for part in (named, f"{line.kind_label} to {line.to}" if line else "") if part)


def _told_url(notice: ToldNotice, headers: Mapping[UUID, PersonName], messages: Mapping[UUID, MessageLine]) -> str:
    if notice.kind in {"new_contact", "handed_over", "possible_match"} and notice.subject:
        return address("contact", notice.subject)
    own = next((page for kind, page in OWN_PAGES.items() if notice.kind.startswith(kind)), "")
    if own and notice.subject:
        return address(own, notice.subject)
    if notice.kind.startswith("message_"):
        line = messages.get(notice.subject) if notice.subject else None
        return address("message", line.id) if line else address("feedback")
    if notice.kind in {"ending_asked", "ending_authorised"} and notice.subject:
        return address("ending" if notice.kind == "ending_asked" else "ended", notice.subject)
    if notice.kind in CHILDS_PAGES and notice.person:
        return address(CHILDS_PAGES[notice.kind], notice.person)
    return reverse("person", args=[notice.person]) if notice.person and notice.person in headers else ""


def unallocated_rows(
    carried: Iterable[CarriedEpisode],
    headers: Mapping[UUID, PersonName],
    needs: Mapping[str, str],
    posts: Mapping[UUID, str],
    at: datetime,
) -> list[dict[str, object]]:
    """Children whom nobody but a manager carries, longest first."""
    today = local_day(at)
    return [
        {
            "title": shown_name(headers[one.child]),
            "url": reverse("person", args=[one.child]),
            "detail": f"{headers[one.child].age_words(today)}. {why_involved(one, needs)}. "
            f"With {posts.get(one.post, 'a manager') if one.post else 'a manager'}",
            "clock": unallocated_for(one, today),
            "urgency": "soon",
            "allocate": reverse("allocate", args=[one.child]),
        }
        for one in carried
        if one.child in headers
    ]
