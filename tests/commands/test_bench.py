"""The bench runs from its command, at a size that says nothing about speed."""

import json
import subprocess
import sys
from datetime import date

import pytest

from sightline.commands.bench_front_door import report
from sightline.commands.bench_front_door.measures import MEASURES, Measure
from sightline.commands.bench_front_door.subject import SUBJECT
from sightline.commands.bench_front_door.trial import Samples
from sightline.commands.bench_journey.measures import subject
from sightline.commands.postgres import roles

MONDAY = date(2026, 11, 23)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bench", "more", "measures"),
    [("front-door", [], MEASURES), ("journey", ["--years", "1"], subject(1).measures)],
    ids=["front-door", "journey"],
)
def test_every_page_is_measured_at_two_sizes_and_nothing_is_left_behind(
    bench: str, more: list[str], measures: list[Measure]
) -> None:
    words = ["bench", bench, "--people", "2000", "--rounds", "1", "--json", *more]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "sightline.commands", *words], capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert [line["name"] for line in figures["measures"]] == [measure.name for measure in measures]
    assert all(line["median"] > 0 and line["tenth"]["median"] > 0 for line in figures["measures"])
    assert figures["measures"][0]["queries"] == 1
    with roles.connect(roles.maintenance_database()) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'sightline_bench_%\\_2000'")
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
