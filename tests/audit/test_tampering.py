"""Whatever is done to the audit after it was sealed is found, by whomever it was done, and the first bad leaf named."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from sightline.audit.sealing import Sealer
from sightline.audit.seals import HASH_BYTES, Seals, SealsBroken
from sightline.audit.verifying import verify
from sightline.commands.postgres import roles
from tests.audit.sealed import IN_EACH, LEAVES, WAYS, Connection, Tampering, add_events, seal

pytestmark = pytest.mark.django_db(transaction=True)
TAMPERINGS = 200


@pytest.fixture
def behind() -> Iterator[Connection]:
    """Somebody whom no fence holds."""
    with roles.connect(connections["default"].settings_dict["NAME"]) as connection:
        yield connection


def test_two_hundred_tamperings_are_found_and_the_first_bad_leaf_is_named(behind: Connection, tmp_path: Path) -> None:
    seals = seal(tmp_path).seals
    with behind.transaction():
        assert verify(behind, seals).faults == []
    for number in range(TAMPERINGS):
        name = list(WAYS)[number % len(WAYS)]
        with behind.transaction(force_rollback=True):
            bad = WAYS[name](Tampering(behind, number))
            verdict = verify(behind, seals)
            assert verdict.first is not None, f"{name} ({number}) was not found"
            assert verdict.first.leaf == bad, f"{name} ({number}): {verdict.first.words}"
            assert verdict.first.words.endswith(".")
    with behind.transaction():
        assert verify(behind, seals).faults == []


def test_a_row_put_in_under_an_old_date_is_found_though_it_was_sealed_afterwards(
    behind: Connection, tmp_path: Path
) -> None:
    seal(tmp_path)
    with behind.transaction():
        Tampering(behind, 1).put_in(None, tx="tx", copy_of=7)
    # A sealer that begins anew goes through everything, and finds one that has no number.
    sealed = Sealer(seals := Seals(tmp_path)).seal(at=datetime.now(UTC))
    assert sealed is not None
    assert sealed.leaves == 1
    with behind.transaction():
        first = verify(behind, seals).first
    assert first is not None
    assert (first.leaf, "put in" in first.words) == (LEAVES, True)


def test_after_a_cut_the_sealer_gives_no_number_twice(behind: Connection, tmp_path: Path) -> None:
    sealer = seal(tmp_path)
    with behind.transaction():
        Tampering(behind, 1).cut(LEAVES - 3)
    add_events()
    sealed = sealer.seal(at=datetime.now(UTC))
    assert sealed is not None
    assert sealed.checkpoint.size == LEAVES + IN_EACH
    with behind.transaction():
        verdict = verify(behind, sealer.seals)
    assert verdict.first is not None
    assert (verdict.first.leaf, verdict.count) == (LEAVES - 3, 1)
    assert "57 to 59 are missing" in verdict.first.words


def test_a_change_to_the_folder_is_found_and_nothing_more_is_sealed_into_it(behind: Connection, tmp_path: Path) -> None:
    seals = seal(tmp_path).seals
    leaves = tmp_path / "leaves"
    with leaves.open("r+b") as file:
        file.seek(17 * HASH_BYTES)
        file.write(bytes(3))
    (tmp_path / "peaks").unlink()
    with behind.transaction():
        verdict = verify(behind, seals)
    assert verdict.first is not None
    assert verdict.first.words == "Of leaves 15 to 19 the folder holds others than it signed."
    add_events()
    with pytest.raises(SealsBroken, match="verify"):
        Sealer(Seals(tmp_path)).seal(at=datetime.now(UTC))


def test_a_checkpoint_that_was_changed_is_found(behind: Connection, tmp_path: Path) -> None:
    seals = seal(tmp_path).seals
    checkpoints = tmp_path / "checkpoints"
    checkpoints.write_text(checkpoints.read_text().replace("\n25\n", "\n26\n"))
    with behind.transaction():
        words = [fault.words for fault in verify(behind, seals).faults]
    assert "The checkpoint after the one over 20 leaves is not as it was signed." in words


def test_a_checkpoint_kept_elsewhere_finds_what_was_put_back_whole(behind: Connection, tmp_path: Path) -> None:
    sealer = seal(folder := tmp_path / "seals")
    earlier = {path.name: path.read_bytes() for path in folder.iterdir()}
    add_events()
    sealer.seal(at=datetime.now(UTC))
    kept = (folder / "checkpoint").read_text()
    with behind.transaction():
        assert verify(behind, sealer.seals, kept=kept).faults == []
    for name, content in earlier.items():
        (folder / name).write_bytes(content)
    with behind.transaction(force_rollback=True):
        for leaf in range(LEAVES, LEAVES + IN_EACH):
            Tampering(behind, 1).remove([leaf])
        assert verify(behind, sealer.seals).faults == [], "both were put back to the same moment"
        first = verify(behind, sealer.seals, kept=kept).first
        assert first is not None
        assert (first.leaf, "older copy" in first.words) == (LEAVES, True)


def test_seals_made_anew_do_not_answer_to_a_checkpoint_kept_elsewhere(behind: Connection, tmp_path: Path) -> None:
    seal(tmp_path / "first")
    kept = (tmp_path / "first" / "checkpoint").read_text()
    Sealer(anew := Seals(tmp_path / "second")).seal(at=datetime.now(UTC))
    with behind.transaction():
        assert verify(behind, anew).faults == []
        [fault] = verify(behind, anew, kept=kept).faults
    assert "another folder" in fault.words


def test_where_nothing_was_sealed_nothing_is_called_sound(behind: Connection, tmp_path: Path) -> None:
    with behind.transaction():
        [fault] = verify(behind, Seals(tmp_path)).faults
    assert "Nothing has been sealed" in fault.words
