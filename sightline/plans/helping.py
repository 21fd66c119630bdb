"""Help that was asked for, until somebody says that it began. Part of this room's operations.

Asking for help needs no plan and nobody's permission: whoever writes on a child's record may ask.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.plans.models import Service
from sightline.plans.rules import due_after, refuse_blank, refuse_future
from sightline.plans.standing import carrier_of, children_on, hold
from sightline.practice.queries import current_pack
from sightline.practice.rules import rule_on
from sightline.record.models import Entry, Step, StepSubject
from sightline.record.operations import close_step, open_step, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words

STEP, RULE = "service", "service.begin"


@act("ask_service")
def ask_service(
    *,
    by: Actor,
    children: Iterable[UUID],
    what: str,
    asked_on: date,
    post: UUID | None,
    at: datetime,
    plan: UUID | None = None,
    agency_post: UUID | None = None,
    of_whom: str = "",
) -> UUID:
    """Say that help was asked for, of whom and on which day; it waits as a step of its own.

    Help that was asked for is not help received: the step stays open, and comes back by the rule
    `service.begin`, until somebody says that it began or why it is not coming.
    """
    for_whom = list(dict.fromkeys(children)) or (children_on(plan) if plan else [])
    if not for_whom:
        raise Refusal("Choose the child or children whom this help is for.", field="children")
    refuse_unless_may_write(by, for_whom)
    if plan is not None:
        hold(plan)
    wanted = refuse_blank(what, "Say which help was asked for.", field="what")
    refuse_future(asked_on, at=at, field="asked_on")
    carried = post or (carrier_of(plan) if plan else None) or min(by.posts, default=None)
    if carried is None:
        raise Refusal("Choose the post that sees whether this help comes.", field="post")
    step = open_step(
        by=by, kind=STEP, post=carried, people=for_whom, words=wanted[:200], at=at, **_comes_back(asked_on, at),
    )  # fmt: skip
    Service.objects.create(
        step_id=step, plan_id=plan, what=wanted[:200], agency_post_id=agency_post, of_whom=of_whom.strip()[:200],
        asked_on=asked_on,
    )  # fmt: skip
    return step


def _comes_back(asked_on: date, at: datetime) -> dict[str, Any]:
    pack = current_pack(at)
    rule = rule_on(pack, RULE, asked_on)
    return {"due_at": due_after(rule, asked_on).due_at, "due_rule": pack.cite(RULE)} if rule else {}


@act("service_began")
def service_began(*, by: Actor, step: UUID, on: date, said_by: str, at: datetime) -> UUID:
    """Say that help began, on which day and who said so; the waiting ends. An entry says it on the record.

    Also of help that was not expected any more. Refuses a day to come, and nobody's word for it.
    """
    found = _service(by, step)
    refuse_future(on, at=at, field="on")
    teller = refuse_blank(said_by, "Say who told us that it began.", field="said_by")
    entry = _write(by, found, f"began on {day_words(on)}, as {teller} told us", on, at)
    found.began_on, found.began_said_by, found.not_begun_because = on, teller[:200], ""
    found.save(update_fields=["began_on", "began_said_by", "not_begun_because"])
    _end_waiting(by, step, entry, "began", at)
    return entry


@act("service_not_coming")
def service_not_coming(*, by: Actor, step: UUID, because: str, at: datetime) -> UUID:
    """Say that help that was asked for is not coming, and why. Refuses help that began, and no reason."""
    found = _service(by, step)
    if found.began_on is not None:
        raise Refusal(f"This help began on {day_words(found.began_on)}. Say on which day it ended.")
    reason = refuse_blank(because, "Say why this help is not coming.", field="because")
    entry = _write(by, found, f"is not coming. Because: {reason}", local_day(at), at)
    found.not_begun_because = reason[:300]
    found.save(update_fields=["not_begun_because"])
    _end_waiting(by, step, entry, "not coming", at)
    return entry


@act("service_ended")
def service_ended(*, by: Actor, step: UUID, on: date, at: datetime, because: str = "") -> UUID:
    """Say that help ended, on which day and why where that is known; also of help nobody said began."""
    found = _service(by, step)
    refuse_future(on, at=at, field="on")
    if found.began_on is not None and on < found.began_on:
        raise Refusal(f"It began on {day_words(found.began_on)}, and cannot end before that.", field="on")
    why = f". Because: {because.strip()}" if because.strip() else "."
    entry = _write(by, found, f"ended on {day_words(on)}{why}", on, at)
    found.ended_on = on
    found.save(update_fields=["ended_on"])
    _end_waiting(by, step, entry, "ended", at)
    return entry


def _service(by: Actor, step: UUID) -> Service:
    found = Service.objects.select_for_update().filter(step_id=step).first()
    if found is None:
        raise NotFound("There is no such request for help among the children that you work with.")
    refuse_unless_may_write(by, StepSubject.objects.filter(step_id=step).values_list("person_id", flat=True))
    return found


def _write(by: Actor, service: Service, what_happened: str, on: date, at: datetime) -> UUID:
    children = list(StepSubject.objects.filter(step_id=service.step_id).values_list("person_id", flat=True))
    touch(*children)
    asked = f" (asked of {service.of_whom})" if service.of_whom else ""
    return write_entry(
        by=by,
        kind=Entry.Kind.PLAN,
        concerned=[Concerned(child) for child in children],
        words=[Words(f"{service.what}{asked} {what_happened}", tuple(children), heading="help")],
        occurred=When.exactly(at) if on == local_day(at) else When.on(on),
        post=min(by.posts, default=None),
        answers={"service": str(service.step_id)},
        at=at,
    )


def _end_waiting(by: Actor, step: UUID, entry: UUID, outcome: str, at: datetime) -> None:
    """Closed once; what is said later of the same help changes nothing about the waiting."""
    if Step.objects.filter(id=step, closed_at=None).exists():
        close_step(by=by, step=step, closed_by=entry, outcome=outcome, at=at)
