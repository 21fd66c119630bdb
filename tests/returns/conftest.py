"""A front door with a manager's post, and census files brought in by the journey that the command calls."""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from tests.staff import SOON, Staff

SAMPLES = os.environ.get("SIGHTLINE_SAMPLES", "")
LATER = SOON + timedelta(hours=1)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Files of other people's are judged where the folder that holds them is named; else that is said aloud."""
    if collection_path.name not in ("test_samples.py", "test_round_trip.py", "test_schema.py") or SAMPLES:
        return None
    print("The sample census files are left out. Name their folder in SIGHTLINE_SAMPLES.", file=sys.stderr)
    return True


@pytest.fixture
def staff(staff_with_packs: Staff, db: None, settings: Any) -> Staff:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return staff_with_packs


@pytest.fixture
def manager(staff: Staff) -> Actor:
    """Priya Nair, in whose post's name the children of these tests are carried."""
    return staff.actor("Priya Nair")


@pytest.fixture
def bring_in(staff: Staff, tmp_path: Path) -> Callable[..., Any]:
    """Imports a file for the front door manager's post; gives the import's key and what it did."""
    from sightline.journeys import import_census

    def bring(file: bytes | Path, *, at: Any = SOON) -> tuple[UUID, Any]:
        examined = import_census.examine(path=written(file), post="front-door-manager", at=at, saying=quiet)
        assert examined.already is None
        return import_census.bring_in(examined=examined, at=at, saying=quiet)

    def written(file: bytes | Path) -> Path:
        if isinstance(file, Path):
            return file
        path = tmp_path / "census.xml"
        path.write_bytes(file)
        return path

    return bring


def quiet(_: str) -> Callable[[int], None]:
    return lambda _: None


def counts() -> dict[str, int]:
    """What the operator's page counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM record_status_counts()")
        return dict(cursor.fetchall())


def acting_as(actor: Actor) -> Actor:
    """Reading as this person from here to the end of the test."""
    set_actor(actor.id)
    return actor
