"""What an event of the authority's own becomes: visits, discussions, conferences, endings, notes, by those in post.

What has to stand in the record before it, and the file does not say, is done by the plainest act that fits.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sightline.commands.demonstration import casework, desk, helping, protecting
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.helping import Ending
from sightline.commands.scenarios.cast import CHAIR, DECIDER, DOOR, HEAD, MANAGER, WORKER
from sightline.commands.scenarios.family import belong_together, newcomer
from sightline.commands.scenarios.spec import Happened
from sightline.commands.scenarios.stage import AN_HOUR, MINUTES, UNSAID, Stage
from sightline.conferences.holding_rules import Held
from sightline.enquiries.rules import ConclusionGiven, DecisionGiven, DiscussionHeld
from sightline.front_door.rules import Agreement
from sightline.journeys.protect import ask_strategy, conclude_enquiry, hold_strategy
from sightline.kernel.errors import Refusal
from sightline.kernel.when import When
from sightline.recording.operations import record_visit
from sightline.recording.rules import VisitWritten

NOT_STATED = "N0"
"""The census's code for a main need that is not stated."""
NOBODY_ASKED = Agreement(told="no", agrees="not_asked", why_not=UNSAID)


def place(stage: Stage, event: Happened, at: datetime) -> str:
    """Do it; gives in words what it became."""
    return KINDS.get(event.kind, _note)(stage, event, at)


def _visit(stage: Stage, event: Happened, at: datetime) -> str:
    children, story = _open(stage, event, at), stage.story
    seen = event.kind == "visit_child_seen"
    outcome = ("seen_alone" if event.seen_alone else "seen") if seen else "not_seen"
    why = {} if seen else {"reason": event.summary[:500] or UNSAID, "reason_given_by": "The timeline"}
    adults = [ref for ref in event.about if ref not in children and ref in story.people]
    one_day = event.when.first == event.when.last
    visit = VisitWritten(
        occurred=When.exactly(at) if one_day else event.when.when,
        children=tuple(helping.child(story, ref, outcome, **why) for ref in children),
        text=event.words or UNSAID, announced=event.announced, place="home",
        adults=tuple(story.people[ref] for ref in adults),
    )  # fmt: skip
    written = at if one_day else min(max(at, event.when.when.latest), stage.ends)
    record_visit(by=story.who(WORKER), visit=visit, at=written + MINUTES)
    return f"visit by {stage.offices.names[WORKER]}"


def _note(stage: Stage, event: Happened, at: datetime) -> str:
    children = _open(stage, event, at)
    about = list(dict.fromkeys([*children, *(ref for ref in event.about if ref in stage.story.people)]))
    text = f"{event.kind_words.capitalize()}. {event.words}".strip()
    text = text if event.when.first == event.when.last else f"{text} (In {event.when}.)"
    casework.note(stage.story, f"event {event.number}", Note(about=about, text=text), by=WORKER, at=at + AN_HOUR)
    return f"case note by {stage.offices.names[WORKER]}"


def _strategy(stage: Stage, event: Happened, at: datetime) -> str:
    children = _open(stage, event, at)
    keys = [stage.story.people[ref] for ref in children]
    by = stage.story.who(MANAGER)
    step = ask_strategy(by=by, children=keys, why=event.words or UNSAID, at=at)
    held = DiscussionHeld(held_at=at + MINUTES, alone_because=UNSAID)
    hold_strategy(by=by, discussion=step, held=held, at=at + AN_HOUR)
    return "strategy discussion, not yet decided for any child: the timeline names no decision"


def _plan_start(stage: Stage, event: Happened, at: datetime) -> str:
    """An enquiry and a conference that come to a plan, where the event names its category; else a note of it."""
    if not event.category or CHAIR not in stage.offices.names:
        stage.supplied.append(f"{event}: no “category”, so that no conference and no plan could be made of it.")
        return _note(stage, event, at)
    story, children = stage.story, _open(stage, event, at)
    keys, words = [story.people[ref] for ref in children], event.words or UNSAID
    by = story.who(MANAGER)
    step = ask_strategy(by=by, children=keys, why=words, at=at)
    hold_strategy(
        by=by, discussion=step, held=DiscussionHeld(held_at=at + MINUTES, alone_because=UNSAID), at=at + 2 * MINUTES,
        decisions=[DecisionGiven(key, "enquiry", words) for key in keys],
    )  # fmt: skip
    conclude_enquiry(
        by=by, enquiry=protecting.enquiry_of(story, children[0], by=MANAGER), at=at + 3 * MINUTES,
        conclusions=[
            ConclusionGiven(key, "continuing_risk", words, media="not_seen", media_because=UNSAID) for key in keys
        ],
    )  # fmt: skip
    conference = protecting.convene(
        story, children, by=WORKER, at=at + 4 * MINUTES, starts_at=at + AN_HOUR, place="Not said"
    )
    decided = [
        protecting.decided(story, ref, "plan", words, category=event.category, part="none", part_words=UNSAID)
        for ref in children
    ]
    given = Held(held_at=at + AN_HOUR, children=tuple(decided), alone_because=UNSAID)
    protecting.held(story, f"event {event.number}", conference, given, at=at + 2 * AN_HOUR)
    stage.supplied.append(f"{event}: the discussion, the enquiry and the conference before the plan were supplied.")
    return f"conference, and a child protection plan for {len(children)} of the children"


def _close(stage: Stage, event: Happened, at: datetime) -> str:
    children = [ref for ref in stage.household.children_with(event.about, event.when.first) if ref in stage.open]
    waiting = _waiting_about(stage, event)
    if not children:
        if not waiting:
            raise Refusal("Nothing is open about these children, and no contact waits: there is nothing to close.")
        for title in waiting:
            _advise(stage, title, event, at)
        return "decision on the contact: advice and information"
    _pass_on(stage, waiting, event, at)
    ending = Ending(
        "services_ended", what_changed=event.words or UNSAID, how_to_come_back="Ring the front door.",
        who_holds_worry=UNSAID,
    )  # fmt: skip
    step = helping.ask_to_end(stage.story, children, ending, by=WORKER, at=at + 2 * MINUTES)
    helping.end(stage.story, step, children, by=MANAGER, at=at + AN_HOUR, answer=(event.words or UNSAID)[:200])
    stage.open -= set(children)
    return f"involvement ended by {stage.offices.names[MANAGER]}"


def _advise(stage: Stage, title: str, event: Happened, at: datetime) -> None:
    story, words = stage.story, event.words or UNSAID
    desk.settle(story, title, "advice_and_information", by=DECIDER, at=at, reason=words)
    desk.finish(story, title, "give_advice", by=DECIDER, at=at + MINUTES, outcome=words[:200])
    _tell(stage, title, at + MINUTES)
    stage.waiting.pop(title)


# --- what has to stand in the record before --------------------------------------------------------


def _open(stage: Stage, event: Happened, at: datetime) -> list[str]:
    """The children of an event, each open to the worker: by the contact that waits, or by one that is supplied."""
    children = stage.household.children_with(event.about, event.when.first)
    _pass_on(stage, _waiting_about(stage, event), event, at)
    left = [ref for ref in children if ref not in stage.open]
    if left:
        _come_to_notice(stage, left, event, at)
        _pass_on(stage, _waiting_about(stage, event), event, at)
    return children


def _waiting_about(stage: Stage, event: Happened) -> list[str]:
    wanted = set(stage.household.children_with(event.about, event.when.first))
    return [title for title, about in stage.waiting.items() if wanted & set(about)]


def _pass_on(stage: Stage, waiting: Sequence[str], event: Happened, at: datetime) -> None:
    """Each contact that waits becomes a referral, or goes to the worker where every child of it is open."""
    story = stage.story
    for title in waiting:
        about = stage.waiting.pop(title)
        fresh = [ref for ref in about if ref not in stage.open]
        outcome = "referral_assessment" if fresh else "passed_to_allocated_worker"
        desk.settle(
            story, title, outcome, by=DECIDER, at=at, need=NOT_STATED if fresh else "",
            reason=f"{UNSAID} It goes on with: {event.kind_words}.",
        )  # fmt: skip
        _tell(stage, title, at)
        if fresh:
            casework.give(story, fresh, WORKER, by=HEAD, at=at + MINUTES / 2, reason=UNSAID)
            stage.open |= set(fresh)
        stage.supplied.append(f"{event}: the contact “{title}” was decided first, as “{outcome}”.")


def _tell(stage: Stage, title: str, at: datetime) -> None:
    """An agency is told what was decided; a member of the public has been thanked, and is told no more."""
    if title not in stage.public:
        desk.tell_outcome(stage.story, title, by=DECIDER, at=at, heard="Rang them, and they heard it.")


def _come_to_notice(stage: Stage, children: Sequence[str], event: Happened, at: datetime) -> None:
    """A contact of nobody in particular, where the authority worked with children of whom it had been told nothing."""
    story, day, title = stage.story, event.when.first, f"event {event.number}, before it"
    around = [*children, *stage.household.parents_at_home(children, day)]
    new = [ref for ref in around if ref not in story.people]
    story.take(
        title, by=DOOR, at=at - AN_HOUR, channel="other_system", referrer=story.public("not_known"), fears="",
        saw="The timeline does not say how they came to notice.", known=[ref for ref in around if ref not in new],
        new=[newcomer(story, stage.household, ref, day) for ref in new], agreements=[NOBODY_ASKED],
    )  # fmt: skip
    belong_together(story, stage.household, new, by=DOOR, on=day, at=at - AN_HOUR)
    desk.nobody_to_tell(story, title, by=DOOR, at=at - AN_HOUR, reason=UNSAID)
    stage.waiting[title] = tuple(children)
    stage.public.add(title)
    stage.unborn |= {ref for ref in new if stage.household.is_unborn(ref, day)}
    stage.supplied.append(f"{event}: how the children came to notice is not said; a contact stands for it.")


KINDS: Mapping[str, Callable[[Stage, Happened, datetime], str]] = {
    "visit_child_seen": _visit,
    "visit_child_not_seen": _visit,
    "strategy_meeting": _strategy,
    "cp_plan_start": _plan_start,
    "case_closed": _close,
}
"""Every other type of the authority's own is a case note."""
