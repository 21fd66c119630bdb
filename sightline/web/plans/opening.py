"""Opening a plan on one child's record: whether the reader may, and that they did."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from sightline.access.queries import may_see_of
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound
from sightline.people.queries import PersonName, get_names
from sightline.plans.permissions import refuse_unless_may_plan
from sightline.plans.queries import OutcomeView, PlanView, get_plan
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.presenters.steps import shown_name

NO_PLAN = "There is no such plan among the children that you work with."


@dataclass(frozen=True)
class PlanOpened:
    """A plan that somebody opened on one child's record, and the names of those on it whom they may see."""

    opened: Opened
    plan: PlanView
    names: dict[UUID, str]
    headers: Mapping[UUID, PersonName]

    @property
    def on_it(self) -> list[UUID]:
        """Children who are on it now, as far as the reader may see them."""
        return [one.child for one in self.plan.children if one.to_on is None and one.child in self.names]

    @property
    def children(self) -> list[tuple[str, str]]:
        """The same for a list to choose from."""
        return [(str(one), self.names[one]) for one in self.on_it]

    @property
    def outcomes(self) -> list[OutcomeView]:
        """What it works towards now."""
        return [one for one in self.plan.outcomes if one.to_at is None]

    @property
    def kind_words(self) -> str:
        """`Child in need plan`."""
        return self.plan.line.kind_words

    def whom(self, outcome: OutcomeView) -> str:
        """Whom an outcome is for, where there are several children."""
        if len(self.plan.children) < 2:
            return ""
        return f"For {self.names.get(outcome.child, 'one child')}" if outcome.child else "For all the children"


def open_to_write(request: HttpRequest, person: UUID) -> Opened:
    """A record on which this worker makes and changes plans."""
    opened = require_record(read_person(request, person))
    refuse_unless_may_plan(opened.by)
    return opened


def open_plan(request: HttpRequest, person: UUID, plan: UUID) -> PlanOpened:
    """A plan that this child is or was on. Absent, hidden and another child's are the same refusal."""
    opened = open_to_write(request, person)
    view = get_plan(plan)
    children = [one.child for one in view.children]
    if person not in children:
        raise NotFound(NO_PLAN)
    seen = may_see_of(people=children)
    look(by=opened.by, people=sorted(seen), what="plan", at=opened.at)
    headers = get_names(people=seen)
    return PlanOpened(opened, view, {key: shown_name(one) for key, one in headers.items()}, headers)
