"""A child who was known before birth is born: the same record, plan, conference and assessment go on with them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import at_local_time
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.people.models import Name, Particulars
from sightline.people.operations import add_name, correct_particulars, end_name, record_birth
from sightline.people.queries import get_names, list_names
from sightline.plans.queries import list_plans
from sightline.record.operations import tell, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import get_carriers
from sightline.record.rules import Concerned, Words

LIVING, DIED, STILLBORN = "living", "died", "stillborn"
STANDING = {
    LIVING: "Living",
    DIED: "Born living, and has died since",
    STILLBORN: "Stillborn",
}
"""How it is with the child; nobody is taken to be living because nothing was said."""


@dataclass(frozen=True)
class BirthGiven:
    """What is known of a birth. `clock` is the time in England; a name, where there is one yet."""

    born_on: date
    sex: str
    standing: str
    clock: time | None = None
    given: str = ""
    family: str = ""
    died_on: date | None = None
    words: str = ""


@act("child_born")
def child_born(*, by: Actor, child: UUID, born: BirthGiven, at: datetime) -> UUID:
    """Record that a child who was not yet born has been born; returns the entry on the child's record.

    It is the same child: plan, assessment, conference and whoever carries them stay, and visits are
    counted from the birth. The name before birth stays as a former one. Whoever carries the child is
    told. Refuses a child who is born already, a birth to come, and no word on whether the child lives.
    """
    refuse_unless_may_write(by, [child])
    header = get_names(people=[child]).get(child)
    if header is None:
        raise NotFound("There is no such record among those that you work with.")
    if header.birth != Particulars.Birth.EXPECTED:
        raise Refusal(
            f"{header.known_as or header.name} is recorded as born already. Open the record to see the date of birth."
        )
    occurred, died_on = _judged(born, at)
    record_birth(by=by, person=child, birth_date=born.born_on, sex=born.sex, at=at)
    if died_on is not None:
        correct_particulars(by=by, person=child, death_date=died_on, at=at)
    name = _name(by, child, born, at)
    entry = write_entry(
        by=by,
        kind="note",
        concerned=[Concerned(child)],
        words=[Words(_told(born, name, died_on), (child,), heading="born")],
        occurred=occurred,
        post=min(by.posts, default=None),
        at=at,
    )
    posts = [*get_carriers([child]).values(), *(one.post for one in list_plans([child]) if one.post)]
    for post in dict.fromkeys(posts):
        if post not in by.posts:
            tell(post=post, kind="child_born", person=child, subject=entry, at=at)
    return entry


def _judged(born: BirthGiven, at: datetime) -> tuple[When, date | None]:
    """When it happened, and the day of death where there is one."""
    if born.standing not in STANDING:
        raise Refusal("Say whether the child is living.", field="standing")
    occurred = When.exactly(at_local_time(born.born_on, born.clock)) if born.clock else When.on(born.born_on)
    if occurred.earliest > at:
        raise Refusal("That has not happened yet. Check the date and the time of birth.", field="birth")
    if born.standing == LIVING:
        return occurred, None
    if born.standing == STILLBORN:
        return occurred, born.born_on
    if born.died_on is None:
        raise Refusal("Say on which day the child died.", field="died_on")
    if born.died_on < born.born_on:
        raise Refusal(f"The child was born on {day_words(born.born_on)}. Check the two dates.", field="died_on")
    return occurred, born.died_on


def _name(by: Actor, child: UUID, born: BirthGiven, at: datetime) -> str:
    """The name that the child was given; the family name that was written before birth where none is given now."""
    if not (born.given.strip() or born.family.strip()):
        return ""
    before = [one for one in list_names(person=child) if one.kind in {Name.Kind.LEGAL, Name.Kind.DESCRIBED}]
    family = born.family.strip() or next((one.family for one in reversed(before) if one.family), "")
    for one in before:
        end_name(by=by, name=one.id, true_to=born.born_on, at=at)
    add_name(by=by, person=child, given=born.given, family=family, true_from=born.born_on, at=at)
    return f"{born.given.strip()} {family}".strip()


def _told(born: BirthGiven, name: str, died_on: date | None) -> str:
    clock = f" at {born.clock:%H:%M}" if born.clock else ""
    said = [f"Born on {day_words(born.born_on)}{clock}."]
    said += [f"Name: {name}."] if name else ["Not named yet."]
    if born.sex != Particulars.Sex.UNKNOWN:
        said.append(f"Sex: {Particulars.Sex(born.sex).label.lower()}.")
    died = f" Died on {day_words(died_on)}." if born.standing == DIED and died_on else ""
    more = f"\n\n{born.words.strip()}" if born.words.strip() else ""
    return f"{' '.join(said)} {STANDING[born.standing]}.{died}{more}"
