"""Every address asked by every persona, once: what each was answered, and whether anything changed by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpResponse

from tests.web.matrix.asking import Address, addresses, ask, body_of, outcome
from tests.web.matrix.canaries import CANARIES
from tests.web.matrix.fingerprint import Fingerprint, changed, fingerprint, words_in
from tests.web.matrix.personas import PERSONAS, SIGNED_OUT, WITHOUT_CODE
from tests.web.matrix.typed import typed_for
from tests.web.matrix.world import World, undone

METHODS = ("GET", "POST")
# Whose things each persona asks for. Everybody asks for what is the first child's, but for the named reader,
# who is another social worker of that child's team; the rest is asked by those for whom the rule says something
# of its own about it.
ASKED = {
    "own": tuple(persona for persona in PERSONAS if persona != "named_reader"),
    "other": ("social_worker", "other_team", "barred"),
    "kin": ("duty_worker", "social_worker", "barred"),
    "mother": ("duty_worker", "social_worker", "barred"),
    "restricted": ("duty_worker", "social_worker", "service_manager", "named_reader"),
    "together": ("social_worker", "conference_chair", "named_reader"),
    "known": ("social_worker", "team_manager", "other_team", "named_reader"),
    "unborn": ("social_worker",),
    "absent": ("duty_worker",),
}
# Of the child's family only their pages are asked for: what may be done there is asked about the child.
# Of what is of two children at once too: whose name and words are there.
FAMILY_PAGES = {
    "together": (
        "strategy", "strategy-record", "disagreement", "disagreement-say", "conference", "conference-invitees",
        "conference-move", "conference-outcome",
    ),
    "kin": ("person", "person-timeline", "person-people"),
    "known": (
        "person", "person-timeline", "person-people", "person-access", "person-readers", "protected-address",
        "emergency-open", "emergency",
    ),
    "unborn": ("person", "person-timeline", "conference"),
    "mother": ("person", "person-timeline"),
}  # fmt: skip
# Who is closed to somebody, or another team's, is as absent at one form as at the next: two personas ask at all.
_LOOKED_AT = (
    "person", "person-timeline", "person-people", "person-documents", "person-access", "person-readers", "contact",
    "message", "document", "emergency-open", "conflict-own", "record-new", "contact-decide",
)  # fmt: skip
PAGES_OF = {("duty_worker", "restricted"): _LOOKED_AT, ("barred", "other"): _LOOKED_AT}
# The sign-in library's pages know an account and no role.
ASKED_OF_THE_LIBRARY = (SIGNED_OUT, WITHOUT_CODE, "social_worker", "administrator")
LIBRARY = ("account_", "mfa_")
# Who looked, what somebody is told of, and what is still to be done: these point to a record by its key.
BESIDE = (
    "audit_event", "record_notice", "procrastinate_jobs", "procrastinate_events", "doorway_submission",
    "doorway_effect", "partnership_key",
)  # fmt: skip
SENT = {"doorway_submission"}
"""That a form was sent is not yet that it did anything."""
CLOSED = {"sign-in", "code", "refused", "absent", "no such method"}


@dataclass(frozen=True)
class Answer:
    """What one persona was answered at one address. `changed` names the tables in which something is different."""

    persona: str
    method: str
    name: str
    whose: str
    outcome: str
    path: str
    body: bytes
    head: str
    changed: tuple[str, ...] = ()
    beside: frozenset[tuple[str, str]] = frozenset()

    @property
    def cell(self) -> str:
        """Where in the table this stands."""
        return f"{self.method} {self.name} ({self.whose}) as {self.persona}"


@dataclass
class Walk:
    """All answers; and by persona what was left changed by everything that was refused or only looked at."""

    answers: list[Answer] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    beside: set[tuple[str, str]] = field(default_factory=set)
    """Canaries that were found in a table beside the record, after a form that did something or after a persona."""


def walk(world: World) -> Walk:
    """Each persona in turn, in a world that is put back after each."""
    routes, found = addresses(), Walk()
    # What an address is not asked by any way is the same whosever it is.
    closed: set[tuple[str, str, str]] = set()
    # What a form leaves beside the record is the same whoever sends the same words: it is read through once.
    done: set[tuple[str, str]] = set()
    for persona in PERSONAS:
        before = fingerprint()
        with undone():
            for address, whose in _asked_by(persona, routes, world):
                for method in METHODS:
                    if (address.name, method, persona) not in closed:
                        answer = _ask(world, persona, method, address, whose=whose, before=before, done=done)
                        found.beside |= answer.beside
                        found.answers.append(answer)
                        if answer.changed:
                            done.add((address.name, whose))
                        if answer.outcome == "no such method":
                            closed.add((address.name, method, persona))
            found.left[persona] = changed(before)
            found.beside |= repeated_beside()
    return found


def _asked_by(persona: str, routes: list[Address], world: World) -> Iterator[tuple[Address, str]]:
    for address in routes:
        if address.name.startswith(LIBRARY):
            if persona in ASKED_OF_THE_LIBRARY:
                yield address, "absent"
            continue
        for whose, personas in ASKED.items():
            wanted = address.name in (PAGES_OF.get((persona, whose)) or FAMILY_PAGES.get(whose, (address.name,)))
            if wanted and persona in personas and address.belongs(world, whose):
                yield address, whose


def _ask(
    world: World, persona: str, method: str, address: Address, *, whose: str, before: Fingerprint,
    done: set[tuple[str, str]],
) -> Answer:  # fmt: skip
    """A form that got anywhere is taken back; one that was refused is left, since it may have left nothing behind."""
    path, body = address.path(world, whose), typed_for(address.name, world, whose)
    mark = transaction.savepoint()
    response = ask(world, persona, method, path, body)
    said, different, beside = outcome(response), (), frozenset()
    if method == "POST" and said not in CLOSED:
        different = tuple(table for table in changed(before) if table not in SENT)
    if different and (address.name, whose) not in done:
        beside = repeated_beside()
    # Signing out is taken back too: it changes nothing but the session.
    stands = method == "GET" or said in CLOSED or (said == "page" and not different)
    (transaction.savepoint_commit if stands else transaction.savepoint_rollback)(mark)
    return Answer(
        persona, method, address.name, whose, "done" if different else said, path, body_of(response),
        _head(response), different, beside,
    )  # fmt: skip


def repeated_beside() -> frozenset[tuple[str, str]]:
    """Each table beside the record, with each canary that stands in it: there should be none."""
    kept = {table: words_in(table) for table in BESIDE}
    return frozenset(
        (table, canary.text) for table, words in kept.items() for canary in CANARIES if canary.text in words
    )


def _head(response: HttpResponse) -> str:
    return "\n".join(f"{name}: {value}" for name, value in response.items())
