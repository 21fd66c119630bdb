"""Conferences of the matrix's world: one to come, and one that was held on a child who is not yet born."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sightline.access.rules import Section
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import ChildDecided, Held, Paragraph, ViewGiven
from sightline.conferences.operations import confirm_invitee, exclude
from sightline.conferences.queries import list_letters
from sightline.doorway.acts import acting
from sightline.journeys.conference_letters import release
from sightline.journeys.convene import convene_conference, invite
from sightline.journeys.hold_conference import OutcomeGiven, Outline, hold_conference
from sightline.partnership.operations import Composed
from sightline.record.operations import open_step
from sightline.workforce import operations as workforce
from tests.web.matrix.canaries import FATHER, MOTHER, NAMES, PLACE, PLACE_BEFORE, TOGETHER, UNBORN
from tests.web.matrix.protecting import Told

KEPT_OUT = "They have been violent."
Confirm = Callable[..., UUID]


def confer(story: Telling) -> Told:
    """A chair is in post, and reads the record by that; a reviewing officer has something to do for the children."""
    chair, reviewer = _seat(story, "winston", "chairs"), _seat(story, "priya", "reviewers")
    open_step(
        by=story.who("jane"), kind="action", post=reviewer, people=[story.people[NAMES["own"]], story.people[UNBORN]],
        words="Look at it", at=story.diary.at(7, "09:00"),
    )  # fmt: skip
    held = _held(story, chair)
    return {
        "own": {"chair": chair} | held | _to_come(story, chair),
        "unborn": {"person": story.people[UNBORN], "conference": held["conference_held"]},
        TOGETHER: _together(story, chair),
    }


def _seat(story: Telling, key: str, team: str) -> UUID:
    """The post in which somebody stands; one of a team of its own where they stand in none."""
    standing = story.authority.who(key).posts
    if standing:
        return min(standing)
    by, at = story.who("anna"), story.diary.at(60, "09:00")
    opened = workforce.open_team(by=by, key=team, name=team.title(), kind="other", at=at)
    post = workforce.open_post(by=by, team=opened, key=f"{team}-1", title=team.title(), kind="other", at=at)
    workforce.place(by=by, post=post, account=story.authority.accounts[key], at=at)
    return post


def _confirmed(story: Telling, confirm: Confirm) -> dict[str, UUID]:
    """Each who is asked, by a word: the mother may be told when and where, the chair keeps the father out."""
    mailbox, people = story.authority.mailboxes, story.people
    found = {
        "school": confirm(agency_post=mailbox["school-lead"], name="Hannah Reyes"),
        "police": confirm(agency_post=mailbox["police-hub"], name="PC Lane"),
        "nurse": confirm(agency_post=mailbox["hospital-visitors"], name="Bea Lund"),
        "ours": confirm(post=story.post("worker-1-family-support-2")),
        "mother": confirm(person=people[MOTHER], role="Mother", safe_to_tell="yes", safe_because="She asked."),
        "father": confirm(person=people[FATHER], role="Father", safe_to_tell="no", safe_because="qzunsafe."),
    }
    return {f"{word}_asked": key for word, key in found.items()}


def _held(story: Telling, chair: UUID) -> dict[str, UUID | str]:
    """On the child who is not yet born: a plan begins, and a letter waits for each."""
    jane, winston, child = story.who("jane"), story.who("winston"), story.people[UNBORN]
    at, sat = story.diary.at(7, "10:00"), story.diary.at(6, "10:13")
    with acting(jane.id):
        meeting = convene_conference(
            by=jane, kind="initial", children=[child], starts_at=sat, place=PLACE_BEFORE, chair_post=chair, at=at
        )
        asked = _confirmed(story, partial(confirm_invitee, by=jane, meeting=meeting, at=at))
    with acting(winston.id):
        exclude(by=winston, invitee=asked["father_asked"], because=KEPT_OUT, at=at)
        after = sat + timedelta(hours=3)
        came = hold_conference(
            by=winston, meeting=meeting, held=_decided(child, asked, sat), at=after,
            outline=Outline(outcomes=(OutcomeGiven("qzoutlined: she sleeps in a cot."),), contingency="An aunt."),
        )  # fmt: skip
        letters = {one.invitee: one.id for one in list_letters(meeting)}
        gone = release(by=winston, letter=letters[asked["father_asked"]], at=story.diary.at(5, "14:40"))
    return {
        "unborn": child, "protection_plan": came.plans[child], "conference_held": meeting,
        "letter": letters[asked["mother_asked"]], "mothers_letter": letters[asked["mother_asked"]],
        "fathers_letter": letters[asked["father_asked"]], "schools_letter": letters[asked["school_asked"]],
        **_brought("letter", gone),
    }  # fmt: skip


def _decided(child: UUID, asked: dict[str, Any], sat: Any) -> Held:
    mother, school = asked["mother_asked"], asked["school_asked"]
    return Held(
        held_at=sat,
        children=(ChildDecided(child, decision="plan", category="NEG", reasons="qzreasons to fear for it."),),
        attendance={asked[key]: ("there", "") for key in asked if key != "father_asked"},
        views={school: ViewGiven("qzschoolview: a plan.", for_plan="yes"), mother: ViewGiven("qzmotherview: help.")},
        paragraphs=(
            Paragraph("qzkeptapart from its mother.", about=(child,), kept_from=(mother,)),
            Paragraph("qzpolicetold of one call.", about=(child,), section=Section.POLICE),
        ),
        alone_because="They could not wait.",
    )


def _to_come(story: Telling, chair: UUID) -> dict[str, UUID | str]:
    jane, winston, at = story.who("jane"), story.who("winston"), story.diary.at(2, "10:00")
    with acting(jane.id):
        meeting = convene_conference(
            by=jane, kind="initial", children=[story.people[NAMES["own"]]], starts_at=story.diary.later(13, "10:17"),
            place=PLACE, chair_post=chair, at=at,
        )  # fmt: skip
        asked = _confirmed(story, partial(confirm_invitee, by=jane, meeting=meeting, at=at))
    with acting(winston.id):
        exclude(by=winston, invitee=asked["father_asked"], because=KEPT_OUT, at=at)
    with acting(jane.id):
        sent = [invite(by=jane, invitee=asked[f"{word}_asked"], at=at) for word in ("school", "mother", "father")]
    return {"conference": meeting, "invitee": asked["nurse_asked"], **asked, **_brought("invitation", sent[2]),
            **_brought("mothers_invitation", sent[1])}  # fmt: skip


def _brought(kind: str, composed: Composed | None) -> dict[str, UUID | str]:
    assert composed is not None
    return {f"{kind}_link": composed.link_token, f"{kind}_code": composed.code}


def _together(story: Telling, chair: UUID) -> dict[str, UUID | str]:
    """On two children of whom most may see one."""
    nora, at = story.who("nora"), story.diary.at(2, "11:00")
    children = [story.people[NAMES[whose]] for whose in ("own", "restricted")]
    with acting(nora.id):
        meeting = convene_conference(
            by=nora, kind="initial", children=children, starts_at=story.diary.later(15, "09:30"), place="The annexe",
            chair_post=chair, at=at,
        )  # fmt: skip
    return {"conference": meeting}
