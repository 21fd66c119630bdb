"""A play that leaves nothing to chance: each kind of act once and more, in an order in which it succeeds.

What is played at random may miss a kind; this one may not. `EVERY_KIND` is what must have been done.
"""

from collections.abc import Callable, Iterator
from functools import partial

from sightline.access.rules import Section
from tests.journeys.playing_record import PlayedRecord
from tests.journeys.playing_staff import PlayedStaff
from tests.journeys.playing_work import FOLLOWS, PlayedContacts

EVERY_KIND = {
    "take teacher", "take neighbour", "take nobody", *(f"decide {outcome}" for outcome in FOLLOWS), "hand over",
    "hand over all", "accept", "ask", "answer", "tell acknowledgement", "tell outcome", "cannot tell", "finish step",
    "allocate", "close episode", "note", "rename", "correct", "correct around what is hidden", "withdraw", "restrict",
    "read", "leave", "vacate", "place", "cover", "end cover", "absence", "end absence", "set manager",
    "refused leave", "refused vacate", "refused absence",
}  # fmt: skip


class Work(PlayedContacts, PlayedRecord, PlayedStaff):
    """All of it at once."""


Act = Callable[[], object]


def acts(play: Work) -> Iterator[Act]:
    """Each act in turn; what it draws from is looked up when its turn has come."""
    yield partial(play.begin_with_three_contacts, "advice_and_information", "referral_assessment")
    yield from _front_door(play)
    yield from _record(play)
    yield from _emergency(play)
    yield from _staff(play)


def _front_door(play: Work) -> Iterator[Act]:
    yield partial(play.ask, 0, 0)
    yield partial(play.tell, 0, 0, "acknowledgement", "link")
    yield partial(play.tell, 0, 0, "outcome", "call")
    yield partial(play.cannot_tell, 0, 1)
    yield partial(play.read_and_remember, 0)
    for number, outcome in enumerate(sorted(FOLLOWS)):
        yield partial(play.take, 0, ("teacher", "neighbour", "nobody")[number % 3], "no", 1, number % 3)
        yield partial(play.decide_one, 0, -1, outcome)
    yield partial(play.answer, 0, 0)
    for number in range(3):
        yield partial(play.finish_step, 0, number)


def _record(play: Work) -> Iterator[Act]:
    yield partial(play.note, 0, 0, several=True, section=Section.ORDINARY)
    yield partial(play.read_and_remember, 0)
    yield partial(play.rename, 0, 0)
    for which in range(0, 12, 2):
        yield partial(play.correct, 0, which)
    yield partial(play.allocate, 0, 0, "family-1")
    yield partial(play.note, 0, 0, several=True, section=Section.HEALTH)
    yield partial(play.correct, 0, -1)
    yield partial(play.read_and_remember, 1)
    yield partial(play.allocate, 0, 1, "long-term-2")
    yield partial(play.withdraw, 0, 0, 0)
    yield partial(play.withdraw, 0, -1, 1)
    yield partial(play.correct, 0, -1)
    yield partial(play.close, 0, 0)
    yield partial(play.restrict_one, 1)
    yield partial(play.time_passes, 30)


def _emergency(play: Work) -> Iterator[Act]:
    yield partial(play.hand_over_one, 0, 0)
    yield partial(play.accept_one, 0, 0)
    for danger in ("no", "yes"):
        yield partial(play.take, 0, "teacher", danger, 1, 0)
    yield partial(play.hand_over_everything, 0)


def _staff(play: Work) -> Iterator[Act]:
    yield partial(play.staffing, "covers", "family-1", 1, 3)
    yield partial(play.staffing, "falls_ill", "family-1", 6, None)
    yield partial(play.staffing, "comes_back", "family-1", 0, None)
    yield partial(play.staffing, "ends_cover", "family-1", 0, None)
    yield partial(play.staffing, "vacates", "duty", 0, None)
    yield partial(play.staffing, "takes_post", "long-term-2", 8, None)
    yield partial(play.moves_line, "long-term-2", None)
    for key in ("emergency-1", "emergency-2"):
        yield partial(play.emergency_duty_goes, "falls_ill", key)
        yield partial(play.emergency_duty_goes, "vacates", key)
        yield partial(play.emergency_duty_goes, "leaves", key)
    yield partial(play.staffing, "leaves", "family-1", 6, None)
