"""A tiny authority, played through operations: what holds in it, what can fail, and that its seed makes it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connection

from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.simulation import invariants, playing
from sightline.commands.simulation.calibration.counted import Played
from sightline.commands.simulation.calibration.measured import Measuring
from sightline.commands.simulation.calibration.report import figures
from sightline.commands.simulation.fingerprint import fingerprint
from sightline.commands.simulation.play import PlayStopped, Wanted, play
from sightline.commands.simulation.playing import wanted_of
from sightline.commands.simulation.rates import rates
from sightline.commands.simulation.service import front_door
from sightline.commands.simulation.truth import read
from sightline.commands.simulation.writing_out import write_out
from sightline.kernel.errors import Refusal
from sightline.practice.operations import publish_shipped_packs
from sightline.workforce.queries import list_accounts

ENDS = date(2026, 3, 31)
"""The day is given: a play of other days is another play."""
PLANTED = {
    "nothing_is_unheld": "UPDATE workforce_occupancy SET to_at = from_at + interval '1 minute'",
    "status_is_whole": "UPDATE workforce_occupancy SET to_at = from_at + interval '1 minute'",
    "every_open_child_is_carried": "UPDATE record_allocation SET to_at = from_at WHERE to_at IS NULL",
    "nobody_is_carried_after_the_end": (
        "UPDATE record_episode SET closed_at = opened_at, closed_on = opened_on, closure_reason = 'RC7'"
    ),
    "nobody_has_two_episodes": (
        "UPDATE record_episode SET opened_on = '2026-01-05', opened_at = '2026-01-05', closed_on = '2026-02-05',"
        " closed_at = '2026-02-05', closure_reason = 'RC7', child_id = (SELECT child_id FROM record_episode LIMIT 1)"
    ),
    "every_open_step_is_about_somebody": "UPDATE record_stepsubject SET ended_at = now()",
    "every_undecided_contact_is_asked_for": "UPDATE front_door_decision SET superseded_at = now()",
    "grants_follow_allocations": "UPDATE access_grant SET until_at = from_at WHERE because = 'allocation'",
    "every_look_is_written_down": "DELETE FROM audit_event WHERE kind = 'look'",
    "every_entry_is_written_down": "UPDATE audit_event SET actor = id WHERE kind = 'act'",
    "what_is_kept_twice_agrees": "UPDATE record_entrysubject SET recorded_at = recorded_at + interval '1 hour'",
    "last_seen_is_the_latest_visit": "UPDATE record_entrysubject SET seen = '' WHERE kind = 'visit'",
    "need_and_protection_never_overlap": (
        "ALTER TABLE plans_planchild DROP CONSTRAINT plans_need_or_protection;"
        " INSERT INTO plans_planchild (id, kind, from_on, end_reason, recorded_at, child_id, plan_id)"
        " SELECT gen_random_uuid(), kind, '2026-01-01', '', now(), person.id, gen_random_uuid()"
        " FROM unnest(ARRAY['child_in_need', 'protection']) kind, (SELECT id FROM people_person LIMIT 1) person"
    ),
    "nothing_is_still_to_come": "UPDATE record_entry SET recorded_at = now() + interval '1 day'",
    "nobody_writes_after_leaving": "UPDATE workforce_account SET left_at = joined_at + interval '1 minute'",
}
"""What breaks each invariant, as somebody who may change everything would break it."""


def quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    publish_shipped_packs(at=datetime(2023, 12, 15, tzinfo=UTC))


def much_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """More and graver contacts than elsewhere, so that of everything there is some in a short while."""
    monkeypatch.setitem(rates("front_door")["contacts"], "each_year", 0.7)
    monkeypatch.setitem(rates("front_door")["becomes"], "referral", 1.2)
    monkeypatch.setitem(rates("casework")["capacity"], "hours_a_day", 46)
    monkeypatch.setitem(rates("casework")["notes"], "withdrawn", 0.03)


def played(children: int, days: float, seed: int = 7) -> Wanted:
    return wanted_of(children=children, days=days, seed=seed, until=ENDS)


@pytest.fixture
def as_operator(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    with roles.connect(str(configured.DATABASES["default"]["NAME"])) as operator:
        yield operator


def test_two_hundred_children_for_three_months_and_everything_holds(
    as_operator: psycopg.Connection[Any], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(settings)
    much_comes_in(monkeypatch)
    service = play(played(200, 91), say=lambda _: None)
    assert len(service.story.contacts) > 3
    assert service.cases
    now = datetime.now(UTC)
    with invariants.reading_all(str(connection.settings_dict["NAME"])) as reading:
        assert invariants.broken(reading, at=now) == {}
        measuring = Measuring(reading, Played(200, service.engine.begins, service.engine.ends))
        found = {one.key: measuring.figure(one.key) for one in figures()}
    assert found["contacts"].counted >= len(service.story.contacts)
    assert found["in_need"].counted == sum(len(one.children) for one in service.cases if one.closed is None)
    assert (found["caseload"].figure or 0) > (found["caseload"].counted / len(service.staff.posts))
    assert found["written_a_day"].counted > 3
    assert set(PLANTED) == {one.__name__ for one in invariants.INVARIANTS}
    sent, silent, called_off, taken_off = as_operator.execute(BESIDES, [now.replace(2026, 3, 3)]).fetchone() or ()
    assert sent > 20
    assert silent <= sent / 20
    assert min(called_off, taken_off) > 0
    written = write_out(as_operator, tmp_path, service.truth, played={"children": 200})
    assert written == len(list(tmp_path.glob("*.csv"))) > 30
    assert len(read(tmp_path).rows) == len(service.truth.rows) > 10
    missed = [one.__name__ for one in invariants.INVARIANTS if not _shows(as_operator, one, now)]
    assert missed == []


BESIDES = """
SELECT count(*), count(*) FILTER (WHERE acknowledged_at IS NULL),
    (SELECT count(*) FROM record_entry WHERE kind = 'visit' AND id IN
        (SELECT entry_id FROM record_entrysubject WHERE seen LIKE 'cancelled%%')),
    (SELECT count(*) FROM record_withdrawal)
FROM partnership_message WHERE means IN ('link', 'by_hand') AND composed_at < %s
"""
"""What was sent by link four weeks ago and more, what of it nobody has heard; visits not made, entries taken off."""


def _shows(operator: psycopg.Connection[Any], invariant: invariants.Invariant, at: datetime) -> bool:
    """Whether it notices what is planted; what was planted is taken back."""
    with operator.transaction(force_rollback=True):
        # Neither triggers nor constraints stand in the way of whoever breaks it.
        operator.execute("SET LOCAL session_replication_role = replica")
        operator.execute(PLANTED[invariant.__name__].encode())
        return bool(invariant(operator, at))


EMPTIED = """
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(practice|django|auth)_'
    LOOP EXECUTE format('TRUNCATE %I CASCADE', one); END LOOP;
END $$
"""


def test_one_seed_makes_one_authority(
    as_operator: psycopg.Connection[Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(settings)
    made = []
    much_comes_in(monkeypatch)
    for _ in range(2):
        play(played(60, 40), say=lambda _: None)
        made.append(fingerprint(as_operator))
        as_operator.execute(EMPTIED)
    assert int(made[0]["passages"].split()[0]) > 10
    assert made[0] == made[1]


def test_a_refusal_stops_the_play_says_how_far_it_came_and_leaves_nothing(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(settings)

    much_comes_in(monkeypatch)

    def refuse(*_: object, **__: object) -> None:
        raise Refusal("This was refused.")

    monkeypatch.setattr(front_door.desk, "settle", refuse)
    with pytest.raises(PlayStopped, match=r"stopped on \d\d \w+ 2026, .* children known, .* contacts.*refused") as told:
        play(played(80, 40), say=lambda _: None)
    assert "Nothing of it is kept" in str(told.value)
    assert list_accounts(active=False) == []


def test_a_play_begins_when_there_was_a_practice_to_decide_by(db: None, settings: Any) -> None:
    quick(settings)
    playing.refuse_before_practice(played(40, 800))
    with pytest.raises(DatabaseRefused, match=r"from 15 December 2023, .* Ask for 2\.2 years at most"):
        playing.refuse_before_practice(played(40, 3 * 365))


def test_whoever_interrupts_a_play_reads_how_far_it_came_and_nothing_is_kept(db: None, settings: Any) -> None:
    quick(settings)
    days: list[str] = []

    def say(words: str) -> None:
        days.append(words)
        if len(days) == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        play(played(40, 60), say=say)
    assert f"stopped on {days[-1]}" in stopped.value.__notes__[0]
    assert list_accounts(active=False) == []
