"""The bench under load: it runs from its command at a tiny size, refuses what does not fit, and judges as it says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sightline.commands.bench_load import page
from sightline.commands.bench_load.browsing import Browser, Wanted
from sightline.commands.bench_load.multiply import turned
from sightline.commands.bench_load.rules import Asked, Phase, holds, keeps_up, read_timing
from sightline.commands.bench_load.sizes import Size, refuse_nonsense, refuse_what_does_not_fit
from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.kernel.references import nhs_number
from sightline.people.rules import home_key

TINY = ["--people", "2400", "--played", "1200", "--entries", "5000", "--views", "12000", "--sessions", "5"]
SHORT = ["--rate", "4", "--minutes", "0.1", "--spike", "8", "--spike-minutes", "0.05", "--exactly", "--one", "--json"]
NAME = "sightline_load_2400_5000_12000"


@pytest.fixture
def kept() -> Iterator[str]:
    """The database that the bench keeps when it is told to."""
    yield NAME
    roles.drop_database(NAME)


@pytest.mark.django_db
def test_people_who_are_signed_in_read_and_write_through_the_real_server(kept: str) -> None:
    command = [sys.executable, "-P", "-m", "sightline.commands", "bench", "load", *TINY, *SHORT, "--keep"]
    bench_run = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert bench_run.returncode == 0, bench_run.stderr
    figures = json.loads(bench_run.stdout)
    [size] = figures["sizes"]
    steady = size["phases"]["steady"]
    assert (steady["errors"], steady["unanswered"], steady["said"]) == (0, 0, []), bench_run.stderr
    assert steady["answered"] == steady["due"] > 5
    assert all(one["queries"] > 0 and one["seen"]["p50"] > 0 for one in steady["pages"])
    assert {one["name"] for one in size["processes"]} >= {"The web server", "The worker", "The sealer", "The generator"}
    before, after = size["counted"]["views"]
    assert after > before >= 12_000
    assert page.as_page(figures).count("\n## ") == 4
    with roles.connect(kept) as connection:
        _is_whole(connection)


def _is_whole(connection: roles.Connection) -> None:
    """What was copied leans on what was copied with it, and copies have names, homes and numbers of their own."""
    rows = connection.execute(LEANING).fetchall()
    connection.execute("SET ROLE sightline_owner")
    connection.execute("SET ROLE sightline_steward")
    for table, column, other, key in rows:
        lost = connection.execute(
            f"SELECT count(*) FROM {table} t LEFT JOIN {other} o ON o.{key} = t.{column}"  # noqa: S608 (names from the catalogue)
            f" WHERE t.{column} IS NOT NULL AND o.{key} IS NULL".encode()
        ).fetchone()
        assert lost == (0,), f"{table}.{column}"
    assert len(rows) > 20
    numbers = connection.execute("SELECT value FROM people_identifier WHERE scheme = 'nhs'").fetchall()
    assert len(numbers) > 500
    assert all(nhs_number(value) == value for (value,) in numbers)
    homes = connection.execute("SELECT lines, postcode, match_key FROM people_home").fetchall()
    assert all(home_key(lines=lines, postcode=postcode) == key for lines, postcode, key in homes)
    [(accounts, teams)] = connection.execute(STAFF).fetchall()
    assert (accounts, teams) == (4 * 11, 4)


LEANING = b"""
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND has_table_privilege('sightline_steward', c.conrelid, 'SELECT')
AND has_table_privilege('sightline_steward', c.confrelid, 'SELECT')
"""
STAFF = b"""
SELECT count(DISTINCT o.account_id), count(DISTINCT t.id) FROM workforce_team t
JOIN workforce_post p ON p.team_id = t.id JOIN workforce_occupancy o ON o.post_id = p.id WHERE t.kind = 'casework'
"""


def test_what_the_disk_has_no_room_for_is_refused_with_the_figure(tmp_path: Path) -> None:
    asked = Size(1_500_000, 10_000_000, 50_000_000)
    with pytest.raises(DatabaseRefused, match=r"need 71 GB on the disk, and 22 GB may be used .* about 466,000 people"):
        refuse_what_does_not_fit([asked, asked.tenth], tmp_path, free=30 * 10**9)
    refuse_what_does_not_fit([asked, asked.tenth], tmp_path, free=90 * 10**9)


@pytest.mark.parametrize(
    "size", [Size(19_000, 190_000, 950_000), Size(20_000, 19_000, 950_000), Size(20_000, 40_000, 79_000)]
)
def test_a_record_in_which_nobody_has_anything_to_do_is_refused(size: Size) -> None:
    with pytest.raises(DatabaseRefused):
        refuse_nonsense(size)


def asked(took: float, failed: str = "", page: str = "my day") -> Asked:
    return Asked("steady", page, 0.0, took, failed)


@pytest.mark.parametrize(
    ("rows", "due", "kept"),
    [
        ([asked(290)] * 20, 20, True),
        ([asked(310)] * 20, 20, False),
        ([asked(290)] * 20 + [asked(490, page="note saved")] * 5, 25, True),
        ([asked(290)] * 20 + [asked(510, page="note saved")] * 5, 25, False),
        ([asked(290)] * 19 + [asked(10, "answered 500")], 20, False),
        ([asked(290)] * 18, 20, False),
        ([], 0, False),
    ],
    ids=["quick", "slow to read", "quick to save", "slow to save", "an error", "not kept up with", "nothing asked"],
)
def test_a_pace_holds_where_all_is_answered_in_time_and_nothing_fails(
    rows: list[Asked], due: int, *, kept: bool
) -> None:
    assert holds(Phase("steady", 10, 0.0, 1.0, due, 0), rows) is kept


def test_a_pace_does_not_hold_where_somebody_was_never_answered() -> None:
    assert not holds(Phase("steady", 10, 0.0, 1.0, 20, 1), [asked(10)] * 20)


def test_a_pace_is_kept_up_with_where_the_aims_are_missed_and_nobody_waits_longer_and_longer() -> None:
    phase = Phase("steady", 10, 0.0, 1.0, 20, 0)
    assert [keeps_up(phase, [asked(took)] * 20) for took in (290, 1_900, 2_100)] == [True, True, False]
    assert not keeps_up(phase, [asked(290)] * 19 + [asked(290, "answered 500")])


def test_what_the_server_tells_of_a_page_is_read_from_its_header() -> None:
    assert read_timing("page;dur=12.5, queries;dur=21") == {"page": 12.5, "queries": 21.0}
    assert read_timing("") == {}


def test_a_name_becomes_another_and_each_stays_somebodys() -> None:
    names = [f"Name{number}" for number in range(20)]
    once = dict(turned(names, 1, 8))
    assert sorted(once) == sorted(once.values()) == sorted(names)
    assert all(was != becomes for was, becomes in once.items())


def browser(**more: Any) -> Browser:
    session = {"role": "worker", "children": ["child"], "words": ["Ada"], "contacts": []} | more
    return Browser(session, {"worker": {"note": 1}, "front_door": {"decide": 1}, "autosaves": {"note": 2}}, 1)


def test_a_note_is_opened_saved_by_itself_and_sent_under_the_key_and_the_token_of_its_page() -> None:
    somebody, made = browser(), list[Wanted]()
    shown = (
        '<input type="hidden" name="csrfmiddlewaretoken" value="secret">'
        '<input type="hidden" name="key" value="01890000-0000-7000-8000-000000000001">'
    )
    for wanted in somebody.acts():
        made.append(wanted)
        somebody.take(shown)
        if len(made) == 4:
            break
    assert [one.page for one in made] == ["note page", "draft saved by itself", "draft saved by itself", "note saved"]
    assert all(one.body["csrfmiddlewaretoken"] == "secret" for one in made[1:])
    assert [one.more for one in made] == [True, True, True, False]
    assert {one.body["key"] for one in made[1:]} == {"01890000-0000-7000-8000-000000000001"}


def test_a_contact_is_decided_once_and_whoever_has_none_left_reads_the_queue() -> None:
    somebody = browser(role="front_door", contacts=["one"])
    acts = somebody.acts()
    assert [next(acts).page for _ in range(3)] == ["contact", "decision", "front door"]
