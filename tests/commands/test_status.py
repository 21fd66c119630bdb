"""The operator's page: each part of it, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from sightline import __version__
from sightline.commands import status
from sightline.commands.postgres.lifecycle import ROOT

OURS = {"DATABASE_URL", "DATABASE_OWNER_URL", "SIGHTLINE_CLUSTER", "SIGHTLINE_AS"}


@pytest.fixture
def report(transactional_db: None, as_owner: psycopg.Connection[Any]) -> Iterator[dict[str, Any]]:
    """What `./run status` says of the test's own database."""
    yield {label: section(as_owner) for label, section in status.SECTIONS}
    connections.close_all()


def test_every_part_is_there_and_says_what_it_promises(report: dict[str, Any]) -> None:
    assert report["version"] == {"sightline": __version__}
    assert report["database"].keys() >= {"kind", "postgresql", "name", "made", "days old", "megabytes"}
    assert report["database"]["days old"] == 0
    assert report["migrations"]["applied"] > 20
    assert report["migrations"]["waiting"] == []
    assert report["fence"]["stands"] is True
    assert report["fence"]["faults"] == []
    assert report["fence"]["tables under row security"] > 35
    assert report["fence"]["policies"] > 100
    assert report["practice"] == {"in force": None, "in force later": [], "waiting": [], "warning": None}
    assert report["queue"] == {"waiting": 0, "running": 0, "failed": 0}
    assert report["sealing"].keys() == {"leaves", "last sealed", "warning"}
    assert report["counts"].keys() == {"people", "children", "episodes", "entries", "open steps", "unheld"}
    assert report["counts"]["unheld"] == 0


def test_it_is_one_json_object_and_a_page_of_words(report: dict[str, Any]) -> None:
    assert json.loads(json.dumps(report, default=str)).keys() == report.keys()
    words = status._in_words(report)
    for label in ("Version", "Database", "Migrations", "Fence", "Queue", "Counts", "unheld"):
        assert label in words


def test_a_missing_policy_is_a_fault(transactional_db: None, as_owner: psycopg.Connection[Any]) -> None:
    as_owner.execute("SET ROLE sightline_owner")
    as_owner.execute("DROP POLICY reading ON record_passage")
    found = status.fence(as_owner)
    connections.close_all()
    assert found["stands"] is False
    assert "record_passage" in " ".join(found["faults"])


def test_a_migration_that_was_not_run_is_named(transactional_db: None, as_owner: psycopg.Connection[Any]) -> None:
    as_owner.execute("SET ROLE sightline_owner")
    as_owner.execute("DELETE FROM django_migrations WHERE app = 'record' AND name LIKE '0001%'")
    assert status.migrations(as_owner)["waiting"] == ["record.0001_initial"]


@pytest.mark.parametrize(("number", "warned"), [(150_003, True), (150_018, False), (180_099, False), (990_001, False)])
def test_a_server_that_lacks_known_fixes_is_named(number: int, warned: bool) -> None:  # noqa: FBT001 (one of two cases)
    assert bool(status.warning_about(number)) is warned


def test_without_a_database_it_says_what_to_run_and_leaves_no_server_behind() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # The embedded server may run under another account, which must be able to pass.
        Path(folder).chmod(0o711)
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "sightline.commands", "status", "--json"],
            cwd=ROOT, env=environment | {"SIGHTLINE_VAR": folder}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert "Make it with: ./run migrate" in done.stderr
        assert done.stdout == ""
        assert _servers_in(folder) == []


def _servers_in(folder: str) -> list[str]:
    """Programs whose words name the folder."""
    found = []
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = words.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if folder in said:
            found.append(said)
    return found
