"""Siblings of whom one goes home and one does not: from a bruise to the conference that ends a plan.

Health visitor, social worker, police and chair have a part in it, and a father who is kept out of the
conference: nothing that reaches him holds when or where it is, which is proved by search. The view
by link and the outcome are counted; see docs/reference/burden.md.
"""

import pytest

from tests.web.stories import burden, protected
from tests.web.stories import protected_conference as conference
from tests.web.stories import protected_decided as decided
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser


def test_siblings_of_whom_one_goes_home_and_one_does_not(stage: Stage) -> None:
    order = burden.Order()
    protected.a_nurse_tells_of_a_bruise(stage)
    protected.the_injury_is_drawn_on_a_body(stage)
    protected.it_is_discussed_with_police_and_health(stage)
    protected.one_of_them_is_kept_away(stage)
    protected.the_enquiry_is_concluded_for_each(stage)
    convened = conference.a_conference_is_convened(stage)
    conference.the_chair_keeps_the_father_out(stage)
    viewed = conference.the_health_visitor_writes_on_a_phone(stage)
    outcome = decided.it_decides_for_each_child(stage)
    decided.each_is_told_what_they_may_have(stage)
    decided.the_core_group_meets(stage)
    decided.a_review_conference_ends_the_plan(stage, order)
    assert not order.refused, order.refused
    burden.hold_conference(convened, viewed, outcome)
