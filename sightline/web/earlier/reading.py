"""What the pages of a child read of earlier systems: one query for each kind of thing."""

from typing import NamedTuple

from sightline.assessments.queries import list_earlier as earlier_assessments
from sightline.conferences.queries import list_earlier as earlier_conferences
from sightline.enquiries.permissions import may_decide
from sightline.enquiries.queries import list_earlier as earlier_enquiries
from sightline.enquiries.queries import list_enquiries
from sightline.plans.permissions import may_plan
from sightline.plans.queries import list_earlier as earlier_plans
from sightline.plans.rules import PROTECTION
from sightline.practice.queries import current_pack
from sightline.web.casework.opening import Opened
from sightline.web.casework.reading import category_labels
from sightline.web.presenters import earlier as said

Lines = list[dict[str, str]]


class ProtectionThere(NamedTuple):
    """Blocks of what is open there, lines of what is over, and whether an enquiry or a conference is among them."""

    blocks: list[dict[str, object]]
    over: Lines
    enquiry: bool
    conference: bool


def assessments_there(opened: Opened) -> Lines:
    """Assessments that an earlier system recorded, latest first."""
    found = earlier_assessments([opened.person]).get(opened.person, [])
    if not found:
        return []
    factors = {one.code: str(one.label) for one in current_pack(opened.at).list("assessment_factor").options}
    return [said.assessment_line(one, factors) for one in found]


def plans_there(opened: Opened) -> tuple[list[dict[str, object]], Lines]:
    """Plans that stand there and nothing here goes on with, as blocks; and the others, on a line each."""
    found = earlier_plans([opened.person]).get(opened.person, [])
    if not found:
        return [], []
    labels = category_labels(opened.at)
    blocks = [said.plan_block(one, labels, may_take_up=may_plan(opened.by)) for one in found if one.in_force]
    return blocks, [said.plan_line(one, labels) for one in found if not one.in_force]


def protection_there(opened: Opened) -> ProtectionThere:
    """What protects the child there and is open; and what is over: plans, enquiries and conferences."""
    person, labels = opened.person, category_labels(opened.at)
    plans = [one for one in earlier_plans([person]).get(person, []) if one.kind == PROTECTION]
    here = {one.step for one in list_enquiries([person])}
    enquiries = [one for one in earlier_enquiries([person]).get(person, []) if one.step not in here]
    conferences = earlier_conferences([person]).get(person, [])
    blocks = [said.plan_block(one, labels, may_take_up=may_plan(opened.by)) for one in plans if one.in_force]
    blocks += [said.enquiry_block(one, may_say=may_decide(opened.by)) for one in enquiries if one.is_open]
    over = [(one.began_on, said.enquiry_line(one)) for one in enquiries if not one.is_open]
    over += [(one.held_on, said.conference_line(one)) for one in conferences]
    over += [(one.from_on, said.plan_line(one, labels)) for one in plans if not one.in_force]
    lines = [line for _, line in sorted(over, key=lambda row: row[0], reverse=True)]
    held = bool(conferences) or any(one.conference_on for one in enquiries)
    return ProtectionThere(blocks, lines, enquiry=bool(enquiries), conference=held)
