"""The same questions three ways: of the oracle, of the rule's functions and the rows that the serving role reads, and
of the queries that pages call. Each answer compared is a decision.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sightline.access.fence import OWNER, SERVING
from sightline.access.queries import may_see_of
from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.people.queries import get_headers
from sightline.people.search import search_people
from sightline.record.queries import list_entries, list_steps_for
from tests.access.ground import as_role, set_clock, tell
from tests.access.oracle import View, World
from tests.access.putting_down import NUMBER

Answer = tuple[UUID, str]
Asked = tuple[UUID, datetime]

ROWS = {
    "person": ("people_person", "id", "id", "people"),
    "residence": ("people_residence", "id", "person_id", "people"),
    "entry": ("record_entry", "id", "id", "entries"),
    "entry subject": ("record_entrysubject", "person_id", "entry_id", "entries"),
    "passage": ("record_passage", "id", "entry_id", "entries"),
    "passage subject": ("record_passagesubject", "person_id", "entry_id", "entries"),
    "step": ("record_step", "id", "id", "steps"),
    "step subject": ("record_stepsubject", "person_id", "step_id", "steps"),
}
"""Rows by kind: their table, their key, and the column and the list that say which are this world's."""
WITH_A_ROW_EACH = {"entry subject": "entry_id", "passage subject": "passage_id", "step subject": "step_id"}
NONE = "''"


ASKING = """
CREATE FUNCTION proof_ask(accounts uuid[], moments timestamptz[], people uuid[], sections text[], entries uuid[],
                          steps uuid[])
RETURNS TABLE (account uuid, at timestamptz, kind text, key uuid, detail text) LANGUAGE plpgsql AS $proof$
#variable_conflict use_column
DECLARE who uuid; moment timestamptz;
BEGIN
    FOREACH who IN ARRAY accounts LOOP
        FOREACH moment IN ARRAY moments LOOP
            PERFORM set_config('sightline.actor', who::text, true), set_config('proof.clock', moment::text, true);
            RETURN QUERY SELECT who, moment, 'rule', p, s FROM unnest(people) AS p, unnest(sections) AS s
                WHERE access_may_see(p, s);
            RETURN QUERY SELECT who, moment, 'exists', p, '' FROM unnest(people) AS p
                WHERE who = ANY ((SELECT access_principals())::uuid[]) AND p <> ALL ((SELECT access_hidden())::uuid[]);
            RETURN QUERY rows_that_are_read;
        END LOOP;
    END LOOP;
END $proof$
"""


def prepare() -> None:
    """Make the function that asks. Whoever calls it reads with their own eyes."""
    rows = [
        f"SELECT who, moment, '{kind}', {key}, {WITH_A_ROW_EACH.get(kind, NONE)}::text FROM {table}"  # noqa: S608 (named above)
        f" WHERE {column} = ANY ({given})"
        for kind, (table, key, column, given) in ROWS.items()
    ]
    as_role(OWNER)
    tell(ASKING.replace("rows_that_are_read", " UNION ALL ".join(rows)))
    as_role(SERVING)


Answers = dict[str, set[Answer]]
"""By kind of question, what was answered with yes."""


@dataclass
class Tally:
    """How many answers were compared, by kind, how many of them were yes, and the first that differed."""

    asked: Counter[str] = field(default_factory=Counter)
    yes: Counter[str] = field(default_factory=Counter)
    differs: str = ""

    @property
    def decisions(self) -> int:
        return self.asked.total()

    def compare(self, expected: Answers, found: Answers, sizes: dict[str, int], who: str) -> None:
        for kind, size in sizes.items():
            ought, is_so = expected[kind], found.get(kind, set())
            self.asked[kind] += size
            self.yes[kind] += len(ought)
            if ought != is_so and not self.differs:
                shown, kept = sorted(is_so - ought), sorted(ought - is_so)
                self.differs = f"{kind}, {who}: shown and ought not {shown}; kept back and ought not {kept}"


def compare(
    world: World, *, moments: list[datetime], sections: list[str], pairs: Iterable[Asked], tally: Tally
) -> None:
    """Everybody at every moment by the database, and these pairs of an account and a moment by pages' queries."""
    views = {(account, at): View(world, account, at) for account in world.workers for at in moments}
    found = ask_the_database(world, moments, sections)
    sizes = _sizes(world, sections)
    for asked, view in views.items():
        tally.compare(expect(view, sections), found[asked], sizes, _who(asked))
    for asked in pairs:
        tally.compare(expect_of_pages(views[asked]), ask_pages(world, asked), _page_sizes(world), _who(asked))


def _who(asked: Asked) -> str:
    return f"{asked[0]} at {asked[1].isoformat()}"


# --- the database ---------------------------------------------------------------------------------


def ask_the_database(world: World, moments: list[datetime], sections: list[str]) -> dict[Asked, Answers]:
    """Every yes of the rule's functions and every row that is read, in one statement."""
    found: dict[Asked, Answers] = defaultdict(lambda: defaultdict(set))
    rows = tell(
        "SELECT * FROM proof_ask(%s::uuid[], %s::timestamptz[], %s::uuid[], %s::text[], %s::uuid[], %s::uuid[])",
        [list(world.workers), moments, world.people, sections, list(world.entries), [one.id for one in world.steps]],
    )
    for account, at, kind, key, detail in rows:
        found[account, at][kind].add((key, detail))
    return found


def expect(view: View, sections: list[str]) -> Answers:
    """What the oracle says of the same."""
    world = view.world
    ordinary = {person for person in world.people if view.may_see(person, "ordinary")}
    return {
        "rule": {(person, one) for person in world.people for one in sections if view.may_see(person, one)},
        "exists": {(person, "") for person in world.people if view.exists(person)},
        "person": {(person, "") for person in world.people if view.may_see(person, "identity")},
        "residence": {(one.id, "") for one in world.residences if view.may_see(one.person, one.section)},
        "entry": {(entry, "") for entry, subjects in world.entries.items() if view.may_read_entry(subjects)},
        "entry subject": {
            (person, str(entry))
            for entry, subjects in world.entries.items()
            for person in subjects
            if person in ordinary
        },
        "passage": {(told.id, "") for told in world.passages if view.may_read(told)},
        "passage subject": {
            (person, str(told.id))
            for told in world.passages
            for person in told.about
            if view.may_see(person, told.section)
        },
        "step": {(step.id, "") for step in world.steps if view.may_read_step(step)},
        "step subject": {(person, str(step.id)) for step in world.steps for person in step.about if person in ordinary},
    }


def _sizes(world: World, sections: list[str]) -> dict[str, int]:
    return {
        "rule": len(world.people) * len(sections),
        "exists": len(world.people),
        "person": len(world.people),
        "residence": len(world.residences),
        "entry": len(world.entries),
        "entry subject": sum(len(subjects) for subjects in world.entries.values()),
        "passage": len(world.passages),
        "passage subject": sum(len(told.about) for told in world.passages),
        "step": len(world.steps),
        "step subject": sum(len(step.about) for step in world.steps),
    }


# --- pages' queries ---------------------------------------------------------------------------------


def ask_pages(world: World, asked: Asked) -> Answers:
    """What pages are given: headers, entries with their passages, steps, and what searching finds."""
    account, at = asked
    set_actor(account)
    set_clock(at)
    by = Actor(account, "A", Role.SOCIAL_WORKER)
    found = search_people(by=by, at=at, number=NUMBER)
    read = list_entries(world.entries)
    return {
        "page: may see": {(person, "") for person in may_see_of(people=world.people)},
        "page: header": {(person, "") for person in get_headers(people=world.people)},
        "page: entry": {(entry, "") for entry in read},
        "page: passage": {(one.id, "") for entry in read.values() for one in entry.passages if one.id},
        "page: step": {(step.id, "") for step in list_steps_for(world.people)},
        "page: found": {(match.person, "") for match in found},
        "page: found with an area": {(match.person, "") for match in found if match.area},
        "page: found and closed": {(match.person, "") for match in found if match.closed},
    }


def expect_of_pages(view: View) -> Answers:
    """What the oracle says of the same."""
    world = view.world
    there = {person for person in world.people if view.exists(person)}
    entries = {entry for entry, subjects in world.entries.items() if view.may_read_entry(subjects)}
    return {
        "page: may see": {(person, "") for person in world.people if view.may_see(person, "ordinary")},
        "page: header": {(person, "") for person in world.people if view.may_see(person, "identity")},
        "page: entry": {(entry, "") for entry in entries},
        "page: passage": {(told.id, "") for told in world.passages if told.entry in entries and view.may_read(told)},
        "page: step": {
            (step.id, "") for step in world.steps if any(view.may_see(person, "ordinary") for person in step.about)
        },
        "page: found": {(person, "") for person in there},
        "page: found with an area": {(person, "") for person in world.people if view.shows_area(person)},
        "page: found and closed": {(person, "") for person in there if view.is_closed(person)},
    }


def _page_sizes(world: World) -> dict[str, int]:
    people, entries = len(world.people), len(world.entries)
    sizes = {"may see": people, "header": people, "entry": entries, "passage": len(world.passages)}
    sizes |= {"step": len(world.steps), "found": people, "found with an area": people, "found and closed": people}
    return {f"page: {kind}": size for kind, size in sizes.items()}
