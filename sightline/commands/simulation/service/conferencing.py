"""A conference: how it comes about, is held, what is decided for each child, and the letters."""

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

from sightline.commands.demonstration import protecting as verbs
from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.service import Case, Service, heeding
from sightline.commands.simulation.service.around import days, happens, said_of
from sightline.commands.simulation.service.chairs import sitting
from sightline.commands.simulation.service.convening import (
    AN_HOUR,
    INITIAL,
    PLACE,
    READ_AT_HOME,
    REVIEW,
    WORKER,
    Asked,
    before,
    convene,
)
from sightline.conferences.holding_rules import ON_A_PLAN, PLAN, DissentGiven, Held, Paragraph, ViewGiven
from sightline.journeys.convene import move_conference
from sightline.journeys.hold_conference import HeldConference, Outline, hold_conference
from sightline.kernel.london import local_day
from sightline.kernel.working_days import add_working_days
from sightline.plans.rules import ProgressGiven

ALONE = "Those who did not come had sent what they know, and nobody wanted to wait."
TOO_FEW, OTHERWISE = "Too few could come.", ("The parent who was to come is ill.", "The interpreter did not come.")
QUORUM = 2
"""Agencies beside us without which it is held only with a reason (the pack's rule)."""
CATEGORIES = {"sexual_harm": "SAB", "harsh": "PHY", "neglect": "NEG", "violence": "EMO", "drink": "NEG", "drugs": "NEG",
              "low_mood": "EMO", "conflict": "EMO", "behaviour": "EMO"}  # fmt: skip
"""What troubles a family, the gravest first, and of which category that makes the harm; else neglect."""
Decide = Callable[[Case, Random], str]
"""What a conference decides for the children when it has heard everybody."""


def confer(
    service: Service, case: Case, stream: Random, decide: Decide, *, kind: str = INITIAL, until: date | None = None
) -> Life:
    """From the convening to the decision; returns what came of it. `until` is the day by which it is due."""
    asked = convene(service, case, stream, kind, until)
    yield from before(service, case, asked, stream)
    yield service.engine.until(asked.starts)
    asked.there = _who_came(asked, stream)
    if because := _hindered(asked, stream):
        yield from _put_off(service, case, asked, because)
        asked.there = _who_came(asked, stream)
    yield service.engine.wait(AN_HOUR * stream.uniform(2, 5))
    came = _hold(service, case, asked, decide(case, stream), stream)
    case.facts["conferred"] = local_day(asked.starts)
    service.engine.begin(_letters(service, case, asked, stream))
    return came


def _hindered(asked: Asked, stream: Random) -> str:
    """Why it cannot be held on that day; empty where it can."""
    if len(asked.heard) < QUORUM and happens(stream, "conference", "put_off"):
        return TOO_FEW
    return stream.choice(OTHERWISE) if happens(stream, "conference", "hindered") else ""


def _put_off(service: Service, case: Case, asked: Asked, because: str) -> Life:
    """It is moved to the next half day that a chair has, and everybody is told again."""
    asked.starts = sitting(service, add_working_days(local_day(service.now), 2))
    move_conference(
        by=service.story.who(service.staff.carrying(case.post)), meeting=asked.conference.meeting,
        starts_at=asked.starts, place=PLACE, how="in_person", because=because, at=service.now,
    )  # fmt: skip
    yield service.engine.until(asked.starts)


def _who_came(asked: Asked, stream: Random) -> dict[str, tuple[str, str]]:
    there: dict[str, tuple[str, str]] = {WORKER: ("there", "")}
    for one in asked.agencies:
        comes = happens(stream, "conference", "police_there" if one.kind == "police" else "there")
        there[one.name] = ("there", "") if comes else _not_come(stream)
    for adult in asked.adults:
        comes = adult not in asked.kept_out and happens(stream, "conference", "parent_there")
        there[adult.ref] = ("there" if comes else "none", "")
    for child in asked.children:
        there[child] = ("in_part" if happens(stream, "conference", "child_comes") else "apologies", "")
    return there


def _not_come(stream: Random) -> tuple[str, str]:
    if happens(stream, "conference", "deputy"):
        return "deputy", "A colleague"
    return ("apologies" if happens(stream, "conference", "apologies") else "none"), ""


# --- what is decided --------------------------------------------------------------------------------


def _hold(service: Service, case: Case, asked: Asked, decision: str, stream: Random) -> HeldConference:
    day, review = local_day(asked.starts), asked.kind == REVIEW
    outline = Outline(post=service.story.post(case.post))
    if review:
        outline = Outline(progress=tuple(ProgressGiven(one, *service.words.progress(case, day)) for one in case.aims))
    late = asked.until is not None and day > asked.until
    return hold_conference(
        by=service.story.who(service.staff.chair()), meeting=asked.conference.meeting,
        held=_held(service, case, asked, decision, stream), outline=outline, at=service.now,
        late_because=service.words.late_because(case, day) if late else "",
    )  # fmt: skip


def _held(service: Service, case: Case, asked: Asked, decision: str, stream: Random) -> Held:
    said = service.words.conference(case, local_day(asked.starts), decision=decision, review=asked.kind == REVIEW)
    thinks = "yes" if decision in ON_A_PLAN else "no"
    views = {asked.invitee(one.name): ViewGiven(said.views[one.kind], thinks) for one in asked.heard}
    parent = next((one for one in asked.adults if asked.came(one.ref)), None)
    if parent is not None:
        views[asked.invitee(parent.ref)] = ViewGiven(said.views["parent"], "unsure")
    more = _categories(case, stream) if decision == PLAN else {}
    return Held(
        held_at=asked.starts,
        children=tuple(
            verbs.decided(
                service.story,
                ref,
                decision,
                said_of(said.reasons, ref),
                **_part(said.parts.get(ref, ""), stream),
                **more,
            )
            for ref in case.children
        ),
        attendance={asked.invitee(name): how for name, how in asked.there.items()},
        views=views,
        dissents=_dissents(service, case, asked, stream),
        paragraphs=tuple(Paragraph(text, ()) for text in said.paragraphs),
        alone_because=ALONE if len(asked.heard) < QUORUM else "",
    )


def _part(words: str, stream: Random) -> dict[str, str]:
    """How a child took part, and their words."""
    how = stream.choice(("written", "written", "advocate", "drawn")) if words else "none"
    return {"part": how, "part_words": words}


def _categories(case: Case, stream: Random) -> dict[str, object]:
    """The main category, and now and then another; the same for all the children of a conference."""
    found = list(dict.fromkeys(code for trouble, code in CATEGORIES.items() if trouble in case.family.troubles))
    first, *others = found or ["NEG"]
    return {"category": first, "others": tuple(others[:1]) if happens(stream, "conference", "second_category") else ()}


def _dissents(service: Service, case: Case, asked: Asked, stream: Random) -> tuple[DissentGiven, ...]:
    if not asked.heard or not happens(stream, "conference", "dissent"):
        return ()
    words, who = service.words.dissent(case, local_day(asked.starts)), stream.choice(asked.heard)
    return (DissentGiven(asked.invitee(who.name), service.story.people[case.children[0]], words),)


def _letters(service: Service, case: Case, asked: Asked, stream: Random) -> Life:
    """The chair releases them on the next days, and the worker brings the family theirs."""
    yield service.engine.office(days(stream, "conference", "letters_days"))
    asked.conference.convened_by = service.staff.carrying(case.post)
    family = [*(one.ref for one in asked.adults if one not in asked.kept_out), *asked.children]
    given = dict.fromkeys(family, READ_AT_HOME)
    for name, letter in verbs.letters_go(service.story, asked.conference, at=service.now, given=given).items():
        heard = READ_AT_HOME if name in family else f"Rang {name}, who read it while we spoke."
        heeding.sent(service, letter, partial(str, heard), by=service.staff.chair())
