"""What was written to somebody before they may no longer be told opens nothing any more, and what waits does not go."""

from datetime import timedelta

import pytest
from django.core import mail

from sightline.conferences.operations import allow, exclude
from sightline.doorway.acts import acting
from sightline.journeys.convene import call_off_conference
from sightline.kernel.errors import Refusal
from sightline.partnership.delivery import deliver
from sightline.partnership.operations import Composed, print_link
from sightline.partnership.public import open_message
from tests.conferences.convened import PERRAN, Convened

HOUR = timedelta(hours=1)


def opens(composed: Composed, convened: Convened) -> bool:
    found = open_message(link_token=composed.link_token, code=composed.code, at=convened.at + 2 * HOUR)
    return not isinstance(found, Refusal)


def test_the_letter_of_whoever_is_kept_out_since_opens_nothing_and_is_not_printed(convened: Convened) -> None:
    perran = convened.parent(PERRAN)
    composed = convened.invite(perran)
    exclude(by=convened.chair, invitee=perran, because="He shouted her down.", at=convened.at + HOUR)
    assert not opens(composed, convened)
    with pytest.raises(Refusal, match="opens nothing"):
        print_link(by=convened.jane, message=composed.message, at=convened.at + 2 * HOUR)
    asked = convened.invite(perran, at=convened.at + 2 * HOUR)
    assert opens(asked, convened)


def test_so_does_the_letter_of_whoever_is_not_safe_after_all_and_they_are_told_anew_when_let_in(
    convened: Convened,
) -> None:
    perran = convened.parent(PERRAN)
    composed = convened.invite(perran)
    convened.parent(PERRAN, safe_to_tell="no", safe_because="He has found where she lives.", at=convened.at + HOUR)
    assert not opens(composed, convened)
    allow(by=convened.chair, invitee=perran, at=convened.at + HOUR)
    assert opens(convened.invite(perran, at=convened.at + 2 * HOUR), convened)


def test_calling_off_ends_every_link_to_it_and_an_unsent_one_does_not_go(convened: Convened) -> None:
    composed = convened.invite(convened.school())
    letter = convened.invite(convened.parent(PERRAN))
    mail.outbox.clear()
    call_off_conference(
        by=convened.jane, meeting=convened.meeting, because="The family has moved.", at=convened.at + HOUR
    )
    assert not opens(composed, convened)
    assert not opens(letter, convened)
    with acting(convened.jane.id):
        deliver(message=composed.message, at=convened.at + 2 * HOUR, last_try=True)
    assert mail.outbox == []
