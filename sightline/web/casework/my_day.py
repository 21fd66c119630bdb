"""A worker's day: each piece read once, for all the children they carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.assessments.queries import list_open_rounds
from sightline.doorway.actor import Actor
from sightline.doorway.queries import list_drafts
from sightline.doorway.roles import RECORD_READERS
from sightline.front_door.queries import list_contacts
from sightline.front_door.queue_queries import in_danger_now
from sightline.kernel.london import local_day
from sightline.partnership.queries import MessageLine, describe_messages, list_waiting
from sightline.people.queries import PersonName, get_headers, get_names, list_households_of
from sightline.plans.queries import PlanLine, categories_of, clocks_of, list_plans
from sightline.plans.rules import PROTECTION
from sightline.practice.queries import current_pack
from sightline.record.queries import (
    CarriedEpisode,
    OpenStep,
    ToldNotice,
    last_seen_of,
    list_carried,
    list_endings,
    list_notices,
    list_open_steps,
    list_steps_for,
)
from sightline.recording.queries import PlannedVisitView, list_planned
from sightline.web.asked import key_of, now, who
from sightline.web.casework.reading import category_labels, need_labels
from sightline.web.closed_drafts import names_of_closed
from sightline.web.presenters import cases, coming_up, visits, waiting
from sightline.web.presenters import my_day as rows
from sightline.web.presenters.visits import PlanFacts
from sightline.web.presenters.waiting import ASKED_OF_OTHERS, Waited
from sightline.workforce.queries import describe_posts

HAVE_A_PLACE = ASKED_OF_OTHERS | {"visit", "plan"}
"""Steps that are shown elsewhere on the page: planned visits, whom one waits for, and plans, by their clocks."""
A_PAGE = 50
"""How many children the case list shows at once."""


@dataclass(frozen=True)
class Desk:
    """What a worker carries: steps, episodes, the children of both and of plans, and planned visits."""

    by: Actor
    at: datetime
    steps: Sequence[OpenStep]
    carried: Sequence[CarriedEpisode]
    planned: Sequence[PlannedVisitView]
    asked_page: str = "1"

    @cached_property
    def children(self) -> list[UUID]:
        """Of open episodes, longest carried first, then those helped without one."""
        helped = (person for step in self.steps if step.kind == "plan" for person in step.people)
        return list(dict.fromkeys([*(one.child for one in self.carried), *helped]))

    @cached_property
    def plans(self) -> list[PlanLine]:
        """The plans that these children are on."""
        return list_plans(self.children)

    @property
    def number(self) -> int:
        """Which page of the case list is shown."""
        asked = int(self.asked_page) if self.asked_page.isdecimal() else 1
        return asked if 0 < asked <= len(self.children) // A_PAGE + 1 else 1

    @property
    def shown(self) -> list[UUID]:
        """The children on that page of the case list."""
        return self.children[(self.number - 1) * A_PAGE : self.number * A_PAGE]

    @property
    def followed(self) -> list[UUID]:
        """Those who are shown, and those of whom a plan asks something: of nobody else is more read than the name."""
        return list(dict.fromkeys([*self.shown, *(child for line in self.plans for child in line.children)]))


def my_day(request: HttpRequest) -> HttpResponse:
    """What is planned today, what is unfinished, what comes up, whom one waits for, and the children one carries."""
    by, at = who(request), now()
    if not by.has_role(RECORD_READERS):
        return render(request, "casework/no-casework.html", {"by": by})
    steps, page = list_open_steps(by.posts), request.GET.get("page", "1")
    desk = Desk(by, at, steps, list_carried(by.posts), list_planned(posts=by.posts), page)
    begun, told = list_drafts(by=by), list_notices(by.posts)
    sent = describe_messages([one.subject for one in told if one.subject and one.kind.startswith("message_")])
    about = children_of(sent.values())
    headers = get_names(people=_everybody(desk, told, about) | {one.about for one in begun if one.about})
    context = {
        "by": by,
        "drafts": rows.draft_rows(begun, headers, names_of_closed(begun)),
        "key": key_of(request),
        "told": rows.told_rows(told, headers, sent, about, at),
        **_visits(desk),
        **_cases(desk, headers),
        "waiting": waiting.waiting_rows(_waited(desk, headers)),
    }
    return render(request, "casework/my-day.html", context)


def _everybody(desk: Desk, told: Iterable[ToldNotice], about: dict[UUID, tuple[UUID, ...]]) -> set[UUID]:
    people = {*desk.followed, *(person for step in desk.steps for person in step.people)}
    people |= {child for one in desk.planned for child in one.children}
    people |= {one.person for one in told if one.person}
    return people | {child for children in about.values() for child in children}


def children_of(messages: Iterable[MessageLine]) -> dict[UUID, tuple[UUID, ...]]:
    """Whom each of these messages is about, by the contact that it answers."""
    contacts = {line.id: line.subject for line in messages}
    children = {one.id: one.children for one in list_contacts(contacts.values())} if contacts else {}
    return {message: children.get(contact, ()) for message, contact in contacts.items()}


def _visits(desk: Desk) -> dict[str, object]:
    """Today's visits in time order, and the sentence on those of which nobody has said how they went."""
    labels = visits.labels_of(current_pack(desk.at))
    children = {child for one in desk.planned for child in one.children}
    homes = list_households_of(people=children)
    # With their warnings: whoever goes there is told of a dog, and of whom not to be alone with.
    known = get_headers(people={*children, *(other for others in homes.values() for other in others)})
    at_home = {child: [known[other] for other in others if other in known] for child, others in homes.items()}
    facts = PlanFacts(headers=known, labels=labels, at=desk.at, back="day", at_home=at_home)
    to_come = [one for one in desk.planned if one.starts_at >= desk.at]
    over = [one for one in desk.planned if one.starts_at < desk.at]
    tomorrow_on = [one for one in to_come if local_day(one.starts_at) != local_day(desk.at)]
    return {
        "visits_today": visits.rows_of_today(to_come, facts),
        "visits_without_outcome": visits.without_outcome(len(over)),
        "visits_planned": visits.waiting_rows(tomorrow_on, facts),
    }


def _cases(desk: Desk, headers: dict[UUID, PersonName]) -> dict[str, object]:
    """What is due, from steps and from plans, and a page of the case list."""
    at = desk.at
    seen = last_seen_of(desk.followed)
    clocks = clocks_of([child for line in desk.plans for child in line.children], at=at, last_seen=seen)
    own, steps = coming_up.without(desk.steps, HAVE_A_PLACE), list_steps_for(desk.shown)
    danger = in_danger_now(step.subject for step in own if step.kind == "decide_contact")
    due = coming_up.grouped(coming_up.Coming(own, clocks, desk.planned, headers, at, danger))
    facts = cases.CaseFacts(
        at=at,
        headers=headers,
        needs=need_labels(at),
        seen=seen,
        episodes={one.child: one for one in desk.carried},
        plans=desk.plans,
        clocks=clocks,
        planned=desk.planned,
        steps=steps,
        managers=describe_posts(
            {one.post for one in steps if one.kind in cases.ASKED_OF and one.post not in desk.by.posts}
        ),
        categories=_categories(desk),
    )
    return {
        "today": due.pop("Today", []),
        "to_finish": due.pop("Overdue", []),
        "coming_up": due,
        "coming_up_count": sum(map(len, due.values())),
        "columns": cases.COLUMNS,
        "cases": cases.case_rows(desk.shown, facts),
        **_pages(desk.number, len(desk.children)),
    }


def _categories(desk: Desk) -> dict[UUID, str]:
    """The main category, in words, of those of the page who are on a protection plan; one query where any is."""
    protected = {child for line in desk.plans if line.kind == PROTECTION for child in line.children}
    named = categories_of(protected & set(desk.shown)) if protected else {}
    labels = category_labels(desk.at) if named else {}
    return {one.child: labels.get(one.main, one.main) for told in named.values() for one in told if one.stands}


def _pages(number: int, total: int) -> dict[str, str]:
    """The words and links of components/pagination.html; nothing where one page holds all."""
    if total <= A_PAGE:
        return {}
    last = min(number * A_PAGE, total)
    return {
        "words": f"Showing {(number - 1) * A_PAGE + 1} to {last} of {total}",
        "next_url": f"?page={number + 1}#cases" if last < total else "",
        "previous_url": f"?page={number - 1}#cases" if number > 1 else "",
    }


def _waited(desk: Desk, headers: dict[UUID, PersonName]) -> Waited:
    rounds = [one for one in list_open_rounds(posts=desk.by.posts) if one.with_post]
    endings = [one for one in list_endings(desk.children) if one.waits and one.post not in desk.by.posts]
    posts = {one.with_post for one in rounds if one.with_post} | {one.post for one in endings}
    return Waited(
        headers=headers,
        at=desk.at,
        asked=[step for step in desk.steps if step.kind in ASKED_OF_OTHERS],
        sent=list_waiting(desk.by.posts, at=desk.at),
        rounds=rounds,
        endings=endings,
        posts=describe_posts(posts),
    )
