"""What was done before for these children, in words: assessments, plans, involvement that ended, other areas.

Whoever may not be read is not named, and what is about nobody who may be read is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.people.queries import PersonName
from sightline.plans.queries import EarlierView, OnPlan, PlanLine
from sightline.practice.spec import Pack
from sightline.record.queries import CarriedEpisode
from sightline.web.asked import address
from sightline.web.front_door.already import Already
from sightline.web.presenters import words
from sightline.web.presenters.assessments import outcome_label, title_in
from sightline.web.presenters.earlier import kind_words
from sightline.web.presenters.steps import shown_name

ELSEWHERE = (
    "Nothing is recorded here from {}. That does not mean that there is nothing: "
    "ask where the family has lived, and ask there."
)


@dataclass(frozen=True)
class Line:
    """A fact with its name, as `components/summary-list.html` takes it."""

    key: str
    value: str
    url: str = ""
    action: str = "View the record"


def signed_lines(already: Already, pack: Pack) -> tuple[Line, ...]:
    """Signed assessments of the children and of their brothers and sisters, each with its outcome."""
    return tuple(
        Line(
            words.day(one.authorised_at),
            f"{_names(already, one.children)}: {outcome_label(one.outcome, pack)}. {title_in(pack, one.kind)} "
            f"begun {words.day(one.started_on)}",
            url=address("assessment-signed", one.entry),
            action="Read the assessment",
        )
        for one in already.signed
        if _known(already, one.children)
    )


def plan_lines(already: Already) -> tuple[Line, ...]:
    """Plans in force and plans that ended, with who was on each, until when, and why it ended."""
    found = [(one, [member for member in one.members if member.child in already.headers]) for one in already.plans]
    ours = tuple(_plan(already, one, members) for one, members in found if members)
    theirs = (one for plans in already.earlier_plans.values() for one in plans if not one.taken_up)
    return (*ours, *(_earlier_plan(already, one) for one in theirs if one.child in already.headers))


def _earlier_plan(already: Already, plan: EarlierView) -> Line:
    return Line(
        kind_words(plan),
        f"{_names(already, [plan.child])}: {_days(plan.from_on, plan.to_on, '')}, recorded in an earlier system",
        url=reverse("person-plan", args=[plan.child]),
        action="See the plan",
    )


def _plan(already: Already, plan: PlanLine, members: list[OnPlan]) -> Line:
    days: dict[tuple[date, date | None, str], list[UUID]] = {}
    for one in members:
        days.setdefault((one.from_on, one.to_on, one.end_reason), []).append(one.child)
    said = [f"{_names(already, children)}: {_days(*when)}" for when, children in days.items()]
    return Line(
        plan.kind_words,
        ". ".join(said),
        url=reverse("person-plan", args=[members[0].child]),
        action="See the plan",
    )


def ended_lines(already: Already, pack: Pack) -> tuple[Line, ...]:
    """Involvement that ended, brothers and sisters together, and how it ended."""
    together: dict[tuple[date, date, str], list[UUID]] = {}
    for one in already.episodes:
        if one.closed_on is not None:
            together.setdefault((one.closed_on, one.opened_on, _how(one, pack)), []).append(one.child)
    return tuple(
        Line(
            _names(already, children),
            _days(opened, closed, how),
            url=f"{reverse('person-timeline', args=[children[0]])}?kind=closure",
            action="See how it ended",
        )
        for (closed, opened, how), children in sorted(together.items(), key=lambda one: one[0], reverse=True)
        if _known(already, children)
    )


def _how(episode: CarriedEpisode, pack: Pack) -> str:
    if episode.no_further_action:
        return "No further action"
    code = episode.closure_reason
    return next((str(one.label) for one in pack.list("closure_reason").options if one.code == code), code)


def _days(begun: date, ended: date | None, why: str) -> str:
    if ended is None:
        return f"since {words.day(begun)}"
    return f"{words.day(begun)} to {words.day(ended)}{f'. {why}' if why else ''}"


def court_lines(already: Already) -> tuple[Line, ...]:
    """Pre-proceedings of the children and of their brothers and sisters, and where they stand."""
    return tuple(
        Line(
            _names(already, [one.child]),
            f"Pre-proceedings{f' since {words.day(one.started_on)}' if one.started_on else ''}. {one.state_words}",
            url=address("before-court", one.child),
            action="See what happened",
        )
        for one in already.before_court
        if one.child in already.headers
    )


def area_lines(already: Already) -> tuple[Line, ...]:
    """Other areas to which something about these children was passed on."""
    return tuple(
        Line(
            one.decision.other_authority,
            f"A contact was passed on to them on {words.day(one.decision.decided_at)}",
            url=reverse("contact", args=[one.id]),
            action="See the contact",
        )
        for one in already.contacts
        if one.decision is not None and one.decision.other_authority
    )


def elsewhere_words(already: Already) -> str:
    """What nobody here can know, said so that silence is not read as nothing there."""
    silent = ["other areas"] if not area_lines(already) else []
    silent += ["court"] if not court_lines(already) else []
    return ELSEWHERE.format(" or from ".join(silent)) if silent else ""


def _known(already: Already, children: Iterable[UUID]) -> list[PersonName]:
    return [already.headers[child] for child in dict.fromkeys(children) if child in already.headers]


def _names(already: Already, children: Iterable[UUID]) -> str:
    return words.listing(shown_name(one) for one in _known(already, children))
