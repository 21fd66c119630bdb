"""Sealing copies, and reading them back."""

import copy
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from sightline.kernel.errors import NotFound, Refusal
from sightline.practice import operations, queries
from sightline.practice.models import PublishedPack
from sightline.practice.operations import publish_shipped_packs
from sightline.practice.shipped import PACKS, read_source, seal_of
from sightline.practice.spec import Pin
from sightline.practice.tables import PackRefused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped packs that a test may change."""
    folder = tmp_path / "england-2023"
    folder.mkdir()
    for path in (PACKS / "england-2023").glob("*.toml"):
        (folder / path.name).write_text(path.read_text())
    monkeypatch.setattr(operations, "PACKS", tmp_path)
    return folder


def _reword(packs: Path) -> None:
    contact = packs / "contact.toml"
    contact.write_text(contact.read_text().replace("Is anyone in danger now?", "Is anyone in danger?"))


def test_publishing_twice_seals_once() -> None:
    assert publish_shipped_packs(at=NOW) == (Pin("england-2023", 1),)
    assert publish_shipped_packs(at=LATER) == ()
    assert PublishedPack.objects.count() == 1


def test_a_changed_word_is_a_new_version_and_the_old_one_reads_as_it_did(packs: Path) -> None:
    publish_shipped_packs(at=NOW)
    _reword(packs)
    assert publish_shipped_packs(at=LATER) == (Pin("england-2023", 2),)
    first, second = (queries.get_pack(Pin("england-2023", version)).form("contact") for version in (1, 2))
    assert str(first.question("danger_now").label) == "Is anyone in danger now?"
    assert str(second.question("danger_now").label) == "Is anyone in danger?"


def test_a_new_version_changes_no_earlier_day(packs: Path) -> None:
    publish_shipped_packs(at=NOW)
    _reword(packs)
    publish_shipped_packs(at=LATER)
    assert queries.current_pack(NOW).pin == Pin("england-2023", 1)
    assert queries.current_pack(LATER).pin == Pin("england-2023", 2)


def test_a_pack_that_is_not_sound_publishes_nothing(packs: Path) -> None:
    (packs / "letters.toml").unlink()
    with pytest.raises(PackRefused, match=r"letters\.toml: the file is missing"):
        publish_shipped_packs(at=NOW)
    assert not PublishedPack.objects.exists()


def test_a_copy_that_was_changed_after_sealing_is_not_used() -> None:
    # The serving role may not change a copy, so one is put there with another's seal.
    source = read_source(PACKS / "england-2023")
    PublishedPack.objects.create(
        key="england-2023",
        version=1,
        sealed="0" * 64,
        spec=source.values,
        source=source.text,
        published_at=NOW,
        effective_from=date(2023, 12, 15),
    )
    with pytest.raises(Refusal, match="has been changed since it was published"):
        queries.current_pack(NOW)


def test_a_copy_sealed_before_packs_said_so_much_is_still_read() -> None:
    values = copy.deepcopy(read_source(PACKS / "england-2023").values)
    for later in ("assessment", "plan", "casework"):
        del values[later]
    for clock in values["timescales"]["timescales"]:
        del clock["starts"], clock["stops"]
    values["timescales"]["timescales"] = values["timescales"]["timescales"][:5]
    PublishedPack.objects.create(
        key="england-2023",
        version=1,
        sealed=seal_of(values),
        spec=values,
        source="",
        published_at=NOW,
        effective_from=date(2023, 12, 15),
    )
    old = queries.get_pack(Pin("england-2023", 1))
    assert old.form("contact").question("danger_now").required
    assert str(old.timescale("contact.decide", NOW.date()).starts) == ""
    assert publish_shipped_packs(at=LATER) == (Pin("england-2023", 2),)
    assert queries.current_pack(LATER).form("assessment").questions


def test_the_serving_role_can_neither_change_nor_remove_a_sealed_copy() -> None:
    publish_shipped_packs(at=NOW)
    for change in (
        lambda: PublishedPack.objects.update(version=9),
        lambda: PublishedPack.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_before_the_first_pack_there_is_a_sentence() -> None:
    publish_shipped_packs(at=NOW)
    with pytest.raises(NotFound, match="No practice pack is in force on 14 December 2023"):
        queries.get_timescale("contact.decide", date(2023, 12, 14))
    with pytest.raises(NotFound, match="Version 7"):
        queries.get_pack(Pin("england-2023", 7))


def test_what_rooms_ask_for_is_there() -> None:
    publish_shipped_packs(at=NOW)
    assert queries.get_timescale("contact.decide", date(2026, 11, 21)).length == 1
    assert queries.get_threshold("series.sources", date(2026, 11, 21)).number == 3
    assert queries.letter("notice", at=NOW).audience == "public"


def test_a_pack_is_read_whole_once_and_then_costs_one_small_query(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    publish_shipped_packs(at=NOW)
    queries.current_pack(NOW)
    with django_assert_num_queries(1):
        queries.current_pack(NOW)
