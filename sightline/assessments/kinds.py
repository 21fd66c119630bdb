"""Kinds of assessment, as a practice pack has them: one in some, an initial and a core one in others.

Pure: no database, no clock. No room and no page names a kind; each asks the pack here.
"""

from dataclasses import dataclass
from datetime import datetime

from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.practice.rules import due_or_none
from sightline.practice.spec import AssessmentKind, Form, Option, Pack, Question

OUTCOMES = "assessment_outcome"


@dataclass(frozen=True)
class Owed:
    """What is owed where an assessment of a kind is: its words, and its clock, which may have no day."""

    words: str
    due_at: datetime | None
    due_rule: str


def kind_in(pack: Pack, kind: str) -> AssessmentKind:
    """That kind in this pack; where it has no such kind, the one that its referrals begin."""
    return next((one for one in pack.assessment_kinds if one.key == kind), pack.first_assessment)


def form_of(pack: Pack, kind: str) -> Form:
    """What an assessment of that kind asks."""
    return pack.form(kind_in(pack, kind).form)


def questions_of(pack: Pack, kind: str = "") -> dict[str, Question]:
    """By key, every question that any kind of the pack asks, in the words of `kind` where that asks it."""
    forms = [pack.form(one.form) for one in pack.assessment_kinds]
    return {one.key: one for form in [*reversed(forms), form_of(pack, kind)] for one in form.questions}


def owed(pack: Pack, kind: str, *, began: datetime, at: datetime) -> Owed:
    """An assessment of that kind that is to be made: due by the pack's own rule, from when its time began.

    Where the pack prescribes no time the rule is named all the same, and there is no day.
    """
    found = kind_in(pack, kind)
    rule = pack.timescale(found.timescale, local_day(at))
    return Owed(f"{found.title}: see each child", due_or_none(rule, began), pack.cite(rule.key))


def may_lead_to(pack: Pack, kind: str) -> tuple[Option, ...]:
    """What an assessment of that kind may lead to: all that the pack has, but no kind that came before, or itself."""
    order = [one.key for one in pack.assessment_kinds]
    here = order.index(kind_in(pack, kind).key)
    return tuple(one for one in pack.list(OUTCOMES).options if not one.begins or order.index(one.begins) > here)


def outcome_of(pack: Pack, kind: str, outcome: str) -> Option:
    """The outcome that was chosen. Refuses none, and one to which this kind of assessment does not lead."""
    if not outcome:
        raise Refusal("Choose what this assessment leads to.", field="outcome")
    chosen = pack.list(OUTCOMES).option(outcome)
    if chosen not in may_lead_to(pack, kind):
        raise Refusal(
            f"“{chosen.label}” comes before this {in_sentence(str(kind_in(pack, kind).title))} or is the same again. "
            "Choose what follows from it.",
            field="outcome",
        )
    return chosen
