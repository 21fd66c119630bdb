"""The three promises, checked against the plain facts after every step that is played."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.conferences.models import Invitee, Letter
from sightline.doorway.acts import acting
from sightline.kernel.london import local_day
from sightline.partnership.models import Message
from sightline.people.queries import get_header
from sightline.plans.models import PlanChild
from sightline.plans.queries import clocks_of
from sightline.record.models import Step, StepSubject
from sightline.record.queries import list_entries, list_episodes, list_timeline
from sightline.workforce.queries import who_to_ring_of
from tests.journeys.facts import Casework, Read, Workforce, texts
from tests.journeys.world import World

LIMIT = 500


def somebody_to_ring(world: World, staff: Workforce, work: Casework, at: datetime) -> None:
    """No concern, step or open child is without somebody to ring now; said twice, and by the steward."""
    rung = who_to_ring_of(posts=sorted(work.posts()), at=at)
    for post in work.posts():
        expected = staff.ring(post, at)
        assert expected is not None, f"nobody to ring for {post}"
        assert post in rung, f"the product finds nobody to ring for {post}"
        assert rung[post].account == expected, f"the product rings {rung[post].account} for {post}, not {expected}"
    for room in ("record", "plans", "assessments", "enquiries", "conferences", "disagreements"):
        assert _rows(f"SELECT * FROM {room}_unheld(%s)", at) == []  # noqa: S608 (rooms of this line)


def everything_is_owed(world: World, work: Casework, at: datetime) -> None:
    """What is open is exactly what was played, on the posts that carry it; no contact is forgotten."""
    with acting(world.keeper):
        open_ = list(Step.objects.filter(closed_at=None).values_list("id", "subject", "kind", "post"))
        found, expected = Counter(row[1:] for row in open_), work.owed_now()
        assert found == expected, f"open and not expected {found - expected}, expected and not open {expected - found}"
        people: dict[UUID, set[UUID]] = defaultdict(set)
        for step, person in StepSubject.objects.filter(step__closed_at=None).values_list("step", "person"):
            people[step].add(person)
        carried = {one.child: one.post for one in list_episodes(work.children) if one.closed_on is None}
    assert carried == work.carried
    by_key = {row[0]: row[1:] for row in open_}
    for one in work.owed:
        if one.step is not None:
            assert by_key.get(one.step) == (one.subject, one.kind, one.post), f"{one.kind} is not on the post it was"
            assert people[one.step] == set(one.people), f"the {one.kind} is owed for others than was played"
    for contact in work.undecided:
        assert work.find(contact, "decide_contact") is not None, f"nobody is asked to decide {contact}"
    assert _rows("SELECT * FROM front_door_unheld(%s)", at) == []


def clocks_run_for_what_goes_on(world: World, work: Casework, at: datetime) -> None:
    """The next visit and review of every open plan, counted from what happened; none of what has ended."""
    with acting(world.keeper):
        found = {(one.kind, one.plan, one.child, one.since_on) for one in clocks_of(work.children, at=at)}
    assert found == work.clocks(local_day(at)), "what is next due is not what was played"


def final_entries_stand(world: World, work: Casework) -> None:
    """The named reader reads every version as it was written; everybody else what still stands."""
    with acting(world.keeper):
        kept = list_entries(work.written)
    assert set(kept) == set(work.written)
    for version in work.written.values():
        written = {(one.heading, one.text): one.about for one in version.said}
        assert texts(kept[version.entry]) == written, f"the {version.kind} does not read as it was written"
        assert {one.person for one in kept[version.entry].subjects} == version.people, "it is about others than it was"
        assert (kept[version.entry].superseded_at is not None) == (version.entry in work.superseded)
    with acting(world.watcher):
        seen = list_entries(work.written)
    shown = {entry: texts(view) for entry, view in seen.items()}
    assert shown == work.readable(), "what is shown is not what still stands"


def read_record(world: World, child: UUID, at: datetime, *, as_at: datetime | None = None) -> Read:
    """A child's record as the watcher reads it, now or as it stood."""
    with acting(world.watcher):
        timeline = list_timeline(person=child, as_at=as_at, limit=LIMIT)
        header = get_header(person=child, as_at=as_at)
        assert header is not None
        episodes = tuple(list_episodes([child], as_at=as_at))
    known = (header.name, header.known_as, header.birth, header.birth_date, header.sex)
    return Read(at, child, timeline.entries, timeline.marks, episodes, known)


def reads_as_it_did(world: World, work: Casework, earlier: Read) -> None:
    """As at an earlier moment the record reads as it did then, save what was withdrawn since."""
    again = read_record(world, earlier.child, earlier.at, as_at=earlier.at)
    assert [_plain(one) for one in again.entries] == [
        _plain(one) for one in work.as_it_must_read(earlier.entries, earlier.child)
    ], "as at that moment the entries do not read as they did"
    assert again.marks == earlier.marks, "as at that moment there are other marks"
    assert again.episodes == earlier.episodes, "as at that moment the episodes do not read as they did"
    assert again.known_as == earlier.known_as, "as at that moment the child is called otherwise"


def _plain(view: Any) -> tuple[Any, ...]:
    """A view without the order in which people are listed, which means nothing."""
    passages = tuple((one.heading, one.section, one.handling, one.text, frozenset(one.about)) for one in view.passages)
    facts = (view.id, view.kind, view.when, view.recorded_at, view.author, view.replaces, view.superseded_at)
    return (*facts, passages, frozenset(view.subjects), frozenset(view.documents))


def _rows(statement: str, at: datetime) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [at])
        return cursor.fetchall()


# --- protecting -----------------------------------------------------------------------------------


def whoever_is_in_danger_is_held(world: World, work: Casework, at: datetime) -> None:
    """An enquiry, an order, a conference owed, a plan, a disagreement: each child has an open step, with somebody."""
    with acting(world.keeper):
        open_ = list(StepSubject.objects.filter(step__closed_at=None, ended_at=None).values_list(
            "person", "step__kind", "step__post"))  # fmt: skip
    rung = who_to_ring_of(posts=sorted({post for _, _, post in open_}), at=at)
    held = {(person, kind) for person, kind, post in open_ if post in rung}
    plans = [one for one in work.open_plans().values() if one.kind == "protection"]
    on_plans = [(child, frozenset({"plan"}), "a protection plan") for one in plans for child in one.since]
    for child, kinds, why in [*work.safe.must_be_held(at), *on_plans]:
        root = work.safe.owed.get(child)
        if kinds == CONFERENCE and root is not None and not work.still_on(root, child):
            continue  # the conclusion was another child's
        assert any((child, kind) in held for kind in kinds), f"a child with {why} is carried by nobody"


CONFERENCE = frozenset({"convene_conference", "conference"})


def nobody_is_told_who_may_not_be(world: World, work: Casework) -> None:
    """Whoever waits for the chair or is kept out was told nothing, and no word that is theirs holds when or where."""
    with acting(world.keeper):
        rows = dict(Invitee.objects.filter(meeting__in=list(work.safe.meetings)).values_list("id", "told_at"))
        sent = _by_invitee(Message.objects.values_list("subject", "text"))
        letters = _by_invitee(Letter.objects.values_list("invitee", "text"))
    for met in work.safe.meetings.values():
        for invitee, asked in met.asked.items():
            assert (rows[invitee] is not None) == asked.told, "told when and where is not what was played"
            if asked.told or asked.may_be_told:
                continue
            for text in (*sent[invitee], *letters[invitee]):
                assert not any(place in text for place in met.places), "a letter says where to somebody kept out"


def _by_invitee(rows: Any) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for key, text in rows:
        found[key].append(text)
    return found


def need_and_protection_never_overlap(world: World) -> None:
    """No child is on a child in need plan and on a protection plan on one day."""
    with acting(world.keeper):
        rows = list(PlanChild.objects.values_list("child", "kind", "from_on", "to_on"))
    need = [row for row in rows if row[1] == "child_in_need"]
    for child, _, begin, end in [row for row in rows if row[1] == "protection"]:
        for other, _, from_on, to_on in need:
            apart = other != child or (to_on or date.max) <= begin or (end or date.max) <= from_on
            assert apart, "a child is on a child in need plan and a protection plan at once"
