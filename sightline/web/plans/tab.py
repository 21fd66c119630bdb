"""The plan on a child's record: what is in force, help that was asked for, and what was agreed before."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.conferences.queries import MeetingPart, parts_of
from sightline.doorway.acts import look
from sightline.doorway.roles import MANAGERS
from sightline.kernel.dates import day_words
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.people.queries import get_names
from sightline.plans.permissions import may_end, may_plan, may_step_up
from sightline.plans.queries import (
    CategoryView,
    Clock,
    PlanLine,
    PlanView,
    categories_of,
    clocks_of,
    get_plan,
    list_plans,
    list_services,
    progress_of,
)
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP, PROTECTION
from sightline.record.queries import get_entry, list_steps_for
from sightline.web.casework.opening import Opened, open_person, read_person, require_record
from sightline.web.casework.reading import category_labels
from sightline.web.casework.record import frame_of
from sightline.web.disagreements.linking import disagree_url
from sightline.web.earlier.reading import plans_there
from sightline.web.plans.opening import NO_PLAN
from sightline.web.presenters import plan_history as history
from sightline.web.presenters import plan_protection as protecting
from sightline.web.presenters import plans as said
from sightline.web.presenters.plan_services import SERVICE_COLUMNS, service_rows
from sightline.web.presenters.steps import due_within, shown_name
from sightline.web.presenters.words import full_moment
from sightline.workforce.queries import describe_posts, posts_below


def person_plan(request: HttpRequest, person: UUID) -> HttpResponse:
    """The tab. Of an earlier day, it has the versions that stood by then, and nothing that came later."""
    opened = require_record(open_person(request, person, "plan"))
    lines = list_plans([person], only_open=False)
    here_now = [one for one in lines if any(m.child == person and m.to_on is None for m in one.members)]
    context = frame_of(opened, "person-plan")
    if opened.as_at is not None:
        stood = [get_plan(one.plan, line=one) for one in lines if _was_on(one, person, opened.today)]
        context |= {"stood": history.stood_rows(stood, person, opened.as_at), "columns": history.STOOD_COLUMNS}
        return render(request, "plans/stood.html", context)
    views = [get_plan(one.plan, line=one) for one in here_now]
    there, over = plans_there(opened)
    context |= {
        "there": there,
        "over_there": over,
        "plans": [said.plan_words(one) for one in facts_of(opened, views)],
        "earlier": history.earlier_rows(lines, person),
        "earlier_columns": history.EARLIER_COLUMNS,
        "no_plan": _no_plan(opened) if not views and not there else "",
        "may_plan": may_plan(opened.by),
    }
    return render(request, "plans/plan.html", context | _services(opened))


def _no_plan(opened: Opened) -> str:
    """That there is none, and since when one is to be made, by whom and by when."""
    said = f"No plan is recorded for {shown_name(opened.header)} by this authority."
    asked = list_steps_for([opened.person], kinds=["make_plan"])
    posts = describe_posts([one.post for one in asked])
    for one in asked:
        whom = f" of {posts[one.post]}" if one.post in posts else ""
        said += (
            f" One was asked for on {day_words(local_day(one.opened_at))}{whom}: {due_within(one.due_at, opened.at)}."
        )
    return said


def _was_on(line: PlanLine, person: UUID, day: date) -> bool:
    """Whether this child was on the plan on that day."""
    return any(
        one.child == person and one.from_on <= day and (one.to_on is None or one.to_on > day) for one in line.members
    )


def _services(opened: Opened) -> dict[str, object]:
    lines = list_services([opened.person])
    asked = service_rows(
        lines, person=opened.person, today=opened.today, may_answer=may_plan(opened.by) and opened.as_at is None
    )
    return {"services": asked, "service_columns": SERVICE_COLUMNS}


def facts_of(opened: Opened, plans: Iterable[PlanView], *, whole: bool = False) -> list[said.PlanFacts]:
    """What the words of these plans stand on, in a fixed number of queries beside each plan's progress.

    `whole` is for all of its children; else what is another child's alone is left to that child's page.
    """
    views = list(plans)
    people = {one.child for view in views for one in view.children}
    people |= {one.person for view in views for one in view.agreements}
    parts, categories = _of_protection(views)
    people |= {one.person for met in parts.values() for part in met.values() for one in part.family}
    names = {key: shown_name(one) for key, one in get_names(people=people).items()}
    steps = [view.post for view in views if view.post]
    posts, clocks = describe_posts(steps), _clocks(opened, views)
    below = posts_below(opened.by.posts) if opened.by.has_role(MANAGERS) else set()
    finishable = frozenset({*opened.by.posts, *below}) if opened.as_at is None else frozenset()
    return [
        said.PlanFacts(
            plan=view,
            names=names,
            posts=posts,
            at=opened.at,
            person=None if whole else opened.person,
            progress=progress_of(view.id),
            clocks=clocks,
            acts=acts_on(opened, view),
            finishable=finishable,
            categories=[one for one in categories if one.plan == view.id and (whole or one.child == opened.person)],
            labels=category_labels(opened.at) if view.id in parts else {},
            parts=parts.get(view.id, {}),
        )
        for view in views
    ]


def _of_protection(views: Iterable[PlanView]) -> tuple[dict[UUID, dict[UUID, MeetingPart]], list[CategoryView]]:
    """What those had to do with its meetings whom a protection plan is about, by plan; and from what it protects."""
    protects = [view for view in views if view.kind == PROTECTION]
    if not protects:
        return {}, []
    named = categories_of({one.child for view in protects for one in view.children})
    return {view.id: parts_of(view.id) for view in protects}, [one for told in named.values() for one in told]


def _clocks(opened: Opened, views: list[PlanView]) -> list[Clock]:
    on = [view.line for view in views if any(m.child == opened.person and m.to_on is None for m in view.children)]
    return clocks_of([opened.person], at=opened.at, plans=on) if on else []


def acts_on(opened: Opened, plan: PlanView) -> list[tuple[str, str]]:
    """What this worker may do with a plan that has not ended, by the rules that would refuse it."""
    if not may_plan(opened.by) or plan.to_on is not None or opened.as_at is not None:
        return []
    protects = plan.kind == PROTECTION
    acts = [
        *([] if protects else [("Review the plan", "plan-review")]),
        ("Change the plan", "plan-change"),
        ("Agree and sign", "plan-version"),
        ("Who agrees", "plan-agreement"),
    ]
    if plan.line.one_with:
        acts.append(("What a child needs has changed", "plan-step"))
    elif plan.kind == EARLY_HELP:
        acts.append(("Step up" if may_step_up(opened.by) else "Ask for a step up", "plan-step"))
    elif plan.kind == CHILD_IN_NEED:
        acts.append(("Step down" if may_end(opened.by, plan.kind) else "Ask for a step down", "plan-step"))
    first = protecting.acts(opened.person, plan.id) if protects else []
    last = [("Somebody does not agree", disagree_url(opened.by, opened.person, "plan", plan.id))]
    return [*first, *((text, reverse(name, args=[opened.person, plan.id])) for text, name in acts), *last]


def plan(request: HttpRequest, person: UUID, plan: UUID) -> HttpResponse:
    """One plan by itself, also one that has ended."""
    opened = require_record(open_person(request, person, "plan"))
    view = get_plan(plan)
    if person not in {one.child for one in view.children}:
        raise NotFound(NO_PLAN)
    [facts] = facts_of(opened, [view])
    context = frame_of(opened, "person-plan") | {"plan": said.plan_words(facts)}
    return render(request, "plans/one.html", context)


def plan_as_agreed(request: HttpRequest, person: UUID, plan: UUID, version: UUID) -> HttpResponse:
    """A version word for word as it stood, with who signed it. It can be printed."""
    opened = require_record(read_person(request, person))
    view = get_plan(plan)
    one = next((each for each in view.versions if each.entry == version), None)
    found = get_entry(version)
    if one is None or person not in {subject.person for subject in found.subjects}:
        raise NotFound("There is no such version of a plan on a record that you work with.")
    look(by=opened.by, people=[person], what="plan", at=opened.at)
    context = {
        "opened": opened,
        "name": shown_name(opened.header),
        "title": f"{view.line.kind_words}, version {one.number}",
        "kept": full_moment(one.made_at),
        "parts": said.part_rows([each for each in found.passages if person in each.about], view.kind),
        "signatures": said.signature_rows(one.signatures),
        "latest": view.versions[0].entry == version,
        "may_sign": may_plan(opened.by),
        "sign_url": reverse("plan-sign", args=[person, plan, version]),
        "back_url": reverse("person-plan", args=[person]),
    }
    return render(request, "plans/as-agreed.html", context)
