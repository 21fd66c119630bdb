"""Eight hours are eight hours: nothing that is done in them lets somebody read for longer."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.access.models import Grant
from sightline.doorway.acts import acting
from sightline.journeys.allocate_child import allocate_child
from sightline.journeys.emergency import review_emergency
from sightline.journeys.merge import say_same_person
from sightline.journeys.restrict import restrict_record
from sightline.kernel.errors import NotPermitted
from sightline.partnership.permissions import refuse_unless_may_share
from sightline.people.models import Person
from sightline.recording.operations import plan_visit
from tests.journeys.test_emergency import CHILD, open_for, reads, restrict
from tests.universe import Universe


def test_a_step_on_one_s_own_post_gives_sight_until_the_emergency_ends(universe: Universe) -> None:
    by, child = universe.who("sanjay"), universe.person(CHILD)
    open_for(universe)
    with acting(by.id):
        step = plan_visit(
            by=by, children=[child], starts_at=universe.at + timedelta(hours=2), place="At home", announced=True,
            purpose="To see her", post=min(by.posts), at=universe.at,
        )  # fmt: skip
        given = Grant.objects.filter(because_of=step, person=child).values_list("until_at", flat=True)
        assert list(given) == [universe.at + timedelta(hours=8)]


def test_linking_allocating_sharing_and_restricting_wait_for_those_who_work_with_the_family(universe: Universe) -> None:
    by, child = universe.who("gareth"), universe.person(CHILD)
    restrict(universe, hidden=False)
    assert not reads(universe, "gareth")
    open_for(universe, "gareth")
    at = universe.at
    with acting(by.id):
        other: UUID = Person.objects.filter(kind="child").exclude(id=child).values_list("id", flat=True)[0]
        refused = pytest.raises(NotPermitted, match="in an emergency")
        with refused:
            say_same_person(by=by, person=child, same_as=other, reason="The same name", at=at)
        with refused:
            allocate_child(by=by, child=child, post=min(by.posts), reason="Tonight", at=at)
        with refused:
            refuse_unless_may_share(by, [child])
        with refused:
            restrict_record(by=by, person=child, readers=[by.id], reviewer=min(by.posts), reason="A threat", at=at)


@pytest.mark.parametrize("finding", ["needed", "raised"])
def test_what_was_raised_as_a_concern_is_over(universe: Universe, finding: str) -> None:
    opened = open_for(universe)
    review_emergency(
        by=universe.who("gareth"), opened=opened, finding=finding, words="I rang the hospital.", at=universe.at
    )
    assert reads(universe, "sanjay") == (finding == "needed")
