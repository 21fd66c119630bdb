"""From the front door's closing to the emergency duty team: nothing undecided is left behind."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.access.operations import give_sight
from sightline.access.rules import FRONT_DOOR
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, acting
from sightline.front_door.operations import hand_over_contact, people_of
from sightline.front_door.permissions import refuse_unless_may_hand_over
from sightline.front_door.queries import get_contact
from sightline.kernel.errors import Refusal
from sightline.kernel.london import local
from sightline.kernel.working_days import is_working_day
from sightline.people.queries import list_network
from sightline.practice.queries import current_pack
from sightline.record.operations import tell
from sightline.record.queries import list_open_steps, list_steps_about
from sightline.workforce.models import Team
from sightline.workforce.operations import ensure_clock_account
from sightline.workforce.queries import emergency_post, list_posts, team_of

CLOSED_WORDS = "Undecided when the front door closed."


@act("hand_over")
def hand_over(*, by: Actor, contact: UUID, at: datetime, words: str = "") -> UUID:
    """Hand one undecided contact to the emergency duty team, which may read what is known."""
    refuse_unless_may_hand_over(by)
    steps = [step for step in list_steps_about(subject=contact) if step.kind == "decide_contact"]
    if not steps:
        get_contact(contact)  # refuses what is not theirs to read, before anything is said of it
        raise Refusal("This contact is already decided. There is nothing to hand over.")
    to_post = emergency_post()
    if steps[0].post == to_post:
        raise Refusal("The emergency duty team has this contact already. The contact shows who accepted it.")
    team = team_of(to_post)
    people = people_of(contact)
    give_sight(
        people={*people, *list_network(people=people)},
        reader=team,
        because="handover",
        because_of=contact,
        sections=FRONT_DOOR,
        at=at,
    )
    handover = hand_over_contact(by=by, contact=contact, step=steps[0].id, to_post=to_post, words=words, at=at)
    tell(post=to_post, kind="handed_over", person=next(iter(people), None), subject=contact, at=at)
    return handover


@act("hand_over_undecided")
def hand_over_undecided(*, by: Actor, at: datetime, words: str = "") -> list[UUID]:
    """Hand over everything that the front door has not decided, at the end of its day."""
    refuse_unless_may_hand_over(by)
    desks = [post.id for post in list_posts(team_kinds=[Team.Kind.FRONT_DOOR])]
    waiting = list_open_steps(desks, kinds=["decide_contact"])
    return [hand_over(by=by, contact=step.subject, words=words, at=at) for step in waiting if step.subject is not None]


def close_the_day(*, at: datetime) -> int:
    """After the front door has closed, hand over what it left undecided; returns how many.

    Run by the clock every few minutes: what comes in late is handed over as well. Outside the
    front door's hours nothing stays with a desk that has nobody at it, but what is only about people
    whose record is restricted: a bar beats the clock too, and their named readers go on carrying it.
    """
    if not is_closed(at):
        return 0
    clock = ensure_clock_account()
    with acting(clock.id):
        contacts = _left_undecided()
    return sum(_handed_over(clock, contact, at) for contact in contacts)


def _handed_over(clock: Actor, contact: UUID, at: datetime) -> bool:
    """Each by itself: one that was decided meanwhile, or that is closed to the clock, keeps no other back."""
    try:
        with acting(clock.id):
            hand_over(by=clock, contact=contact, words=CLOSED_WORDS, at=at)
    except Refusal:
        return False
    return True


def is_closed(at: datetime) -> bool:
    """Whether the front door's day has ended, or has not begun, or is no working day."""
    pack = current_pack(at)
    today = local(at)
    return not is_working_day(today.date()) or not (pack.day_begins <= today.time() < pack.day_ends)


def _left_undecided() -> list[UUID]:
    """The steward finds them, and lets the clock see whom they are about while it hands them over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM front_door_left_undecided()")
        return [row[0] for row in cursor.fetchall()]
