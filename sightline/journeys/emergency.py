"""Opening a record that one has no sight of, because a child may be in danger now; and looking at it afterwards."""

from datetime import datetime, timedelta
from uuid import UUID

from sightline.access import operations as access
from sightline.access.models import EmergencyAccess
from sightline.access.queries import may_see
from sightline.access.rules import (
    EMERGENCY_HOURS,
    EMERGENCY_REVIEW_DAYS,
    EMERGENCY_RULE,
    IDENTITY_ONLY,
    LEAST_WORDS,
    Section,
    says_enough,
)
from sightline.access.standing_queries import get_emergency, reviewer_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.jobs import after_commit
from sightline.doorway.roles import CASEWORKERS, MANAGERS
from sightline.journeys import jobs
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.working_days import add_working_days
from sightline.people.queries import find_called, list_network
from sightline.record.operations import close_step, open_step, tell
from sightline.record.queries import get_carriers, list_steps_about
from sightline.workforce.queries import front_door_manager, list_occupied, list_posts, posts_above, posts_below

STEP = "review_emergency"
NOT_HERE = "There is no such record among those that you may look for. Search again, or ring the front door."
NO_REVIEW = "There is no such emergency access among those that you review."


def refuse_unless_may_open(by: Actor) -> None:
    """Who works with children opens a record in an emergency; whoever keeps the product running never does."""
    if not by.has_role(CASEWORKERS):
        raise NotPermitted(
            "Emergency access is for those who work with children. Ring the front door, or the emergency duty team."
        )


@act("open_in_emergency")
def open_in_emergency(
    *, by: Actor, person: UUID, reason: str, words: str, at: datetime, address_words: str = ""
) -> UUID:
    """Open one person's record to whoever acts, for eight hours; the key of the emergency access.

    Whoever carries the person and whoever reviews it are told in the same transaction, and by e-mail that
    there is something to read. `address_words` say why an address that protects is needed as well.
    Refuses roles without casework, whoever would not find the person (a conflict of interest and a hidden
    restriction read as absent), a reason that says nothing, and a record that is open to them already.
    """
    refuse_unless_may_open(by)
    if person not in find_called(people=[person]):
        raise NotFound(NOT_HERE)
    _refuse_unless_said(reason, words, address_words)
    if may_see(person=person, section=Section.SAFE_ADDRESS if address_words.strip() else Section.ORDINARY):
        raise Refusal("You can already read this record. Open it from your day or by searching.")
    carrier, reviewer = get_carriers([person]).get(person), reviewing_post(by, person)
    due = end_of_day(add_working_days(local_day(at), EMERGENCY_REVIEW_DAYS))
    until = at + timedelta(hours=EMERGENCY_HOURS)
    opened = access.open_in_emergency(
        person=person, account=by.id, reason=EmergencyAccess.Reason(reason), words=_all_words(words, address_words),
        safe_address=bool(address_words.strip()), reviewer=reviewer, review_by=due, at=at, until=until,
    )  # fmt: skip
    _give_names_around(by, person, opened, at, until)
    open_step(
        by=by, kind=STEP, post=reviewer, people=[], words="Review an emergency access", due_at=due,
        due_rule=EMERGENCY_RULE, subject=opened, at=at,
    )  # fmt: skip
    _tell_them(by, person, opened, posts=(carrier, reviewer), at=at)
    touch(person, reason=reason, address=bool(address_words.strip()))
    return opened


def _refuse_unless_said(reason: str, words: str, address_words: str) -> None:
    if reason not in EmergencyAccess.Reason.values:
        raise Refusal("Choose why you need to read this record now.", field="reason")
    if not says_enough(words):
        raise Refusal(f"Say in your own words what is happening, in at least {LEAST_WORDS} letters.", field="words")
    if address_words.strip() and not says_enough(address_words):
        raise Refusal(
            f"Say why you need the address as well, in at least {LEAST_WORDS} letters.", field="address_words"
        )


def _all_words(words: str, address_words: str) -> str:
    return "\n\n".join(one.strip() for one in (words, address_words) if one.strip())


def _give_names_around(by: Actor, person: UUID, opened: UUID, at: datetime, until: datetime) -> None:
    """Who is around the person, by name: whoever must find a child tonight needs to know who looks after them."""
    around = list_network(people=[person]) - {person}
    access.give_sight(
        people=sorted(around), reader=by.id, because="emergency_around", because_of=opened, at=at, until=until,
        sections=IDENTITY_ONLY,
    )  # fmt: skip


def _tell_them(by: Actor, person: UUID, opened: UUID, *, posts: tuple[UUID | None, UUID], at: datetime) -> None:
    carrier, reviewer = posts
    if carrier is not None and carrier != reviewer:
        tell(post=carrier, kind="emergency_opened", person=person, subject=opened, at=at)
    tell(post=reviewer, kind="emergency_review", subject=opened, at=at)
    for post in dict.fromkeys(posts):
        if post is not None:
            after_commit(jobs.something_to_read, post=post, about=opened, actor=by.id)


def reviewing_post(by: Actor, person: UUID) -> UUID:
    """The post that looks at it afterwards: a restriction's own reviewer, else the manager of whoever carries them.

    Never a post in which whoever opens it stands, nor one below theirs: the first above that is not.
    """
    above, own = posts_above(), by.posts | posts_below(by.posts)
    post = _named_reviewer(person) or _managers_post(get_carriers([person]).get(person)) or front_door_manager()
    while post in own and (higher := above.get(post)) is not None:
        post = higher
    return post if post not in own else front_door_manager()


def _named_reviewer(person: UUID) -> UUID | None:
    named = reviewer_of(person=person)
    if named is None or named in posts_above():
        return named
    return next(iter(list_occupied(named)), None)


def _managers_post(carrier: UUID | None) -> UUID | None:
    if carrier is None or any(one.id == carrier for one in list_posts(kinds=["manager"])):
        return carrier
    return posts_above().get(carrier)


def emergency_to_review(by: Actor, opened: UUID) -> EmergencyAccess:
    """One that whoever acts may review. Refuses, as absent, any other; and one's own."""
    found = get_emergency(opened)
    if found is None or not (by.has_role(MANAGERS) and found.reviewer in by.posts | posts_below(by.posts)):
        raise NotFound(NO_REVIEW)
    if found.account == by.id:
        raise NotPermitted("You opened this record yourself. Somebody else reviews it: ask the manager above you.")
    return found


@act("review_emergency")
def review_emergency(*, by: Actor, opened: UUID, finding: str, words: str, at: datetime) -> UUID:
    """Say what one found about an emergency access. What was raised as a concern ends, and is told to the post above.

    Refuses whoever does not review it, a review without words, and one that was done before.
    """
    found = emergency_to_review(by, opened)
    if finding not in EmergencyAccess.Finding.values:
        raise Refusal("Say what you found.", field="finding")
    if not words.strip():
        raise Refusal("Say how you found out, and what you have done.", field="words")
    if not access.review_emergency(
        opened=opened, finding=EmergencyAccess.Finding(finding), words=words.strip(), by=by.id, at=at
    ):
        raise Refusal("This was reviewed already. Open it again to read what was found.")
    for step in list_steps_about(subject=opened, kinds=[STEP]):
        close_step(by=by, step=step.id, outcome=EmergencyAccess.Finding(finding).label, at=at)
    higher = posts_above().get(found.reviewer)
    if finding == EmergencyAccess.Finding.RAISED:
        access.end_sight(because_of=opened, at=at)
    if finding == EmergencyAccess.Finding.RAISED and higher is not None:
        tell(post=higher, kind="emergency_raised", subject=opened, at=at)
    touch(found.person, finding=finding)
    return opened
