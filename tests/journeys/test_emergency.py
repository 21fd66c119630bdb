"""Opening a record in an emergency: what it takes, what it opens and for how long, who is told, who looks at it."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.access.models import Bar, EmergencyAccess, Grant
from sightline.access.queries import may_see, may_see_of
from sightline.access.rules import Section
from sightline.access.standing_queries import list_unreviewed, standing_of
from sightline.doorway.acts import acting
from sightline.journeys.emergency import open_in_emergency, review_emergency
from sightline.journeys.restrict import keep_colleague_away
from sightline.journeys.something_to_read import send_something_to_read
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.working_days import working_days_between
from sightline.people.queries import get_header, list_network
from sightline.record.queries import get_carriers, list_notices, list_open_steps
from sightline.workforce.queries import get_account
from tests.conftest import Mailbox
from tests.universe import Universe

CHILD = "Skye Whitcombe"
WORDS = "She is in the emergency department with a burn."


def open_for(universe: Universe, key: str = "sanjay", **changes: object) -> UUID:
    given = {"person": universe.person(CHILD), "reason": "danger", "words": WORDS, "at": universe.at}
    return open_in_emergency(by=universe.who(key), **(given | changes))  # type: ignore[arg-type]  # some are changed


def reads(universe: Universe, key: str, section: Section = Section.ORDINARY) -> bool:
    with acting(universe.who(key).id):
        return may_see(person=universe.person(CHILD), section=section)


def restrict(universe: Universe, *, hidden: bool) -> None:
    """Closed to all but its worker; the service manager's post looks at it again."""
    with acting(universe.who("gareth").id):
        Bar.objects.create(
            kind="restricted", person=universe.person(CHILD), hidden=hidden, reviewer=min(universe.who("helen").posts),
            reason="A colleague knows the family.", from_at=universe.at,
        )  # fmt: skip


def test_it_opens_one_record_to_one_account_for_eight_hours(universe: Universe) -> None:
    assert not reads(universe, "sanjay")
    opened = open_for(universe)
    assert reads(universe, "sanjay")
    assert not reads(universe, "sanjay", Section.SAFE_ADDRESS), "An address that protects is asked for by itself."
    grant = Grant.objects.get(because="emergency", because_of=opened)
    assert grant.until_at == universe.at + timedelta(hours=8)
    with acting(universe.who("sanjay").id):
        around = list_network(people=[universe.person(CHILD)]) - {universe.person(CHILD)}
        assert around
        assert all(get_header(person=one) for one in around), "Who is around a child is known by name."
        assert not may_see_of(people=around)


def test_the_address_that_protects_is_opened_where_it_is_said_why(universe: Universe) -> None:
    open_for(universe, address_words="The police must go there tonight.")
    assert reads(universe, "sanjay", Section.SAFE_ADDRESS)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"words": "  danger \n\t  "}, "words"),
        ({"address_words": "needed"}, "address_words"),
    ],
)
def test_it_takes_a_reason_from_the_list_and_in_words(universe: Universe, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_for(universe, **changes)
    assert refused.value.field == field
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("key", ["anna", "leon", "sarah", "imogen"])
def test_whoever_does_no_casework_opens_nothing(universe: Universe, key: str) -> None:
    with pytest.raises(NotPermitted):
        open_for(universe, key)


def test_a_conflict_of_interest_beats_it(universe: Universe) -> None:
    keep_colleague_away(
        by=universe.who("gareth"), person=universe.person(CHILD), colleague=universe.who("sanjay").id,
        reviewer=min(universe.who("helen").posts), reason="His neighbour.", at=universe.at,
    )  # fmt: skip
    with pytest.raises(NotFound):
        open_for(universe)
    assert not EmergencyAccess.objects.exists()


def test_whoever_reads_already_is_sent_to_the_record(universe: Universe) -> None:
    with pytest.raises(Refusal, match="already read"):
        open_for(universe, "jane")


def test_the_carrier_and_the_reviewer_are_told_in_the_same_act(universe: Universe) -> None:
    child = universe.person(CHILD)
    with acting(universe.who("jane").id):
        carrier = get_carriers([child])[child]
    opened = open_for(universe)
    with acting(universe.who("jane").id):
        told = [one for one in list_notices([carrier]) if one.subject == opened]
        assert [one.kind for one in told] == ["emergency_opened"]
        assert standing_of(people=[child]).emergencies[0].account == universe.who("sanjay").id
    gareth = universe.who("gareth")
    with acting(gareth.id):
        assert "emergency_review" in [one.kind for one in list_notices(gareth.posts) if one.subject == opened]
        (step,) = list_open_steps(gareth.posts, kinds=["review_emergency"])
        assert step.due_at is not None
        assert working_days_between(local_day(universe.at), local_day(step.due_at)) == 2
        assert list_unreviewed(gareth.posts)[0].id == opened


def test_the_e_mail_says_nothing_but_that_there_is_something_to_read(universe: Universe, mailbox: Mailbox) -> None:
    opened = open_for(universe)
    gareth = universe.who("gareth")
    (post,) = gareth.posts
    with acting(universe.who("sanjay").id):
        for _ in range(2):
            send_something_to_read(post=post, about=opened, at=universe.at)
    (sent,) = mailbox.letters()
    assert sent["X-RcptTo"] == get_account(gareth.id).email
    written = f"{sent['Subject']} {sent.get_payload(decode=True).decode()}"  # type: ignore[union-attr]  # one plain part
    assert "There is something for you to read" in written
    assert not any(word in written for word in ("Skye", "Whitcombe", "emergency", "Sanjay", str(opened)))


def test_a_review_is_said_once_by_whoever_reviews_it_and_closes_what_was_owed(universe: Universe) -> None:
    opened = open_for(universe)
    given = {"opened": opened, "finding": "needed", "words": "I rang the hospital.", "at": universe.at}
    for key in ("jane", "sanjay"):
        with pytest.raises(NotFound):
            review_emergency(by=universe.who(key), **given)  # type: ignore[arg-type]  # the same for all
    with pytest.raises(Refusal, match="Say how"):
        review_emergency(by=universe.who("gareth"), **(given | {"words": " "}))  # type: ignore[arg-type]  # as above
    review_emergency(by=universe.who("gareth"), **given)  # type: ignore[arg-type]  # as above
    gareth = universe.who("gareth")
    with acting(gareth.id):
        assert not list_open_steps(gareth.posts, kinds=["review_emergency"])
        assert not list_unreviewed(gareth.posts)
    with pytest.raises(Refusal, match="already"):
        review_emergency(by=gareth, **given)  # type: ignore[arg-type]  # as above


def test_of_a_restricted_record_its_own_reviewer_is_told_and_whoever_is_hidden_is_absent(universe: Universe) -> None:
    restrict(universe, hidden=False)
    found = EmergencyAccess.objects.get(id=open_for(universe, "gareth"))
    assert found.reviewer in universe.who("helen").posts
    assert reads(universe, "gareth"), "It goes past the restriction."
    restrict(universe, hidden=True)
    with pytest.raises(NotFound):
        open_for(universe)


def test_nobody_reviews_what_they_opened_themselves(universe: Universe) -> None:
    restrict(universe, hidden=False)
    opened, helen = open_for(universe, "helen"), universe.who("helen")
    assert EmergencyAccess.objects.get(id=opened).reviewer not in helen.posts
    with pytest.raises((NotFound, NotPermitted)):
        review_emergency(by=helen, opened=opened, finding="needed", words="It was me.", at=universe.at)
