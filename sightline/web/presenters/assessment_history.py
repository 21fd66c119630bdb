"""What went before an assessment: contacts and their outcomes, times of involvement, and plans."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sightline.front_door.queries import ContactView
from sightline.kernel.errors import Refusal
from sightline.people.queries import PersonName
from sightline.plans.queries import PlanLine
from sightline.practice.spec import Pack, Pin
from sightline.record.queries import CarriedEpisode
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import names_of

Rows = list[dict[str, str]]


def pin_of(form: str) -> Pin:
    """Which pack something was written under."""
    key, _, version = form.partition(":")
    return Pin(key, int(version.partition(":")[0] or 0))


def pins_of(contacts: Iterable[ContactView]) -> set[Pin]:
    """The packs that these contacts were taken under."""
    return {pin_of(one.form) for one in contacts if one.form}


def contact_rows(
    contacts: Iterable[ContactView], packs: Mapping[Pin, Pack], headers: Mapping[UUID, PersonName]
) -> Rows:
    """Each contact with what it became, newest first, in the words of the pack it was taken under."""
    return [
        {
            "title": words.day(one.received_at),
            "url": address("contact", one.id),
            "about": "contact",
            "detail": ". ".join(
                part for part in (_became(one, packs.get(pin_of(one.form))), names_of(one.children, headers)) if part
            ),
        }
        for one in contacts
    ]


def _became(one: ContactView, pack: Pack | None) -> str:
    if one.decision is None:
        return "Not decided yet"
    try:
        return str(pack.outcome(one.decision.outcome).label) if pack else "Decided"
    except Refusal:  # a contact that was brought in from elsewhere
        return "Decided"


def episode_rows(episodes: Iterable[CarriedEpisode], pack: Pack, headers: Mapping[UUID, PersonName]) -> Rows:
    """When each child was open to us, why, and how it ended. Brothers and sisters of one time stand together."""
    needs = {one.code: str(one.label) for one in pack.list("main_need").options if one.code}
    together: dict[tuple[date, date | None, str], list[UUID]] = {}
    for one in episodes:
        together.setdefault((one.opened_on, one.closed_on, one.need), []).append(one.child)
    return [
        {
            "title": f"From {words.day(opened)}" + (f" to {words.day(closed)}" if closed else ", still open"),
            "detail": ". ".join(part for part in (needs.get(need, ""), names_of(children, headers)) if part),
        }
        for (opened, closed, need), children in together.items()
    ]


def plan_rows(plans: Iterable[PlanLine], headers: Mapping[UUID, PersonName]) -> Rows:
    """Plans of any of the children, newest first, each with its time."""
    return [
        {
            "title": one.kind_words,
            "url": address("plan", one.plan),
            "about": words.day(one.began_on),
            "detail": ". ".join(part for part in (_time_of(one), names_of(one.children, headers)) if part),
        }
        for one in sorted(plans, key=lambda one: one.began_on, reverse=True)
    ]


def _time_of(plan: PlanLine) -> str:
    ended = f" to {words.day(plan.to_on)}" if plan.to_on else ", still open"
    return f"From {words.day(plan.began_on)}{ended}"
