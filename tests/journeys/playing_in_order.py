"""A play that leaves nothing to chance: each kind of act once and more, in an order in which it succeeds.

What is played at random may miss a kind; this one may not. `EVERY_KIND` is what must have been done.
"""

from collections.abc import Callable, Iterator
from functools import partial

from sightline.access.rules import Section
from tests.journeys.playing_conferences import PlayedConferences
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
EVERY_HELP = {
    "begin assessment", "begin what was asked for", "write part", "edit that voids", "send to manager",
    "return assessment", "send on", "sign assessment", "ask for evidence", "answer evidence",
    "plan visit", "record visit", "record late visit", "record planned visit", "record after it ended", "cancel visit",
    "make early_help", "make child_in_need", "review", "outcome", "version", "action", "finish", "hand plan over",
    "take off plan", "plan goes on for others", "ask service", "service began", "service not_coming",
    "ask to step", "return step", "step up", "step down", "ask to end", "return ending", "authorise ending",
    "matters answered for",
}  # fmt: skip
JANE, FAY, HAL = 1, 0, 1
"""Of those who carry the family team's post: Jane Smith; of its managers Fay Lund and Hal Dean."""


class Work(PlayedContacts, PlayedRecord, PlayedConferences, PlayedStaff):
    """All of it at once."""


Act = Callable[[], object]


def acts(play: Work) -> Iterator[Act]:
    """Each act in turn; what it draws from is looked up when its turn has come."""
    yield partial(play.begin_with_three_contacts, "advice_and_information", "referral_assessment")
    yield from _front_door(play)
    yield from _record(play)
    yield from _emergency(play)
    yield from _staff(play)


def acts_of_help(play: Work) -> Iterator[Act]:
    """The same for knowing a child, helping, and ending."""
    yield partial(play.begin_with_three_contacts, "advice_and_information", "referral_assessment")
    yield from _knowing(play)
    yield from _helping(play)
    yield from _closed_to_some(play)


def _knowing(play: Work) -> Iterator[Act]:
    """Two children whom Jane Smith carries: assessed as the referral asked, and visited."""
    for which in (0, 1):
        yield partial(play.allocate, 0, which, "family-1")
    yield partial(play.begin, JANE, 0, several=False)
    yield partial(play.assess, "send", JANE, 0, several=False, outcome="plan_goes_on")
    yield partial(play.begin, JANE, 1, several=False)
    for what, pick in (("send", JANE), ("write", JANE), ("send", JANE), ("return", FAY), ("ask", JANE),
                       ("answer", JANE), ("send", JANE), ("send_on", FAY), ("sign", HAL)):  # fmt: skip
        yield partial(play.assess, what, pick, 0, several=False, outcome="child_in_need_plan")
    yield partial(play.read_and_remember, 0)
    yield partial(play.plan_a_visit, JANE, 0, several=True, days=2)
    yield partial(play.record_a_visit, JANE, 0, several=True, outcome="seen_alone", days=0)
    yield partial(play.record_a_visit, FAY, 0, several=True, outcome="seen", days=4)
    yield partial(play.plan_a_visit, JANE, 0, several=False, days=-2)
    for which in (0, 1):
        yield partial(play.cancel_a_visit, JANE, which, by_us=False)


def _helping(play: Work) -> Iterator[Act]:
    """Helped early, and in need, up and down, and ended."""
    yield partial(play.make, "early_help", JANE, 0, several=True)
    for what in ("version", "review", "agree", "finish", "agree"):
        yield partial(play.plan, what, "early_help", JANE, 0, several=True)
    yield partial(play.ask_help, JANE, 0, several=True)
    yield partial(play.plan, "give", "early_help", FAY, 0, several=True)
    yield partial(play.ask_help, FAY, 0, several=False)
    yield partial(play.service, "began", FAY, 0, several=False)
    yield partial(play.ask_help, FAY, 0, several=True)
    for what, several in (("ask", False), ("return", False), ("ask", False), ("answer", False), ("down", True)):
        yield partial(play.step, what, FAY, 0, several=several)
    yield partial(play.service, "not_coming", FAY, 0, several=False)
    yield partial(play.make, "child_in_need", JANE, 0, several=True)
    yield partial(play.ask_help, FAY, _of_most(play), several=True)
    yield partial(play.read_and_remember, 0)
    yield partial(play.plan, "take_off", "child_in_need", FAY, _of_most(play), several=False)
    yield partial(play.ask_to_end, JANE, 0, several=False)
    yield partial(play.end, "return", FAY, 0, several=False)
    yield partial(play.ask_to_end, JANE, 0, several=False)
    yield partial(play.end, "authorise", FAY, 0, several=False)
    yield partial(play.record_a_visit, FAY, 0, several=False, outcome="seen", days=9)


def _of_most(play: Work) -> int:
    """Which of the open plans has most children on it."""
    plans = play.work.open_plans()
    return sorted(plans).index(max(plans, key=lambda key: len(plans[key].since)))


def _closed_to_some(play: Work) -> Iterator[Act]:
    """A brother whose record is closed to those who act is assessed, helped, and to be visited: none of it is lost."""
    yield partial(play.take, 0, "nobody", "no", 2, 0)
    yield partial(play.decide_one, 0, -1, "referral_assessment")
    work, which = play.work, len(play.work.children) - 2
    for child in work.children[which:]:
        yield partial(play.allocate, 0, sorted(work.carried).index(child), "family-1")
    yield partial(play.begin, JANE, which, several=True)
    for kind in ("early_help", "child_in_need"):
        yield partial(play.make, kind, JANE, which, several=True)
        newest = sorted(work.open_plans()).index(max(work.open_plans()))
        yield partial(play.ask_help, JANE, newest, several=True)
    yield partial(play.plan_a_visit, JANE, which, several=True, days=0)
    yield partial(play.restrict_one, which + 1)
    newest = sorted(work.visits).index(max(work.visits))
    yield partial(play.record_a_visit, JANE, newest, several=True, outcome="seen", days=0)
    yield partial(play.ask_to_end, JANE, which, several=False)
    yield partial(play.end, "authorise", FAY, 0, several=False)


def _front_door(play: Work) -> Iterator[Act]:
    yield partial(play.ask, 0, 0)
    yield partial(play.tell, 0, 0, "acknowledgement", "link")
    yield partial(play.tell, 0, 0, "outcome", "call")
    yield partial(play.cannot_tell, 0, 1)
    yield partial(play.read_and_remember, 0)
    for number, outcome in enumerate(sorted(FOLLOWS)):
        yield partial(play.take, 0, ("teacher", "neighbour", "nobody")[number % 3], "no", 1, number % 3)
        # While something is open about them, a manager decides that there is no further action.
        yield partial(play.decide_one, int(outcome.endswith("no_further_action")), -1, outcome)
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
