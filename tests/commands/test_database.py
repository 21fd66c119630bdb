"""The tests' own ground: who they speak to the database as, and what the launcher promises."""

import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.mail import send_mail
from django.db import connection

from sightline.commands.postgres import memory, roles


@pytest.mark.django_db
def test_tests_speak_as_the_serving_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("sightline_serving", False, False)


@pytest.mark.django_db
def test_serving_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relowner = 'sightline_serving'::regrole")
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_serving_cannot_make_a_table() -> None:
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stray (id int)")


@pytest.mark.django_db
def test_every_extension_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        assert set(roles.EXTENSIONS) <= {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_the_steward_cannot_sign_in_and_nobody_bypasses_row_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'sightline_steward'")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'sightline%' AND (rolsuper OR rolbypassrls)")
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_owner_does_not_see_with_the_stewards_eyes(as_owner: psycopg.Connection[Any]) -> None:
    as_owner.execute("SET ROLE sightline_owner")
    answered = as_owner.execute(
        "SELECT pg_has_role('sightline_steward', 'MEMBER'), pg_has_role('sightline_steward', 'USAGE')"
    )
    assert answered.fetchone() == (True, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_before_the_next(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workforce_session")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "INSERT INTO workforce_session (session_key, session_data, expire_date, browser, began_at, seen_at)"
            " VALUES ('kept', '', now(), '', now(), now())"
        )


def test_a_letter_goes_over_smtp_and_arrives(mailbox: Any) -> None:
    send_mail("You have a message", "Sign in to read it.", None, ["head@school.example"])
    (letter,) = mailbox.letters_to("head@school.example")
    assert letter["Subject"] == "You have a message"
    assert isinstance(letter, EmailMessage)


def test_the_network_is_off() -> None:
    with pytest.raises(PermissionError, match="Only this machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(PermissionError, match="Only this machine"):
        smtplib.SMTP("192.0.2.1", 25, timeout=1)


@pytest.mark.parametrize(("gigabytes", "buffers"), [(0.5, 128), (1, 128), (8, 1024), (16, 2048), (512, 2048)])
def test_the_embedded_server_takes_an_eighth_of_the_memory_within_bounds(gigabytes: float, buffers: int) -> None:
    assert memory.shared_buffers_mb(int(gigabytes * 1024) * memory.MB) == buffers


def test_in_a_container_the_containers_memory_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, none = tmp_path / "memory.max", tmp_path / "not-there"
    monkeypatch.setattr(memory, "LIMITS", (limit, none))
    limit.write_text("max\n")
    whole = memory.memory()
    limit.write_text(f"{whole // 2}\n")
    assert memory.memory() == whole // 2
