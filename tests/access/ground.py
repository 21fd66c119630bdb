"""Where the rule is proved: one transaction that is never kept, in which the proof sets the database's clock.

The proof signs in as the administrator, so that it can set the clock, put a world down as the steward and plant a
fault as the owner. What it then asks, it asks as the serving role: what that role reads, a page reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from sightline.access.fence import OWNER, SERVING
from sightline.commands.postgres import url

CLOCK = """
CREATE FUNCTION proof_clock() RETURNS timestamptz LANGUAGE sql STABLE
AS $$ SELECT current_setting('proof.clock')::timestamptz $$
"""
TIME = "statement_timestamp()"
TIMED_FUNCTIONS = """
SELECT pg_get_functiondef(p.oid), p.proowner::regrole::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' AND p.prosrc LIKE '%statement_timestamp()%'
"""
TIMED_POLICIES = """
SELECT tablename, policyname, qual FROM pg_policies
WHERE schemaname = 'public' AND qual LIKE '%statement_timestamp()%'
"""
"""Those that say who reads. When the audit was written is not the proof's to say."""


@pytest.fixture
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The connection of every query in a test is the proof's, until it is taken back with all that was done."""
    with django_db_blocker.unblock(), _administering(), transaction.atomic():
        _hold_the_clock()
        as_role(SERVING)
        yield
        transaction.set_rollback(True)


@contextmanager
def _administering() -> Iterator[None]:
    ours = connections["default"]
    ours.close()
    before = dict(ours.settings_dict)
    given = url.admin_parameters(before["NAME"])
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    ours.settings_dict.update({theirs: given.get(name, "") for name, theirs in names.items()})
    ours.settings_dict["OPTIONS"] = {name: value for name, value in given.items() if name not in {*names, "dbname"}}
    try:
        yield
    finally:
        ours.close()
        ours.settings_dict.clear()
        ours.settings_dict.update(before)


def tell(statement: str, given: Any = None) -> list[Any]:
    """One statement; its rows, where it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def as_role(role: str) -> None:
    tell(f"SET LOCAL ROLE {role}")


def set_clock(at: datetime) -> None:
    """What the database takes for now, until it is set again."""
    tell("SELECT set_config('proof.clock', %s, true)", [at.isoformat()])


@contextmanager
def taken_back(role: str) -> Iterator[None]:
    """What is done inside, as this role at first, is undone."""
    with transaction.atomic():
        as_role(role)
        yield
        transaction.set_rollback(True)


def _hold_the_clock() -> None:
    """Every function that asks the time, and every policy that says who reads, asks the proof's clock instead."""
    as_role(OWNER)
    tell(CLOCK)
    for definition, role in tell(TIMED_FUNCTIONS):
        as_role(role)
        tell(definition.replace(TIME, "proof_clock()").replace("%", "%%"), ())
    as_role(OWNER)
    for table, policy, rule in tell(TIMED_POLICIES):
        restate_policy(table, policy, rule.replace(TIME, "proof_clock()"))


def restate_policy(table: str, policy: str, using: str) -> None:
    """Say anew which rows are read by a policy, as the table's owner."""
    tell(f"ALTER POLICY {policy} ON {table} USING ({using})")
