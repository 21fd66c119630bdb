"""The manager's page, and what a manager decides on it: who carries a child, and who stands in."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.doorway.actor import Actor
from sightline.doorway.roles import FRONT_DOOR, MANAGERS, Role
from sightline.front_door.queries import list_contacts, list_recommended
from sightline.front_door.queue_queries import in_danger_now
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.stand_in import be_away, come_back
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.record.queries import get_open_episodes, last_seen_of, list_carried, list_open_steps
from sightline.web.access.emergency import to_review
from sightline.web.asked import key_of, now, post_only, send_once, who
from sightline.web.casework.forms import DayField
from sightline.web.casework.opening import read_person, require_record
from sightline.web.casework.reading import need_labels
from sightline.web.casework.whom_to_allocate import Choices, posts_by_team
from sightline.web.presenters import my_day as rows
from sightline.web.presenters import team as said
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.workforce.models import Team
from sightline.workforce.queries import (
    describe_posts,
    list_absent,
    list_accounts,
    list_occupants,
    list_posts,
    list_vacant,
    posts_below,
    who_to_ring_of,
)

TOLD = frozenset({"decide_contact", "feedback"})
"""Kinds of steps that the page lists; of others it only counts how many a post owes."""
DECIDED_BY_YOU = frozenset({"authorise_assessment", "authorise_ending", "authorise_step"})
"""Kinds of steps by which a manager is asked for a decision: those of the manager's own posts are listed."""
MOST_LATE = 25
"""How many of what is later than due are shown, the longest first; all are counted."""
STANDS_IN = FRONT_DOOR | {Role.FAMILY_SUPPORT_WORKER}
"""Roles that can carry children and what is owed for them, and so stand in for whoever does."""


def _manager(request: HttpRequest) -> Actor:
    by = who(request)
    if not by.has_role(MANAGERS):
        raise NotPermitted("This is the managers' page. Your own work is under My day.")
    return by


def team(request: HttpRequest) -> HttpResponse:
    """Undecided contacts, unallocated children, who is away, decisions awaited, feedback, last seen."""
    by, at = _manager(request), now()
    posts = by.posts | posts_below(by.posts)
    night = posts_of_the_night(by) - posts
    every = list_open_steps(posts | night, limit=500)
    steps, carried = [step for step in every if step.post in posts], list_carried(posts)
    undecided = [step for step in every if step.kind == "decide_contact"]
    danger = in_danger_now(step.subject for step in undecided)
    undecided = rows.danger_first(undecided, danger)
    recommended = list_recommended([one.id for one in list_contacts([one.subject for one in undecided if one.subject])])
    absent, vacant = list_absent(posts=posts, at=at), list_vacant(posts)
    left = {post for one in absent for post in one.posts} | {one.id for one in vacant}
    # Of what is owed, only these steps are shown by whom they are about: for a service manager a fifth of the names.
    yours = [step for step in steps if step.kind in DECIDED_BY_YOU and step.post in by.posts]
    told = [*yours, *(step for step in every if step.kind in TOLD or step.post in left)]
    helped = [step for step in steps if step.kind == "plan"]
    late = said.later_than_due(steps, TOLD, at)
    people = {one.child for one in carried}
    people |= {person for step in (*told, *helped, *late[:MOST_LATE]) for person in step.people}
    headers, named, needs = get_names(people=people), describe_posts(posts | night), need_labels(at)
    carriers = said.carriers_in_words(carried, helped, named)
    watched = said.Watched(carriers, headers, last_seen_of(carriers), at)
    number = current_pack(at).threshold("no_access.in_a_row", local_day(at)).number
    rings = who_to_ring_of(posts=left, at=at)
    load = said.Load(carried, steps, headers, rings, at)
    context = {
        "emergencies": to_review(posts, at),
        "undecided": [said.undecided_row(step, headers, named, at, danger) for step in undecided],
        "night": bool(night),
        "recommended": [
            *said.recommended_rows(undecided, recommended, by.posts, headers, at, danger=danger),
            *(rows.step_row(step, headers, at) for step in yours),
        ],
        "late": [said.late_row(step, headers, named, at) for step in late[:MOST_LATE]],
        "late_count": len(late),
        "feedback": [rows.step_row(step, headers, at) for step in steps if step.kind == "feedback"],
        "unallocated": rows.unallocated_rows([one for one in carried if one.unallocated], headers, needs, named, at),
        "absent": [said.absent_row(one, load) for one in absent],
        "vacant": [said.vacant_row(one, load) for one in vacant],
        "no_access": said.no_access_rows(watched, number),
        "by_last_seen": said.seen_rows(watched),
        "seen_columns": said.SEEN_COLUMNS,
        "by": by,
    }
    return render(request, "casework/team.html", context)


def posts_of_the_night(by: Actor) -> frozenset[UUID]:
    """The emergency duty team's posts, for a manager at the front door: what is undecided at its close lies there."""
    lines = list_posts()
    if not any(line.id in by.posts and line.team_kind == Team.Kind.FRONT_DOOR for line in lines):
        return frozenset()
    return frozenset(line.id for line in lines if line.team_kind == Team.Kind.EMERGENCY_DUTY)


class AllocateForm(forms.Form):
    """Who carries a child from now on, and why they."""

    post = forms.ChoiceField(
        label="Who carries this child?", error_messages={"required": "Choose who carries this child."}
    )
    reason = forms.CharField(
        label="Why?",
        help_text="For example: has worked with the family before.",
        max_length=300,
        error_messages={"required": "Say why."},
    )

    def __init__(self, *arguments: object, posts: Choices, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
        self.fields["post"].choices = [("", "Choose who"), *posts]  # type: ignore[attr-defined]  # a field of choices


def allocate(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give a child, with what is owed for them, to a post."""
    by = _manager(request)
    opened = require_record(read_person(request, person))
    key = key_of(request)
    form = AllocateForm(request.POST if request.method == "POST" else None, posts=posts_by_team(by, opened.at))
    if request.method == "POST" and form.is_valid():
        post = UUID(form.cleaned_data["post"])
        try:
            send_once(
                request,
                "allocate",
                lambda: _allocated(by, person, post, form.cleaned_data["reason"], opened.at),
                at=opened.at,
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Allocated. They have been told.")
            return redirect("team")
    episode = get_open_episodes([person]).get(person)
    context = {"opened": opened, "name": shown_name(opened.header), "form": form, "key": key, "episode": episode,
               "with_whom": describe_posts([episode.post]) if episode and episode.post else {}}  # fmt: skip
    return render(request, "casework/allocate.html", context)


def _allocated(by: Actor, child: UUID, post: UUID, reason: str, at: datetime) -> UUID:
    allocate_child(by=by, child=child, post=post, reason=reason, at=at)
    return child


def described(posts: Iterable[UUID]) -> list[tuple[str, str]]:
    """Posts as choices, by the name of whoever stands in them."""
    return sorted(((str(post), words) for post, words in describe_posts(posts).items()), key=lambda one: one[1])


class AwayForm(forms.Form):
    """Who is away, until when, and who stands in."""

    account = forms.ChoiceField(label="Who is away?", error_messages={"required": "Choose who is away."})
    cover = forms.ChoiceField(label="Who stands in?", required=False)

    def __init__(self, *arguments: object, people: list[tuple[str, str]], covers: list[tuple[str, str]],
                 today: date, **named: object) -> None:  # fmt: skip
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came
        self.fields["account"].choices = [("", "Choose one person"), *people]  # type: ignore[attr-defined]  # a field of choices
        self.fields["cover"].choices = [("", "Nobody yet: their manager is rung"), *covers]  # type: ignore[attr-defined]  # as above
        self.fields["back_on"] = DayField(
            today=today, label="When are they back?", help_text="Leave empty if nobody knows.", required=False
        )


def away(request: HttpRequest) -> HttpResponse:
    """Record that somebody is away, and who stands in for the posts that they hold."""
    by, at, key = _manager(request), now(), key_of(request)
    people = list_occupants(posts_below(by.posts) | by.posts)
    covers = [(str(one.id), one.name) for one in list_accounts() if one.role in STANDS_IN]
    form = AwayForm(
        request.POST if request.method == "POST" else None,
        people=[(str(account), name) for account, name in people.items()],
        covers=covers,
        today=local_day(at),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cover = UUID(given["cover"]) if given["cover"] else None
        try:
            send_once(
                request,
                "away",
                lambda: _away(by, UUID(given["account"]), given["back_on"], cover, at),
                at=at,
            )
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused, {"account": "cover", "until": "back_on"})
        else:
            messages.success(request, "Recorded. Whoever rings for them is told who stands in.")
            return redirect("team")
    return render(request, "casework/away.html", {"form": form, "key": key})


def _away(by: Actor, account: UUID, back_on: date | None, cover: UUID | None, at: datetime) -> UUID:
    be_away(by=by, account=account, back_on=back_on, cover=cover, at=at)
    return account


@post_only("team")
def back(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody is back."""
    come_back(by=_manager(request), account=account, at=now())
    messages.success(request, "Recorded as back.")
    return redirect("team")
