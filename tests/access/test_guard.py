"""Start-up refuses to serve, in a sentence that names what is missing."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from sightline.access.checks import NotGuarded, check_guard, refuse_unless_guarded
from sightline.access.dictionary import tables_about_people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def outside(as_owner: psycopg.Connection[Any], db: None) -> Iterator[psycopg.Connection[Any]]:
    """Changes made from outside are committed; the database is made afresh after the test."""
    yield as_owner
    connections.close_all()


def test_the_fence_stands_as_it_is_made() -> None:
    assert check_guard() == []
    refuse_unless_guarded()


def test_the_tables_that_matter_most_are_asked_about() -> None:
    assert {"record_passage", "people_person", "front_door_contact", "access_grant"} <= set(tables_about_people())


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("ALTER TABLE front_door_contact NO FORCE ROW LEVEL SECURITY", "not forced on front_door_contact"),
        ("ALTER TABLE front_door_contact DISABLE ROW LEVEL SECURITY", "not forced on front_door_contact"),
        ("DROP POLICY reading ON front_door_contact", "No policy says who reads front_door_contact"),
        ("ALTER TABLE front_door_injury RENAME TO elsewhere", "The table front_door_injury is missing"),
    ],
)
def test_a_table_without_its_fence_is_not_served(outside: psycopg.Connection[Any], fault: str, sentence: str) -> None:
    outside.execute("SET ROLE sightline_owner")
    outside.execute(fault.encode())
    with pytest.raises(NotGuarded, match=sentence):
        refuse_unless_guarded()


def test_a_serving_role_that_owns_a_table_is_not_served(outside: psycopg.Connection[Any]) -> None:
    outside.execute("SET ROLE sightline_owner")
    outside.execute("CREATE TABLE mine (id integer)")
    outside.execute("RESET ROLE")
    outside.execute("ALTER TABLE mine OWNER TO sightline_serving")
    with pytest.raises(NotGuarded, match="sightline_serving, which owns tables"):
        refuse_unless_guarded()


def test_a_session_that_speaks_as_the_owner_is_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    from sightline.commands.postgres import url

    connection = connections["default"]
    connection.close()
    serving = dict(connection.settings_dict)
    connection.settings_dict.update(url.connection_settings("owner", database=serving["NAME"]))
    try:
        with pytest.raises(NotGuarded, match="sightline_owner, which owns tables"):
            refuse_unless_guarded()
    finally:
        connection.close()
        connection.settings_dict.update(serving)
