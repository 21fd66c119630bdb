"""Who agrees to a plan, its versions, and who signed them. Part of this room's operations."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.plans.models import Action, Agreement, Outcome, Signature, Terms, Version
from sightline.plans.permissions import NOT_WORKING_WITH, refuse_unless_may_plan
from sightline.plans.rules import SignatureGiven, action_words, outcome_words, refuse_blank, refuse_future
from sightline.plans.standing import children_on, open_to, post_of
from sightline.record.models import Entry, StepSubject
from sightline.record.operations import write_entry
from sightline.record.rules import Concerned, Words


@act("record_agreement")
def record_agreement(
    *, by: Actor, plan: UUID, person: UUID, said: str, said_on: date, at: datetime, words: str = ""
) -> UUID:
    """Record whether somebody agrees to the plan: a holder of parental responsibility, or the young person.

    Early help needs the family's agreement, and it can be withdrawn; child in need work is done with
    it (Working Together 2023, chapters 1 and 3). Nobody's agreement is a gate to a service. Each word
    is kept. Refuses "not asked" without the reason.
    """
    open_to(by, plan)
    if not said:
        raise Refusal("Say whether they agree, or were not asked.", field="said")
    if may_see_of(people=[person]) != {person}:
        raise NotPermitted(NOT_WORKING_WITH)
    refuse_future(said_on, at=at, field="said_on")
    if said == Agreement.Said.NOT_ASKED:
        refuse_blank(words, "Say why they were not asked.", field="words")
    row = Agreement(
        plan_id=plan, person_id=person, said=said, words=words.strip(), said_on=said_on, recorded_at=at, by=by.id,
    )  # fmt: skip
    row.save(force_insert=True)
    touch(person, *children_on(plan))
    return row.id


@act("make_version")
def make_version(*, by: Actor, plan: UUID, at: datetime, signatures: Sequence[SignatureGiven] = ()) -> UUID:
    """Keep the whole plan as it stands now: an entry with a passage for each outcome, action and term.

    Each passage is about the child whom it is for, or about all of them, and is read accordingly.
    Signatures come with it or later; who did not sign is kept with the reason. Refuses an empty plan.
    """
    open_to(by, plan)
    children = children_on(plan)
    words = [*_outcomes(plan, children), *_actions(plan, children), *_terms(plan, children)]
    if not words:
        raise Refusal("Write what is to be different, or what somebody does, before this stands as the plan.")
    entry = write_entry(
        by=by,
        kind=Entry.Kind.PLAN,
        concerned=[Concerned(child) for child in children],
        words=words,
        post=post_of(by, plan),
        answers={"plan": str(plan)},
        at=at,
    )
    Version.objects.create(entry_id=entry, plan_id=plan, number=_next_number(plan), made_at=at)
    _sign(by, entry, signatures, at)
    return entry


def _next_number(plan: UUID) -> int:
    """Counted by the steward: who joined later may not read the versions before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_next_version(%s)", [plan])
        return int(cursor.fetchone()[0])


def _outcomes(plan: UUID, children: list[UUID]) -> Iterable[Words]:
    for one in Outcome.objects.filter(plan_id=plan, to_at=None).order_by("position", "id"):
        about = (one.child_id,) if one.child_id else tuple(children)
        yield Words(outcome_words(one.words, one.how_we_know), about, heading="outcome")
        if one.childs_words:
            yield Words(one.childs_words, about, heading="child_words", section=Section.CHILD_WORDS)


def _actions(plan: UUID, children: list[UUID]) -> Iterable[Words]:
    rows = list(
        Action.objects.filter(plan_id=plan, step__closed_at=None).select_related("step").order_by("step__opened_at")
    )
    about: dict[UUID, list[UUID]] = {}
    steps = StepSubject.objects.filter(step__in=[row.step_id for row in rows], person__in=children)
    for step, person in steps.values_list("step", "person"):
        about.setdefault(step, []).append(person)
    for row in rows:
        if row.step_id in about:
            by_when = local_day(row.step.due_at) if row.step.due_at else None
            text = action_words(row.step.words, row.who, row.why, by_when)
            yield Words(text, tuple(about[row.step_id]), heading="action")


def _terms(plan: UUID, children: list[UUID]) -> Iterable[Words]:
    terms = Terms.objects.filter(plan_id=plan, to_at=None).first()
    if terms is not None:
        yield from (
            Words(text, tuple(children), heading=heading)
            for heading, text in (("contingency", terms.contingency), ("further_action", terms.further_action))
            if text
        )


@act("sign")
def sign(
    *,
    by: Actor,
    version: UUID,
    at: datetime,
    name: str = "",
    person: UUID | None = None,
    capacity: str = "",
    signed_on: date | None = None,
    not_signed_because: str = "",
) -> UUID:
    """Add a signature to a version, or the reason for none, once the version is made."""
    refuse_unless_may_plan(by)
    found = Version.objects.filter(entry_id=version).first()
    if found is None:
        raise NotFound("There is no such version of a plan that you work with.")
    touch(*children_on(found.plan_id))
    given = SignatureGiven(name, person, capacity, signed_on, not_signed_because)
    return _sign(by, version, [given], at)[0]


def _sign(by: Actor, version: UUID, given: Sequence[SignatureGiven], at: datetime) -> list[UUID]:
    people = {one.person for one in given if one.person is not None}
    if may_see_of(people=people) != people:
        raise NotPermitted(NOT_WORKING_WITH)
    for one in given:
        refuse_blank(one.name, "Say whose signature this is.", field="name")
        if one.signed_on is not None:
            refuse_future(one.signed_on, at=at, field="signed_on")
    rows = [
        Signature(
            version_id=version, person_id=one.person, name=one.name.strip()[:200], capacity=one.capacity.strip()[:120],
            signed_on=one.signed_on, not_signed_because=one.not_signed_because.strip()[:300], recorded_at=at, by=by.id,
        )
        for one in given
    ]  # fmt: skip
    Signature.objects.bulk_create(rows)
    return [row.id for row in rows]
