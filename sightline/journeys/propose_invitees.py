"""Whom a conference may ask: everybody around its children whom the record names, each with why.

Proposing sends nothing and keeps nothing. A worker confirms one name, and then the next (Working Together to
Safeguard Children 2023, chapter 3: those who know the child, the parents, and the child where it suits them).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sightline.assessments.queries import list_evidence, list_open_rounds
from sightline.conferences.queries import (
    InviteeView,
    KeptOut,
    Who,
    get_meeting,
    invitees_of,
    kept_out_of,
    list_meetings,
)
from sightline.enquiries.queries import DiscussionView, get_discussion, list_discussions
from sightline.front_door.queries import list_checks_of, list_contacts_about
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.partnership.queries import describe_agency_posts, is_closed, list_involved
from sightline.people.queries import PersonName, get_names, list_households_of, list_relationships_of
from sightline.plans.queries import list_plans
from sightline.record.queries import get_carriers
from sightline.workforce.queries import describe_posts

LATELY = timedelta(days=365)
"""Whoever told us or was asked longer ago is not proposed for it: they may know nothing now."""


@dataclass(frozen=True)
class ProposedInvitee:
    """Somebody whom the record names: one of `agency_post`, `post` (ours) and `person` says who.

    `title` is the post with its agency, or the person's name; `name` whoever stands in the post, where known;
    `because` is sentences. `report` says that they work with a child now, so that a report is likely to be asked.
    """

    agency_post: UUID | None
    post: UUID | None
    person: UUID | None
    title: str
    name: str
    role: str
    because: tuple[str, ...]
    family: bool
    child: bool
    report: bool


@dataclass(frozen=True)
class _Reason:
    """Why one is proposed, and what is known of them by it. `key` is an agency's post, one of ours, or a person."""

    key: UUID
    because: str
    name: str = ""
    role: str = ""
    report: bool = False


def propose_invitees(meeting: UUID) -> list[ProposedInvitee]:
    """Everybody around the children of a meeting who is neither on its list nor left out yet."""
    found = get_meeting(meeting, views=False)
    settled = {key for one in found.invitees for key in (one.agency_post, one.post, one.person) if key}
    convening = [found.convened_post] if found.convened_post else []
    proposed = propose_for(children=found.child_keys, at=found.convened_at, posts=convening)
    return [one for one in proposed if not {one.agency_post, one.post, one.person} & settled]


def propose_for(*, children: Iterable[UUID], at: datetime, posts: Iterable[UUID] = ()) -> list[ProposedInvitee]:
    """The same before there is a meeting: agencies first, then ours, then the family.

    Whoever works with the children, took part in a strategy discussion, was asked for evidence or to their last
    meeting, told us of them or was asked in the last year; the workers who carry them, and `posts`, in which whoever
    convenes it stands; their parents, also of a
    child who is not born yet, the adults of their household and the children themselves. A post that has closed
    is left out, and so is anybody who has died.
    """
    about = list(dict.fromkeys(children))
    headers = get_names(people=about)
    agencies = _grouped(
        [*_involved(about, headers), *_discussed(about), *_asked_before(about), *_evidence(about), *_told(about, at)]
    )
    boxes = describe_agency_posts(agencies)
    outside = [
        _at_agency(boxes[key].title, boxes[key].agency.name, reasons)
        for key, reasons in agencies.items()
        if key in boxes and not is_closed(boxes[key])
    ]
    kept_out = kept_out_of(about)
    return [_said(one, kept_out) for one in (*outside, *_ours(about, headers, posts), *_family(about, headers))]


def _said(one: ProposedInvitee, kept_out: Mapping[Who, KeptOut]) -> ProposedInvitee:
    """What a chair decided before stands first beside the name, until a chair allows."""
    before = kept_out.get((one.agency_post, one.post, one.person, ""))
    if before is None:
        return one
    return replace(one, because=(kept_out_words(before), *one.because))


def kept_out_words(before: KeptOut) -> str:
    """Of which meeting they were kept out, on which day and why; no full stop."""
    day, why = day_words(local_day(before.at)), before.because.rstrip(". ")
    return f"The chair kept them out of the {before.kind_words.lower()} on {day}: {why}. The chair decides anew"


def _grouped(reasons: Iterable[_Reason]) -> dict[UUID, list[_Reason]]:
    found: dict[UUID, list[_Reason]] = {}
    for one in reasons:
        found.setdefault(one.key, []).append(one)
    return found


def _at_agency(title: str, agency: str, reasons: list[_Reason]) -> ProposedInvitee:
    return ProposedInvitee(
        agency_post=reasons[0].key,
        post=None,
        person=None,
        title=f"{title}, {agency}",
        name=_first(one.name for one in reasons),
        role=_first(one.role for one in reasons),
        because=tuple(dict.fromkeys(one.because for one in reasons)),
        family=False,
        child=False,
        report=any(one.report for one in reasons),
    )


def _first(words: Iterable[str]) -> str:
    return next((one for one in words if one), "")


# --- agencies ------------------------------------------------------------------------------------


def _involved(children: list[UUID], headers: Mapping[UUID, PersonName]) -> Iterator[_Reason]:
    for one in list_involved(children):
        if one.to_on is None:
            since = f"Works with {_called(headers.get(one.child))} since {day_words(one.from_on)}"
            because = since + (f": {one.role}" if one.role else "")
            yield _Reason(one.agency_post, because, one.name, one.role, report=True)
    for line in list_plans(children):
        if line.lead.agency_post is not None:
            yield _Reason(
                line.lead.agency_post, f"Leads the {in_sentence(line.kind_words)}", line.lead.name, report=True
            )


def _discussed(children: list[UUID]) -> Iterator[_Reason]:
    """Police, health and whoever else was at the latest strategy discussion."""
    latest = _latest_discussion(children)
    for one in latest.took_part if latest else ():
        if one.agency_post is not None:
            yield _Reason(one.agency_post, _asked_to(latest), one.name, one.role, report=True)


def _latest_discussion(children: list[UUID]) -> DiscussionView | None:
    held = [one for one in list_discussions(children) if one.held_at is not None]
    latest = max(held, key=lambda one: (one.held_at, str(one.step)), default=None)
    return get_discussion(latest.step) if latest else None


def _asked_to(discussion: DiscussionView | None) -> str:
    held = f" of {day_words(local_day(discussion.held_at))}" if discussion and discussion.held_at else ""
    return f"Was asked to the strategy discussion{held}"


def _asked_before(children: list[UUID]) -> Iterator[_Reason]:
    """Whoever was on the list of the meeting before this one."""
    held = [one for one in list_meetings(children) if one.held_at is not None]
    if not held or held[0].held_at is None:
        return
    day = day_words(local_day(held[0].held_at))
    for one in _on_list(held[0].step):
        if one.agency_post is not None:
            yield _Reason(one.agency_post, f"Was asked to the {held[0].kind_words.lower()} of {day}", one.name,
                          one.role, report=one.report_asked)  # fmt: skip


def _on_list(meeting: UUID) -> list[InviteeView]:
    return [one for one in invitees_of([meeting], views=False)[meeting] if not one.left_out]


def _evidence(children: list[UUID]) -> Iterator[_Reason]:
    for found in list_open_rounds(children=children):
        for one in list_evidence(found.id):
            if one.asked_at is not None:
                day = day_words(local_day(one.asked_at))
                yield _Reason(one.agency_post, f"Was asked for evidence on {day}", one.name)


def _told(children: list[UUID], at: datetime) -> Iterator[_Reason]:
    contacts = [one for one in list_contacts_about(children) if one.received_at >= at - LATELY]
    for one in contacts:
        if one.professional and one.agency_post:
            yield _Reason(one.agency_post, f"Told us on {day_words(local_day(one.received_at))}", one.referrer_name)
    for check in list_checks_of(one.id for one in contacts):
        day = day_words(local_day(check.asked_at))
        yield _Reason(check.agency_post_id, f"Was asked what they know on {day}")


# --- ours, and the family ------------------------------------------------------------------------


def _ours(children: list[UUID], headers: Mapping[UUID, PersonName], convening: Iterable[UUID]) -> list[ProposedInvitee]:
    carried: dict[UUID, list[str]] = {}
    for child, post in get_carriers(children).items():
        carried.setdefault(post, []).append(f"Carries {_called(headers.get(child))}")
    for post in convening:
        carried.setdefault(post, []).append("Convenes the conference")
    latest = _latest_discussion(children)
    for one in latest.took_part if latest else ():
        if one.post is not None:
            carried.setdefault(one.post, []).append(_asked_to(latest))
    titles = describe_posts(carried)
    return [
        ProposedInvitee(
            agency_post=None,
            post=post,
            person=None,
            title=titles.get(post, ""),
            name="",
            role="",
            because=tuple(because),
            family=False,
            child=False,
            report=True,
        )
        for post, because in carried.items()
    ]


def _family(children: list[UUID], headers: Mapping[UUID, PersonName]) -> list[ProposedInvitee]:
    reasons = _grouped([*_related(children, headers), *_living_with(children, headers)])
    around = get_names(people=reasons)
    adults = [
        _of_family(around[key], listed)
        for key, listed in reasons.items()
        if key in around and around[key].kind == "adult" and around[key].death_date is None
    ]
    born = [headers[child] for child in children if child in headers and headers[child].birth != "expected"]
    themselves = [
        _of_family(one, [_Reason(one.id, "The conference is about them")]) for one in born if one.death_date is None
    ]
    return [*adults, *themselves]


RELATED = frozenset({"mother", "father", "parent", "step_parent", "carer"})


def _related(children: list[UUID], headers: Mapping[UUID, PersonName]) -> Iterator[_Reason]:
    """Parents and carers wherever they live, and of a child who is not born yet the mother first of all."""
    for child, related in list_relationships_of(people=children).items():
        for one in related:
            if one.reads and one.kind in RELATED and one.true_to is None:
                role = f"{one.label} of {_called(headers.get(child))}"
                yield _Reason(one.other, role, role=role)


def _living_with(children: list[UUID], headers: Mapping[UUID, PersonName]) -> Iterator[_Reason]:
    for child, people in list_households_of(people=children).items():
        for person in people:
            if person not in children:
                because = f"Lives with {_called(headers.get(child))}"
                yield _Reason(person, because, role=because)


def _of_family(header: PersonName, reasons: list[_Reason]) -> ProposedInvitee:
    return ProposedInvitee(
        agency_post=None,
        post=None,
        person=header.id,
        title=header.name,
        name=header.known_as or header.name,
        role=_first(one.role for one in reasons)[:120],
        because=tuple(dict.fromkeys(one.because for one in reasons)),
        family=True,
        child=header.kind == "child",
        report=False,
    )


def _called(header: PersonName | None) -> str:
    return (header.known_as or header.name) if header else "a child"
