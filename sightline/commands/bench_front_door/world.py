"""One loaded record as the bench uses it: who is signed in, and whom they look for and open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from sightline.commands.bench_front_door.floor import bare_client
from sightline.commands.bench_front_door.ground import stand_on
from sightline.commands.bench_front_door.work import Work
from sightline.commands.postgres import roles
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.workforce.models import Account
from sightline.workforce.queries import get_actor

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DRAWN = 400


@dataclass(frozen=True)
class Child:
    """A child in the record, by everything that they can be looked for with."""

    id: UUID
    given: str
    family: str
    born: date
    postcode: str
    number: str


class World:
    """A size of the record. `stand` makes every query of this process go to it."""

    def __init__(self, name: str, people: int, wrapper: Any) -> None:
        self.name, self.people, self.wrapper = name, people, wrapper
        self.clients: dict[UUID, Client] = {}

    def stand(self) -> None:
        stand_on(self.wrapper)

    def rows(self, words: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Asked as the steward, to choose what to measure; never while measuring."""
        with roles.connect(self.name) as connection:
            connection.execute("SET ROLE sightline_owner")
            connection.execute("SET ROLE sightline_steward")
            return connection.execute(words.encode(), values).fetchall()

    @cached_property
    def work(self) -> Work:
        return Work(self.wrapper)

    @cached_property
    def children(self) -> list[Child]:
        """Anybody who may be looked for, known to us or not."""
        return [Child(*row) for row in self.rows(ANYBODY, [DRAWN])]

    @cached_property
    def contacted(self) -> list[UUID]:
        """Children with at least one contact and no open episode: whoever is decided on gets one opened."""
        return [row[0] for row in self.rows(CONTACTED, [DRAWN])]

    @cached_property
    def carried(self) -> list[tuple[UUID, UUID]]:
        """Pairs of an account and a child whose open episode it carries."""
        return [(row[0], row[1]) for row in self.rows(CARRIED, [DRAWN])]

    @cached_property
    def longest(self) -> tuple[UUID, UUID]:
        """The child with the most entries, and an account that reads them."""
        child, team = self.rows(LONGEST)[0]
        return self.rows(MEMBER, [team])[0][0], child

    @cached_property
    def desk(self) -> dict[str, Actor]:
        """Somebody in each place that the bench signs in from."""
        found = {kind: self.rows(STANDING, list(place))[0][0] for kind, place in PLACES.items()}
        return {kind: self.actor(account) for kind, account in found.items()}

    @cached_property
    def school(self) -> UUID:
        found: UUID = self.rows("SELECT id FROM partnership_agencypost LIMIT 1")[0][0]
        return found

    @cached_property
    def bare(self) -> Client:
        return bare_client()

    def actor(self, account: UUID) -> Actor:
        with acting(account):
            return get_actor(account)

    def client(self, account: UUID) -> Client:
        """A browser that is signed in with a password and a code."""
        if account not in self.clients:
            made = Client(SERVER_NAME="localhost", raise_request_exception=True)
            with acting(account):
                found = Account.objects.get(id=account)
                made.force_login(found, backend=BACKEND)
                request = HttpRequest()
                request.session = made.session
                record_authentication(request, found, method="mfa", type="totp")
                request.session.save()
            self.clients[account] = made
        return self.clients[account]


PLACES = {
    "duty": ("front_door", "duty_worker"),
    "decider": ("front_door", "social_worker"),
    "manager": ("casework", "team_manager"),
    "service_manager": ("other", "service_manager"),
}
STANDING = """
SELECT a.id FROM workforce_account a JOIN workforce_occupancy o ON o.account_id = a.id
JOIN workforce_post p ON p.id = o.post_id JOIN workforce_team t ON t.id = p.team_id
WHERE t.kind = %s AND a.role = %s ORDER BY a.id LIMIT 1
"""
# An order by the middle of a key is the same at every run, and has nothing to do with when it was made.
ANYBODY = """
SELECT p.id, n.given, n.family, b.birth_date, h.postcode, i.value
FROM people_person p JOIN people_name n ON n.person_id = p.id AND n.kind = 'legal'
JOIN people_particulars b ON b.person_id = p.id
JOIN people_residence r ON r.person_id = p.id JOIN people_home h ON h.id = r.home_id
JOIN people_identifier i ON i.person_id = p.id AND i.scheme = 'nhs'
WHERE p.kind = 'child' ORDER BY md5(p.id::text) LIMIT %s
"""
CONTACTED = """
SELECT person_id FROM (SELECT DISTINCT s.person_id FROM record_entrysubject s
JOIN people_person p ON p.id = s.person_id WHERE s.kind = 'contact' AND p.kind = 'child') AS known
WHERE NOT EXISTS (SELECT 1 FROM record_episode e WHERE e.child_id = known.person_id AND e.closed_at IS NULL)
ORDER BY md5(person_id::text) LIMIT %s
"""
CARRIED = """
SELECT o.account_id, l.child_id FROM record_allocation l JOIN record_episode e ON e.id = l.episode_id
JOIN workforce_occupancy o ON o.post_id = l.post_id
WHERE l.to_at IS NULL AND e.closed_at IS NULL AND NOT l.unallocated ORDER BY md5(l.child_id::text) LIMIT %s
"""
LONGEST = """
SELECT busiest.person_id, p.team_id FROM (
    SELECT person_id FROM record_entrysubject GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 20) AS busiest
JOIN record_allocation l ON l.child_id = busiest.person_id JOIN workforce_post p ON p.id = l.post_id
LIMIT 1
"""
MEMBER = """
SELECT o.account_id FROM workforce_occupancy o JOIN workforce_post p ON p.id = o.post_id
WHERE p.team_id = %s ORDER BY (p.kind = 'worker') DESC, 1 LIMIT 1
"""
