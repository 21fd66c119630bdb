"""Who is signed in: accounts with a second factor, and sessions as signing in leaves them. Nothing about it is eased.

Also what each of them has to do with: the children whom they may open, names to look for, contacts to decide.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from sightline.commands.bench_front_door.loader import Say
from sightline.commands.bench_front_door.measures import SEARCHES, take
from sightline.commands.bench_front_door.world import BACKEND, World
from sightline.doorway.acts import acting
from sightline.workforce.models import Account
from sightline.workforce.sessions import SessionStore, begin

MIX = Path(__file__).with_name("mix.toml")
CHILDREN, NAMES = 25, 12
ROLES = ("worker", "manager", "front_door", "head")
SOUGHT = ("whole name", "misspelt", "beginning of a name", "misspelt, with date of birth", "postcode alone")


class Crowd:
    """Signs people in on one loaded record. `made` is what the generator is told: it is nobody's to read."""

    def __init__(self, world: World, mix: dict[str, dict[str, int]], say: Say) -> None:
        self.world, self.mix, self.say = world, mix, say
        self.known: set[UUID] = set()
        self.deciders: set[UUID] = set()

    def made(self, *, sessions: int, contacts: int, origin: str) -> dict[str, Any]:
        """So many sessions, shared out among the roles as the mix says, and contacts that wait to be decided."""
        self.world.stand()
        waiting = self._waiting(contacts)
        people = {role: self._people(role) for role in ROLES}
        each = [(role, *one) for role in ROLES for one in islice(cycle(people[role]), self._share(role, sessions))]
        told = [self._session(number, *one) for number, one in enumerate(each)]
        self._hand_out(told, waiting)
        return {
            "cookie": settings.SESSION_COOKIE_NAME, "origin": origin, "mix": self.mix, "sessions": told,
            "accounts": len(self.known),
        }  # fmt: skip

    def _share(self, role: str, sessions: int) -> int:
        """At least one of each, and the workers are the rest."""
        shares = self.mix["sessions"]
        others = {one: max(1, round(sessions * shares[one] / sum(shares.values()))) for one in ROLES[1:]}
        return others[role] if role in others else max(1, sessions - sum(others.values()))

    def _people(self, role: str) -> list[tuple[UUID, list[str]]]:
        """Accounts in that role, each with children whom it may open."""
        if role == "front_door":
            rows = self.world.rows(AT_THE_FRONT_DOOR)
            self.deciders = {account for account, role in rows if role == "social_worker"}
            return [(account, []) for account, _ in rows]
        found: dict[UUID, list[str]] = defaultdict(list)
        for account, child in self.world.rows(CARRYING[role], [CHILDREN]):
            found[account].append(str(child))
        return list(found.items())

    def _session(self, number: int, role: str, account: UUID, children: list[str]) -> dict[str, Any]:
        if number % 100 == 0:
            self.say(f"sessions {number:,}")
        sought, known = self.world.children, len(self.world.children)
        words = [
            SEARCHES[SOUGHT[place % len(SOUGHT)]](sought[(number * NAMES + place) % known]) for place in range(NAMES)
        ]
        key = self.sign_in(account)
        decides = account in self.deciders
        return {"key": key, "role": role, "children": children, "words": words, "contacts": [], "decides": decides}

    def sign_in(self, account: UUID) -> str:
        """A session with a password and a code given, as it stands after both; its key."""
        at, request = datetime.now(UTC), HttpRequest()
        request.session = SessionStore()
        with acting(account):
            found = Account.objects.get(id=account)
            # In a record that was kept they have it already.
            if account not in self.known and not is_mfa_enabled(found):
                TOTP.activate(found, generate_totp_secret())
            self.known.add(account)
            login(request, found, backend=BACKEND)
            begin(request.session, browser="Chrome on Windows", at=at)
            record_authentication(request, found, method="password", email=found.email)
            record_authentication(request, found, method="mfa", type="totp")
            request.session.save()
        return str(request.session.session_key)

    def _waiting(self, contacts: int) -> list[str]:
        """Contacts taken by the product's own operation, each about a family that was heard of before."""
        taken = []
        for number in range(contacts):
            taken.append(str(take(self.world)))
            if number % 20 == 0:
                self.say(f"contacts that wait {number:,} of {contacts:,}")
        return taken

    def _hand_out(self, told: list[dict[str, Any]], contacts: Iterable[str]) -> None:
        """Among those of the front door who decide: a duty worker recommends, and a social worker decides."""
        desk = [one for one in told if one["decides"]]
        for one, contact in zip(cycle(desk), contacts, strict=False):
            one["contacts"].append(contact)


AT_THE_FRONT_DOOR = """
SELECT a.id, a.role FROM workforce_account a JOIN workforce_occupancy o ON o.account_id = a.id
JOIN workforce_post p ON p.id = o.post_id JOIN workforce_team t ON t.id = p.team_id
WHERE t.kind = 'front_door' ORDER BY (a.role = 'social_worker') DESC, a.id
"""
WORKERS = """
SELECT account_id, child_id FROM (
    SELECT o.account_id, l.child_id, row_number() OVER (PARTITION BY o.account_id ORDER BY md5(l.child_id::text)) AS n
    FROM record_allocation l JOIN record_episode e ON e.id = l.episode_id
    JOIN workforce_occupancy o ON o.post_id = l.post_id
    WHERE l.to_at IS NULL AND e.closed_at IS NULL AND NOT l.unallocated) AS carried
WHERE n <= %s ORDER BY md5(account_id::text), n
"""
MANAGERS = """
SELECT account_id, child_id FROM (
    SELECT o.account_id, l.child_id, row_number() OVER (PARTITION BY o.account_id ORDER BY md5(l.child_id::text)) AS n
    FROM workforce_occupancy o JOIN workforce_post m ON m.id = o.post_id AND m.kind = 'manager'
    JOIN workforce_team t ON t.id = m.team_id AND t.kind = 'casework'
    JOIN workforce_post p ON p.team_id = t.id JOIN record_allocation l ON l.post_id = p.id AND l.to_at IS NULL
    JOIN record_episode e ON e.id = l.episode_id AND e.closed_at IS NULL) AS below
WHERE n <= %s ORDER BY md5(account_id::text), n
"""
HEADS = """
SELECT a.id, l.child_id FROM workforce_account a
CROSS JOIN LATERAL (
    SELECT l.child_id FROM record_allocation l JOIN record_episode e ON e.id = l.episode_id
    WHERE l.to_at IS NULL AND e.closed_at IS NULL AND NOT l.unallocated ORDER BY md5(l.child_id::text) LIMIT %s) AS l
WHERE a.role = 'service_manager' ORDER BY a.id
"""
CARRYING = {"worker": WORKERS, "manager": MANAGERS, "head": HEADS}
