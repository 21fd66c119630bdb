"""Two who were registered are one person, or are two after all: a dated link, by which no row moves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sightline.access.models import Identity
from sightline.access.operations import end_identity, link_identity
from sightline.access.permissions import refuse_on_emergency_alone
from sightline.access.queries import may_see_of
from sightline.access.standing_queries import list_same
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.roles import CASEWORKERS, MANAGERS
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import list_kinds
from sightline.record.operations import tell
from sightline.record.queries import get_carriers

NOT_HERE = "There is no such record among those that you work with."


def may_decide_who_is_who(by: Actor, people: Iterable[UUID]) -> bool:
    """Whether somebody decides it: a manager, or whoever stands in the post that carries one of them."""
    return by.has_role(MANAGERS) or (by.has_role(CASEWORKERS) and bool(by.posts & set(get_carriers(people).values())))


def refuse_unless_may_decide(by: Actor, people: Iterable[UUID]) -> None:
    """Refuses whoever may not read all of these records, as absent, and whoever does not decide who is who."""
    wanted = set(people)
    if may_see_of(people=wanted) != wanted:
        raise NotFound(NOT_HERE)
    if not may_decide_who_is_who(by, wanted):
        raise NotPermitted("A manager, or whoever carries one of them, decides this. Ask them, and tell them why.")


@act("say_same_person")
def say_same_person(*, by: Actor, person: UUID, same_as: UUID, reason: str, at: datetime) -> UUID:
    """Say that `person` was registered a second time, and that the record goes on under `same_as`; the link's key.

    Whoever reads one reads both from then on, and whatever keeps readers out of one keeps them out of both. Those
    who carry either are told. Refuses whoever may not read both, a child and an adult, somebody who is linked to
    another already, and no reason.
    """
    refuse_unless_may_decide(by, [person, same_as])
    refuse_on_emergency_alone([person, same_as])
    _refuse_unless_two_of_a_kind(person, same_as)
    if not reason.strip():
        raise Refusal("Say how you know that they are one person.", field="reason")
    if list_same(person=person) or any(one.person == same_as for one in list_same(person=same_as)):
        raise Refusal("One of them is linked to another record already. End that link first, or link the other one.")
    carriers = set(get_carriers([person, same_as]).values())
    link = link_identity(
        person=person, same_as=same_as, kind=Identity.Kind.SAME, reason=reason.strip(), by=by.id, at=at
    )
    _tell(carriers - by.posts, "same_person", same_as, link, at)
    touch(person, same_as)
    return link


def _refuse_unless_two_of_a_kind(person: UUID, same_as: UUID) -> None:
    if person == same_as:
        raise Refusal("This is one record. Choose the other one.")
    if len(set(list_kinds(people=[person, same_as]).values())) != 1:
        raise Refusal("One of them is recorded as a child and the other as an adult. Look again at who they are.")


def _tell(posts: Iterable[UUID], kind: str, person: UUID, link: UUID, at: datetime) -> None:
    for post in posts:
        tell(post=post, kind=kind, person=person, subject=link, at=at)


@act("say_two_people")
def say_two_people(*, by: Actor, person: UUID, link: UUID, reason: str, at: datetime) -> UUID:
    """They are two people after all: what followed from the link ends with it. Returns the key that stood apart.

    Refuses whoever may not decide it, a link that is not theirs, one that has ended, and no reason.
    """
    found = next((one for one in list_same(person=person) if one.id == link), None)
    if found is None:
        raise NotFound(NOT_HERE)
    ends = [found.person, found.same_as]
    refuse_unless_may_decide(by, ends)
    if not reason.strip():
        raise Refusal("Say how you know that they are two people.", field="reason")
    carriers = set(get_carriers(ends).values())
    if not end_identity(link=link, reason=reason.strip(), by=by.id, at=at):
        raise Refusal("This was ended already. Open the record again.")
    _tell(carriers - by.posts, "two_people", found.same_as, link, at)
    touch(*ends)
    return found.person
