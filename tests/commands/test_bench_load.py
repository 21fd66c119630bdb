"""The bench under load: it runs from its command at a tiny size, refuses what does not fit, and judges as it says."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sightline.commands.bench_load import page
from sightline.commands.bench_load.browsing import Browser, Wanted
from sightline.commands.bench_load.multiply import turned
from sightline.commands.bench_load.rules import Asked, Phase, holds, read_timing
from sightline.commands.bench_load.sizes import Size, refuse_nonsense, refuse_what_does_not_fit
from sightline.commands.postgres import roles
from sightline.commands.postgres.roles import DatabaseRefused

TINY = ["--people", "2000", "--entries", "5000", "--views", "12000", "--sessions", "5", "--rate", "4"]
SHORT = ["--minutes", "0.1", "--spike", "8", "--spike-minutes", "0.05", "--exactly", "--one", "--json"]


@pytest.mark.django_db
def test_people_who_are_signed_in_read_and_write_through_the_real_server_and_nothing_is_left() -> None:
    command = [sys.executable, "-P", "-m", "sightline.commands", "bench", "load", *TINY, *SHORT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as bench_run:
        out, problems = bench_run.communicate(timeout=600)
    assert bench_run.returncode == 0, problems
    figures = json.loads(out)
    [size] = figures["sizes"]
    steady = size["phases"]["steady"]
    assert (steady["errors"], steady["unanswered"], steady["said"]) == (0, 0, []), problems
    assert steady["answered"] == steady["due"] > 5
    assert all(one["queries"] > 0 and one["seen"]["p50"] > 0 for one in steady["pages"])
    assert {one["name"] for one in size["processes"]} >= {"The web server", "The worker", "The sealer", "The generator"}
    before, after = size["counted"]["views"]
    assert after > before >= 12_000
    assert page.as_page(figures).count("\n## ") == 4
    with roles.connect(roles.maintenance_database()) as connection:
        mine = f"sightline_load_{bench_run.pid}_%"
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [mine])
        assert left.fetchall() == []


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
    assert {one.body["key"] for one in made[1:]} == {"01890000-0000-7000-8000-000000000001"}


def test_a_contact_is_decided_once_and_whoever_has_none_left_reads_the_queue() -> None:
    somebody = browser(role="front_door", contacts=["one"])
    acts = somebody.acts()
    assert [next(acts).page for _ in range(3)] == ["contact", "decision", "front door"]
