"""The bench of cost: what it reads out of what a command says, and what its page says of it."""

from datetime import date
from pathlib import Path
from typing import Any

from sightline.commands.bench_all.machine import Machine
from sightline.commands.bench_cost.course import Told, Wanted, Weighed
from sightline.commands.bench_cost.folder import NEEDED, Folder, Running, Stage
from sightline.commands.bench_cost.page import as_page, before_after, part_of
from sightline.commands.bench_cost.processes import at_most
from sightline.commands.bench_cost.visitor import Visits

SAID = [
    (102.0, "Tables and policies ...\n"),
    (107.0, "playing: 3 March\n"),
    (108.0, "playing: 4 March\n"),
    (109.0, "  so far: 5 March, 12 children known\n"),
    (117.0, "Sightline answers at http://127.0.0.1:8000/  (Ctrl-C stops it)\n"),
    (117.1, "Sign in as any of these. The password is lantern-orchard-42 and the code is 000000.\n"),
    (117.2, "  dipa.rao@hallowby.example     Dipa Rao, duty worker\n"),
]


def running(**more: Any) -> Running:
    child: Any = None
    return Running(child, 8000, 100.0, lines=list(SAID), seconds=20.0, **more)


def test_each_thing_that_is_said_lasts_until_the_next_and_the_last_until_the_first_page() -> None:
    assert [(one.words, round(one.seconds)) for one in running().stages] == [
        ("before it says anything", 2), ("Tables and policies", 5), ("playing", 10), ("waiting for the first page", 3),
    ]  # fmt: skip


def test_who_may_sign_in_is_read_from_what_is_printed() -> None:
    assert running().sign_ins == ["dipa.rao@hallowby.example"]
    assert running().password_and_code == ("lantern-orchard-42", "000000")


def test_an_empty_folder_is_given_the_product_and_nothing_that_was_made_of_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path, installed=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(NEEDED)
    assert not list(tmp_path.rglob("__pycache__"))
    assert folder.environment["SIGHTLINE_VAR"] == str(tmp_path / "var")
    assert "DATABASE_URL" not in folder.environment


def test_what_was_mended_is_told_whole() -> None:
    for one in before_after():
        assert set(one) == {"what", "before", "after", "by", "how"}
        assert one["by"].startswith("./run ")


def test_the_page_says_how_long_it_took_what_it_weighs_and_where_it_lies() -> None:
    rest, seen = {"The web server": 100.0}, [{"The web server": 150.0}, {"The web server": 140.0}]
    weighed = Weighed(
        80.4, [Stage("playing", 40.0)], rest, at_most([rest, *seen]), {"The web server": 3},
        Visits([100.0] * 99 + [900.0], 2, 50.0), [("record", 1000, 90_000_000), ("court", 0, 10_000)],
    )  # fmt: skip
    machine = Machine(2, "", 25, "Linux", "3.11.7", 0.1)
    told = Told(
        date(2026, 3, 2),
        Wanted(2000, 50, 8, installed=False),
        machine,
        weighed,
        [3.0, 4.0, 5.0],
        [0.2],
        {"installation": 10**8},
        "18.1",
    )
    first, _, _, disk, server, asked = part_of(told).lines
    assert (first.median, first.unit, first.verdict) == (80.4, "s", "90 s: met")
    assert disk.median == 45.0
    assert (server.memory, server.ratio, server.beside) == (150, 1.5, "at rest (100 MB)")
    assert (asked.median, asked.p99) == (100.0, 100.0)
    shown = as_page(told)
    assert "| The web server | 3 | 100 | 150 |" in shown
    assert "| record | 1,000 | 90.0 | 100% |" in shown
    assert "court" not in shown.partition("## Disk")[2].partition("## What was mended")[0]
