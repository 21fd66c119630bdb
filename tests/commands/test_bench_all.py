"""All benches as one table: what each prints fits in it, and one that stops does not stop the others."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

from sightline.commands.bench import APART, BENCHES
from sightline.commands.bench_all import page, running, table
from sightline.commands.bench_all.gathered import gather
from sightline.commands.bench_all.machine import Machine
from sightline.commands.bench_all.register import NAMED, Named, chosen
from sightline.commands.bench_line import Line, Part, part_of, percentile, timed
from sightline.commands.postgres.lifecycle import ROOT

MACHINE = Machine(2, "A processor", 8, "Linux", "3.11.7", 0.5)
SAVES = Line("A save", "2,000 people", 150.0, 210.0, 220.0, 1.5, 12.0, "bare inserts", verdict="500 ms: met")
PART = Part("others", "Beside other ways", [SAVES, Line("Half a save", "3 rows", 2.0)], ["What was compared."])
PAGE_OF = {
    "bench": "journey", "title": "visits", "people": 4_000, "rounds": 2,
    "measures": [{
        "name": "My day", "aim": 300, "median": 310.0, "p95": 320.0, "p99": 330.0, "memory": 0.4, "ratio": 1.1,
        "quick": False, "quick_at_work": True,
    }],
}  # fmt: skip


def ran(named: Named, part: Part | None) -> running.Ran:
    return running.Ran(named, ("bench", named.name), 61.0, part, 0 if part else 3)


def test_every_bench_is_in_the_run_of_all() -> None:
    assert {one.name for one in NAMED} == {*BENCHES, *APART, "form", "census", "access", "load"}


def test_a_bench_is_only_called_with_options_that_it_has() -> None:
    from sightline.commands.__main__ import parser_for

    for one in NAMED:
        for quick in (True, False):
            assert parser_for("bench").parse_args(one.asked(quick=quick)[1:]).bench == one.name


def test_a_part_comes_back_from_json_as_it_was() -> None:
    assert part_of(json.loads(json.dumps(PART.as_json()))) == PART
    assert gather("others", json.loads(json.dumps(PART.as_json()))) == PART


def test_a_pages_figures_say_whether_the_aim_was_met_at_work() -> None:
    (line,) = gather("journey", PAGE_OF).lines
    assert (line.done, line.size, line.p99, line.memory) == ("My day", "4,000 people", 330.0, 0.4)
    assert line.verdict == "300 ms: met at work"


def test_what_was_not_measured_is_printed_as_nothing() -> None:
    assert table.row(Line("Half a save", "3 rows", 2.0)) == ["Half a save", "3 rows", "2.0 ms", *[""] * 6]
    assert table.row(replace(SAVES, unit="s"))[2:7] == ["150 s", "210 s", "220 s", "1.5 MB", "12"]


def test_the_pages_table_leaves_out_columns_without_a_figure() -> None:
    found = table.as_markdown(
        Part("cost", "Cost", [Line("Start", "nobody", 900.0), Line("Rest", "nobody", memory=80.0)])
    )
    assert found.splitlines()[0] == "| done | size | median | memory |"


def test_the_99th_percentile_of_few_samples_is_the_slowest_of_them() -> None:
    line = timed("A save", "3 rows", [3.0, 1.0, 2.0])
    assert (line.median, line.p95, line.p99) == (2.0, 3.0, 3.0)
    assert percentile(list(range(1, 101)), 95) == 95


def test_one_that_stopped_is_said_on_the_page_and_the_others_stand() -> None:
    first, second = NAMED[0], NAMED[1]
    shown = page.as_page([ran(first, PART), ran(second, None)], MACHINE, on=date(2026, 11, 23), quick=True)
    assert "| A save | 2,000 people | 150 ms |" in shown
    assert f"`./run bench {second.name}` ended with 3; run it by itself to see why." in shown
    assert "quick run" in shown
    assert "It took 2 min." in shown


def test_how_long_it_takes_is_stated_before_it_begins() -> None:
    whole = running.stated(chosen([]), quick=False)
    assert whole.splitlines()[0].startswith("Takes about ")
    assert all(f"  {one.name} " in whole for one in NAMED)


def test_the_command_prints_the_table_of_what_is_chosen() -> None:
    words = [sys.executable, "-P", "-m", "sightline.commands", "bench", "--quick", "--only", "form"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "Check a form whole" in done.stdout
    assert "Takes about" in done.stderr


def test_a_bench_that_ends_with_an_error_gives_no_part() -> None:
    wrong = Named("form", "a form", "--no-such-option", "--no-such-option", 1, 1)
    found = running.run(wrong, quick=True)
    assert (found.part, found.code) == (None, 2)
