"""A play of protecting that leaves nothing to chance: each kind of act, in an order in which it succeeds."""

from collections.abc import Iterator
from functools import partial

from tests.journeys.playing_in_order import FAY, JANE, Act, Work

EVERY_PROTECTING = {
    "ask strategy", "hold strategy with all", "hold strategy without police and health", "hold strategy late",
    "decide strategy after", "decide strategy before it is recorded", "decide enquiry after strategy",
    "decide assessment after strategy", "decide goes_on after strategy", "decide nothing_more after strategy",
    "begin enquiry at once", "conclude", "conclude continuing_risk", "conclude no_continuing_risk",
    "conclude not_substantiated", "conclude for one of several", "no conference", "cannot tell of enquiry",
    "medical held", "medical not_held", "order police_protection", "order emergency", "order extended", "end order",
    "end order that ran out", "injury", "raise disagreement", "take further", "resolve", "tell side",
    "convene initial", "convene review", "confirm", "confirm as not safe", "exclude", "allow", "invite",
    "invite who is kept out", "refused invite", "move", "call off", "report", "report shared", "view spoken",
    "view by link", "hold conference", "outcome plan", "outcome no_plan", "outcome goes_on", "outcome ends",
    "child in need plan gives way", "letter release", "letter withhold", "core group", "close agency",
    "refused ask to end",
}  # fmt: skip
CHAIR = 0
SCHOOL, HEALTH, POLICE, OURS, CHILD = range(5)
"""Of those whom a play confirms; with two children the fifth and the sixth are the children."""


def acts_of_protecting(play: Work) -> Iterator[Act]:
    """From a worry to an enquiry, a conference, a plan and its end; and what goes wrong meanwhile."""
    yield partial(play.begin_with_three_contacts, "advice_and_information", "referral_assessment")
    for which in (0, 1):
        yield partial(play.allocate, 0, which, "family-1")
    yield from _discussing(play)
    yield from _kept_safe(play)
    yield from _concluding(play)
    yield from _conferring(play)
    yield from _on_a_plan(play)
    yield from _disagreeing(play)


def _discussing(play: Work) -> Iterator[Act]:
    """Held with everybody and without, at once and late, decided before it was recorded and after."""
    for chance, several in ((2, True), (1, True), (5, False), (3, False), (4, False)):
        yield partial(play.discuss, "ask", JANE, 0, several=several)
        yield partial(play.discuss, "hold", FAY, 0, several=several, chance=chance)
        yield partial(play.discuss, "decide", FAY, 0, several=several, chance=chance)
    yield partial(play.discuss, "ask", JANE, 0, several=True)
    yield partial(play.discuss, "decide", FAY, 0, several=True, chance=2)
    yield partial(play.discuss, "hold", FAY, 0, several=True, chance=5)
    yield partial(play.begin_at_once, JANE, 0, several=True)
    yield partial(play.ask_to_end, JANE, 0, several=True)


def _kept_safe(play: Work) -> Iterator[Act]:
    yield partial(play.examine, "held", JANE, 0)
    yield partial(play.examine, "not_held", JANE, 0)
    yield partial(play.order, "begin", JANE, 0, 0)
    yield partial(play.order, "end", JANE, 0)
    yield partial(play.order, "begin", JANE, 0, 1)
    yield partial(play.order, "extend", JANE, 0)
    yield partial(play.order, "run_out", JANE, 0)
    for chance in (3, 1):
        yield partial(play.injure, JANE, 0, chance)


def _concluding(play: Work) -> Iterator[Act]:
    """Concluded in turn, with each finding; a manager decides that there is no conference, and one is owed."""
    for chance in (3, 1, 0):
        yield partial(play.begin_at_once, JANE, 0, several=True)
        for _ in range(2):
            yield partial(play.enquire, "conclude", JANE, 0, several=False, chance=chance)
        yield partial(play.enquire, "tell", JANE, 0, several=False)
    yield partial(play.enquire, "none", FAY, 0, several=False)
    yield partial(play.begin_at_once, JANE, 0, several=True)
    for _ in range(2):
        yield partial(play.enquire, "conclude", JANE, 0, several=False, chance=0)
    yield partial(play.read_and_remember, 0)


def _conferring(play: Work) -> Iterator[Act]:
    """Convened, called off, convened again; confirmed, kept out, allowed, invited, moved, and held."""
    yield partial(play.make, "child_in_need", JANE, 0, several=False)
    yield partial(play.convene, JANE, 0, several=True)
    yield partial(play.confer, "call_off", JANE, 0, several=True)
    yield partial(play.convene, JANE, 0, several=True)
    for chance in range(8):
        yield partial(play.confer, "confirm", JANE, 0, several=True, chance=chance)
    for chance in (0, 1):
        yield partial(play.confer, "unsafe", JANE, 0, several=True, chance=chance)
    for chance in range(7):
        yield partial(play.confer, "invite", JANE, 0, several=True, chance=chance)
    yield partial(play.confer, "exclude", CHAIR, 0, several=True, chance=0)
    yield partial(play.confer, "exclude", CHAIR, 0, several=True, chance=1)
    yield partial(play.confer, "allow", CHAIR, 0, several=True, chance=1)
    for chance in range(7):
        yield partial(play.confer, "invite", JANE, 0, several=True, chance=chance)
    yield partial(play.confer, "move", JANE, 0, several=True, chance=0)
    for what in ("report", "say"):
        yield partial(play.confer, what, JANE, 0, several=True, chance=0)
    yield from (partial(play.confer, "confirm", JANE, 0, several=True, chance=chance) for chance in (0, 1, 2))
    yield partial(play.confer, "hold", CHAIR, 0, several=True, chance=1)
    yield partial(play.confer, "release", CHAIR, 0, several=True)
    yield partial(play.confer, "withhold", CHAIR, 0, several=True)
    while play.work.safe.letters:
        yield partial(play.confer, "release", CHAIR, 0, several=True)
        yield partial(play.confer, "withhold", CHAIR, 0, several=True)


def _on_a_plan(play: Work) -> Iterator[Act]:
    """A core group, review conferences at which a plan goes on and ends, and a view by link."""
    yield partial(play.core_group, JANE, 1)
    for chance in (0, 0, 1):
        yield partial(play.convene, JANE, 0, several=True)
        yield partial(play.confer, "confirm", JANE, 0, several=True, chance=0)
        yield partial(play.confer, "write", JANE, 0, several=True, chance=0)
        yield partial(play.time_passes, 48)
        yield partial(play.confer, "hold", CHAIR, 0, several=True, chance=chance)
    yield partial(play.read_and_remember, 0)
    yield play.close_the_police


def _disagreeing(play: Work) -> Iterator[Act]:
    yield partial(play.differ, "raise", JANE, 0, several=True)
    yield partial(play.restrict_one, 1)
    for what in ("further", "settle", "tell"):
        yield partial(play.differ, what, FAY, 0, several=True)
    yield partial(play.staffing, "leaves", "family-1", 6, None)
