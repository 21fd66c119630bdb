"""Three siblings with three fathers: from a contact to an ending, played by everybody who has a part in it.

Duty worker, social worker, their manager, and the safeguarding lead of the school on a phone. The answer
to the request for evidence is counted, and what was recorded late or out of order; see
docs/reference/burden.md.
"""

import pytest

from tests.web.stories import burden
from tests.web.stories import siblings_assessed as assessed
from tests.web.stories import siblings_helped as helped
from tests.web.stories.siblings import the_school_tells_of_three_children
from tests.web.stories.steps import Stage

pytestmark = pytest.mark.browser


def test_three_siblings_from_a_referral_to_an_ending(stage: Stage) -> None:
    order = burden.Order()
    the_school_tells_of_three_children(stage)
    assessed.an_assessment_is_begun(stage)
    assessed.the_school_is_asked(stage)
    answered = assessed.it_answers_on_a_phone(stage)
    assessed.it_is_sent_with_a_part_empty_and_returned(stage)
    assessed.it_is_sent_again_and_signed(stage)
    assessed.the_mother_gets_a_version_of_her_own(stage)
    helped.a_plan_is_made_and_agreed(stage)
    helped.help_is_asked_for_and_begins(stage)
    helped.they_are_visited(stage, order)
    helped.what_came_late_is_written_after_it(stage, order)
    helped.a_parent_says_it_otherwise(stage)
    helped.the_plan_is_reviewed(stage, order)
    helped.one_of_them_is_stepped_down(stage)
    helped.a_manager_is_asked_for_the_ending(stage)
    helped.a_manager_answers_for_what_is_open(stage)
    helped.it_stands_on_the_record_and_something_still_comes(stage, order)
    burden.hold_evidence(answered)
    burden.hold_order(order)
