"""What keeps a child safe, in words: what is in force first, and then what was done, each on one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from sightline.conferences.models import MeetingChild
from sightline.conferences.queries import MeetingLine
from sightline.disagreements.queries import DisagreementView
from sightline.enquiries.queries import EnquiryLine, MedicalLine, OrderLine
from sightline.kernel.dates import day_words
from sightline.kernel.london import local, local_day
from sightline.plans.queries import OnProtection
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.enquiries import conference_due
from sightline.web.presenters.steps import due_within, due_words


def day_and_hour(moment: datetime) -> str:
    """`Tuesday 24 November 2026 at 14:40`: what runs through nights is said with its hour."""
    here = local(moment)
    return f"{here:%A} {here.day} {here:%B %Y} at {here:%H:%M}"


def hours(length: timedelta) -> str:
    """`41 hours`, `20 minutes`: an order of days is still counted in its hours."""
    minutes = max(1, int(length.total_seconds() // 60))
    return words.count(minutes // 60, "hour") if minutes >= 60 else words.count(minutes, "minute")


def runs_out_line(order: OrderLine, at: datetime) -> str:
    """`Police protection runs out on Tuesday 24 November 2026 at 14:40: 41 hours left.`"""
    name, moment = order.kind_words, day_and_hour(order.runs_out_at)
    if order.ended_at is not None:
        return f"{name} ended on {day_and_hour(order.ended_at)}: {order.ended_because}"
    if order.runs_out_at <= at:
        return f"{name} ran out on {moment}."
    return f"{name} runs out on {moment}: {hours(order.runs_out_at - at)} left."


@dataclass(frozen=True)
class InForce:
    """Everything that may be in force for one child at a moment."""

    person: UUID
    at: datetime
    orders: Sequence[OrderLine] = ()
    enquiries: Sequence[EnquiryLine] = ()
    on_plan: OnProtection | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    may_write: bool = False


def in_force(facts: InForce) -> list[dict[str, object]]:
    """What keeps the child safe now: orders, then the plan, then an enquiry under way."""
    orders = [_order(one, facts) for one in facts.orders if one.in_force]
    unsaid = [_unsaid(one, facts) for one in facts.orders if one.state == "ran_out" and one.waits]
    plan = [_plan(facts.on_plan, facts)] if facts.on_plan else []
    open_ones = [one for one in facts.enquiries if not one.children[facts.person].outcome]
    return [*orders, *unsaid, *plan, *(_enquiry(one, facts) for one in open_ones)]


def _order(one: OrderLine, facts: InForce) -> dict[str, object]:
    since = [f"From {day_and_hour(one.began_at)}", f"Made by {one.made_by}" if one.made_by else "",
             f"The child is kept: {one.where_kept}" if one.where_kept else "",
             "The court gave this time" if one.by_court else ""]  # fmt: skip
    return {
        "title": runs_out_line(one, facts.at),
        "detail": ". ".join(part.rstrip(".") for part in since if part),
        "acts": _order_acts(one) if facts.may_write else [],
        "urgent": True,
    }


def _order_acts(one: OrderLine) -> list[dict[str, str]]:
    acts = [{"text": "It has ended", "url": reverse("order-end", args=[one.step])}]
    if one.kind == "emergency" and one.extended_by is None:
        acts.insert(0, {"text": "It is extended", "url": reverse("order-extend", args=[one.step])})
    return acts


def _unsaid(one: OrderLine, facts: InForce) -> dict[str, object]:
    acts = [{"text": "Say what became of it", "url": reverse("order-end", args=[one.step])}]
    return {
        "title": runs_out_line(one, facts.at),
        "detail": "Nobody has said where the child is now, or what keeps them safe",
        "acts": acts if facts.may_write else [],
        "urgent": True,
    }


def _plan(plan: OnProtection, facts: InForce) -> dict[str, object]:
    main = facts.categories.get(plan.main, plan.main) or "Category not named yet"
    others = words.listing(facts.categories.get(one, one).lower() for one in plan.others)
    parts = [
        f"Main category: {main}" if plan.main else main,
        f"Also: {others}" if others else "",
        f"Review {due_within(plan.review_due_at, facts.at)}" if plan.review_due_at else "",
        f"Next core group {due_within(plan.next_core_group_due_at, facts.at)}" if plan.next_core_group_due_at else "",
        times_before(plan.times_before),
    ]
    return {
        "title": f"On a child protection plan since {day_words(plan.since_on)}.",
        "detail": ". ".join(part for part in parts if part),
        "acts": [{"text": "The plan", "url": reverse("plan", args=[facts.person, plan.plan])}],
        "urgent": False,
    }


def times_before(number: int) -> str:
    """`On a protection plan twice before`."""
    said = {0: "", 1: "once", 2: "twice"}.get(number, f"{number} times")
    return f"On a protection plan {said} before" if said else ""


def _enquiry(one: EnquiryLine, facts: InForce) -> dict[str, object]:
    due = conference_due(one, facts.at)
    return {
        "title": f"A section 47 enquiry is under way since {day_words(local_day(one.began_at))}.",
        "detail": ". ".join(part for part in (one.manner_words, due) if part),
        "acts": [{"text": "The enquiry", "url": reverse("enquiry", args=[one.step])}],
        "urgent": False,
    }


def order_line(one: OrderLine, at: datetime) -> dict[str, str]:
    """An order that is over, on one line."""
    return {"title": runs_out_line(one, at), "url": "", "detail": f"Began {day_and_hour(one.began_at)}"}


def asked_for(one: MedicalLine) -> str:
    """`Asked for 3 March 2026 at 14:40 of Dr Osei`."""
    return f"Asked for {words.full_moment(one.asked_at)}{f' of {one.asked_of}' if one.asked_of else ''}"


def medical_line(one: MedicalLine, at: datetime, *, may_write: bool) -> dict[str, str]:
    """An examination: held, not held and why, or asked for and waited for."""
    asked = asked_for(one)
    if one.held_at is not None:
        url = _on_timeline(one)
        return {"title": f"Held {words.full_moment(one.held_at)}", "url": url, "detail": f"{one.examiner}. {asked}"}
    if one.not_held_because:
        return {"title": "Not held", "url": _on_timeline(one), "detail": f"{one.not_held_because.rstrip('.')}. {asked}"}
    url = reverse("medical-record", args=[one.step]) if may_write else ""
    due = f". {due_words(one.due_at, at)}" if one.due_at else ""
    return {"title": "Record what was found", "url": url, "detail": f"{asked}{due}"}


def _on_timeline(one: MedicalLine) -> str:
    """Where what was found is read, with whose words they are."""
    return f"{reverse('person-timeline', args=[one.child])}#entry-{one.entry}" if one.entry else ""


DECIDED = dict(MeetingChild.Decision.choices)


def meeting_line(one: MeetingLine, child: UUID, categories: Mapping[str, str]) -> dict[str, str]:
    """A conference or core group as it concerns one child."""
    moment = f"{words.full_moment(one.moment)}" if one.moment else "no time set"
    category = one.categories.get(child, "")
    parts = [
        f"Called off: {one.not_held_because}" if one.not_held_because else "",
        "" if one.held_at or one.not_held_because else "To be held",
        str(DECIDED.get(one.decisions.get(child, ""), "")),
        categories.get(category, category),
    ]
    url = address("conference", one.step) if one.kind != "core_group" else ""
    return {"title": f"{one.kind_words}, {moment}", "url": url, "detail": ". ".join(part for part in parts if part)}


def disagreement_line(one: DisagreementView, at: datetime) -> dict[str, str]:
    """A disagreement: between whom, and where it stands."""
    if one.resolved_on:
        stands = f"Resolved {day_words(one.resolved_on)}"
    else:
        stands = f"With {one.stage.resolver}. {due_words(one.stage.due_at, at)}"
    return {
        "title": one.about,
        "url": address("disagreement", one.step),
        "detail": f"Between {words.listing(one.parties)}. {stands}",
    }
