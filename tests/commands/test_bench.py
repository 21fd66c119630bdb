"""The bench runs from its command, at a size that says nothing about speed."""

import json
import subprocess
import sys
from datetime import date

import pytest

from sightline.commands.bench_access import report as access_report
from sightline.commands.bench_front_door import report
from sightline.commands.bench_front_door.measures import MEASURES, Measure
from sightline.commands.bench_front_door.subject import SUBJECT
from sightline.commands.bench_front_door.trial import Samples
from sightline.commands.bench_journey.measures import subject
from sightline.commands.bench_protect.measures import subject as protecting
from sightline.commands.postgres import roles

MONDAY = date(2026, 11, 23)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bench", "more", "measures"),
    [
        ("front-door", [], MEASURES),
        ("journey", ["--years", "1"], subject(1).measures),
        ("protect", ["--years", "1"], protecting(1).measures),
    ],
    ids=["front-door", "journey", "protect"],
)
def test_every_page_is_measured_at_two_sizes_and_nothing_is_left_behind(
    bench: str, more: list[str], measures: list[Measure]
) -> None:
    words = ["bench", bench, "--people", "2000", "--rounds", "1", "--json", *more]
    command = [sys.executable, "-P", "-m", "sightline.commands", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as bench_run:
        out, problems = bench_run.communicate(timeout=600)
    assert bench_run.returncode == 0, problems
    figures = json.loads(out)
    assert [line["name"] for line in figures["measures"]] == [measure.name for measure in measures]
    assert all(line["median"] > 0 and line["tenth"]["median"] > 0 for line in figures["measures"])
    assert figures["measures"][0]["queries"] == 1
    with roles.connect(roles.maintenance_database()) as connection:
        # Only what this run made: another bench may be at work beside it.
        mine = f"sightline_bench_{bench_run.pid}_%"
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [mine])
        assert left.fetchall() == []


def test_the_page_says_what_misses_and_what_grows() -> None:
    results = {
        measure.name: {size: Samples([1.0, 1.0], [0.5, 0.5], [3, 3]) for size in (20_000, 2_000)}
        for measure in MEASURES
    }
    slow, growing = MEASURES[1].name, MEASURES[-1].name
    results[slow][20_000] = Samples([101.0, 101.0], [0.5, 0.5], [3, 3])
    results[growing][20_000] = Samples([2.0, 2.0], [1.0, 1.0], [3, 4])
    page = report.as_page(
        report.judge(results, SUBJECT, people=20_000, entries=30_000, on=MONDAY, rounds=2, server="18.1")
    )
    assert f"- {slow}: 95th percentile 101.0 ms, 0.5 ms at work, aim 100 ms." in page
    assert f"- {growing}: 2.0 times as much as at a tenth of the size." in page
    assert f"- {growing}: 4 queries at most, 3 at a tenth." in page


@pytest.mark.django_db
def test_what_the_fence_costs_is_measured_with_and_without_and_nothing_is_left_behind() -> None:
    words = ["bench", "access", "--notes", "3000", "--rounds", "1", "--seconds", "0.2", "--json"]
    command = [sys.executable, "-P", "-m", "sightline.commands", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as bench_run:
        out, problems = bench_run.communicate(timeout=600)
    assert bench_run.returncode == 0, problems
    figures = json.loads(out)
    assert {line["reader"] for line in figures["questions"]} == {"worker", "manager"}
    assert all(line["with"] > 0 and line["without"] > 0 and line["restricted"] > 0 for line in figures["questions"])
    # What was just written is not sealed while anything older runs anywhere on the server, as other tests do.
    assert all(figures["log"][name] for name in ("bare", "written", "page", "share"))
    page = access_report.as_page(figures)
    assert all(line["question"] in page for line in figures["questions"])
    with roles.connect(roles.maintenance_database()) as connection:
        left = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname LIKE %s", [f"sightline_bench_{bench_run.pid}%"]
        )
        assert left.fetchall() == []
