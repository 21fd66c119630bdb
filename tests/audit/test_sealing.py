"""What is added to the audit is numbered and sealed once, in order, and not before it can no longer be preceded."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, ProgrammingError

from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.audit.sealing import Sealer
from sightline.audit.seals import Seals
from sightline.audit.verifying import verify
from sightline.commands.postgres import roles, url
from sightline.doorway.acts import acting
from tests.audit.sealed import add_events

pytestmark = pytest.mark.django_db(transaction=True)


def count_sealed(sealer: Sealer) -> int:
    sealed = sealer.seal(at=datetime.now(UTC))
    return sealed.leaves if sealed else 0


def test_what_is_still_being_written_waits_and_so_does_what_came_after_it(tmp_path: Path) -> None:
    sealer = Sealer(Seals(tmp_path))
    add_events(2)
    with psycopg.connect(**url.admin_parameters(connections["default"].settings_dict["NAME"])) as slow:
        slow.execute("SELECT pg_current_xact_id()")
        add_events(3)
        assert count_sealed(sealer) == 2, "one that has not ended may still write"
        slow.rollback()
    assert count_sealed(sealer) == 3
    assert count_sealed(sealer) == 0


def test_what_runs_in_another_database_of_the_server_holds_nothing_up(tmp_path: Path) -> None:
    sealer = Sealer(Seals(tmp_path))
    here, other = connections["default"].settings_dict["NAME"], roles.maintenance_database()
    assert here != other
    with psycopg.connect(**url.admin_parameters(other)) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        add_events(2)
        assert count_sealed(sealer) == 2
        with psycopg.connect(**url.admin_parameters(here)) as slow:
            slow.execute("SELECT pg_current_xact_id()")
            add_events(3)
            assert count_sealed(sealer) == 0, "one in this database may still write here"
        assert count_sealed(sealer) == 3
    with roles.connect(here) as behind, behind.transaction():
        assert verify(behind, sealer.seals).faults == []


def test_two_sealers_give_each_event_one_number_and_both_folders_are_sound(tmp_path: Path) -> None:
    first, second = Sealer(Seals(tmp_path / "here")), Sealer(Seals(tmp_path / "there"))
    for _ in range(3):
        add_events(2)
        assert (count_sealed(first), count_sealed(second)) == (2, 2)
        add_events(1)
        assert (count_sealed(second), count_sealed(first)) == (1, 1)
    with roles.connect(connections["default"].settings_dict["NAME"]) as behind, behind.transaction():
        assert [verify(behind, one.seals).faults for one in (first, second)] == [[], []]


def test_a_sealer_that_was_stopped_half_way_goes_on_where_it_had_signed(tmp_path: Path) -> None:
    sealer = Sealer(Seals(tmp_path))
    add_events(4)
    assert count_sealed(sealer) == 4
    # Killed after a leaf was written and before it was signed, in the middle of a checkpoint.
    with (tmp_path / "leaves").open("ab") as leaves, (tmp_path / "checkpoints").open("ab") as checkpoints:
        leaves.write(b"half a leaf of somebody")
        checkpoints.write(b"sightline-audit-x\n5\nAAAA\n\n")
    add_events(1)
    assert count_sealed(Sealer(Seals(tmp_path))) == 1
    with roles.connect(connections["default"].settings_dict["NAME"]) as behind, behind.transaction():
        verdict = verify(behind, sealer.seals)
    assert (verdict.faults, verdict.leaves, verdict.checkpoints) == ([], 5, 2)


def test_nobody_says_when_or_in_which_transaction_a_row_came() -> None:
    words = (
        "INSERT INTO audit_event (id, at, kind, what, role, section, because, via, request, facts, {0}) VALUES"
        " (gen_random_uuid(), now(), 'look', 'record', '', '', '', '', '', '{{}}', {1})"
    )
    for column, value in (("tx", "'9999999'::xid8"), ("written_at", "now() - interval '1 day'")):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            acting(uuid4()),
            connection.cursor() as cursor,
        ):
            cursor.execute(words.format(column, value))


def test_neither_who_serves_nor_the_steward_changes_or_removes_what_was_added() -> None:
    words = ("UPDATE audit_event SET what = ''", "DELETE FROM audit_eventperson", "TRUNCATE audit_leaf")
    with roles.connect(connections["default"].settings_dict["NAME"]) as behind:
        for role in ("sightline_serving", "sightline_steward"):
            behind.execute(f"SET ROLE {role}".encode())
            for refused in words:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    behind.execute(refused.encode())


def test_what_the_sealer_asks_for_tells_nothing_of_anybody(tmp_path: Path) -> None:
    with acting(account := uuid4()):
        record_event(kind=Event.Kind.LOOK, what="record", actor=account, at=datetime.now(UTC), people=[uuid4()])
    count_sealed(Sealer(Seals(tmp_path)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_leaves(0, 10)")
        [(number, given, _)] = cursor.fetchall()
        assert (number, bytes(given)) == (0, (tmp_path / "leaves").read_bytes())
        cursor.execute("SELECT count(*) FROM audit_leaf")
        assert cursor.fetchone() == (0,), "read by nobody who serves"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_leaf VALUES (5, gen_random_uuid())")


def ask_to_seal(at_least: int, most: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT numbered FROM audit_seal(NULL, %s, %s)", [at_least, most])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(("at_least", "most"), [(1_000_005, 1), (2**63 - 1, 1), (0, 20_001), (0, 0), (0, 2**31 - 1)])
def test_whoever_serves_cannot_use_up_the_numbers(tmp_path: Path, at_least: int, most: int) -> None:
    sealer = Sealer(Seals(tmp_path))
    add_events(4)
    assert count_sealed(sealer) == 4
    add_events(1)
    with pytest.raises(DatabaseError, match=r"too far ahead|numbered at once"):
        ask_to_seal(at_least, most)
    assert count_sealed(sealer) == 1


def test_what_an_older_copy_leaves_out_is_bounded_in_all() -> None:
    add_events(1)
    assert ask_to_seal(1_000_000, 1) == 1
    add_events(1)
    assert ask_to_seal(1_000_001, 1) == 1
    add_events(1)
    with pytest.raises(DatabaseError, match="too far ahead"):
        ask_to_seal(1_000_004, 1)


def test_every_column_of_an_event_is_in_its_leaf() -> None:
    """A column that is added later needs a new form of leaf, and the old one for what was sealed before."""
    with connection.cursor() as cursor:
        found = {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in ("audit_event", "audit_eventperson")
        }
    assert found["audit_event"] == {
        "id", "at", "kind", "what", "actor", "role", "agency", "section", "because", "via", "request", "facts", "tx",
        "written_at",
    }  # fmt: skip
    assert found["audit_eventperson"] == {"id", "event_id", "person", "at"}
