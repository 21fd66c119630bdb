"""All that is in the database, in one line: whether a request changed anything, whoever may read it.

Left out are what every request writes by design: who looked and who was refused, and the session.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sightline.commands.postgres import roles

_MADE = """
CREATE FUNCTION tests_fingerprint() RETURNS TABLE (name text, lines bigint, total bigint)
LANGUAGE plpgsql SECURITY DEFINER SET jit = off AS $made$
BEGIN
    FOR name IN
        SELECT c.relname FROM pg_class AS c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        AND (c.relname NOT LIKE 'audit\\_%' OR c.relname = 'audit_answered') AND c.relname <> 'workforce_session'
        ORDER BY 1
    LOOP
        EXECUTE format('SELECT count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM %I AS t', name)
        INTO lines, total;
        RETURN NEXT;
    END LOOP;
END $made$
"""

_WORDS = """
CREATE FUNCTION tests_words(of_table text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET jit = off AS $made$
DECLARE found text;
BEGIN
    EXECUTE format('SELECT string_agg(t::text, chr(10)) FROM %I AS t', of_table) INTO found;
    RETURN coalesce(found, '');
END $made$
"""

Fingerprint = list[tuple[str, int, int]]


@contextmanager
def fingerprints() -> Iterator[None]:
    """While it lasts, functions of the tests' own that the administrator owns, so that they look behind the fence."""
    name = str(connection.settings_dict["NAME"])
    with roles.connect(name) as there:
        there.execute(_MADE)
        there.execute(_WORDS)
    try:
        yield
    finally:
        with roles.connect(name) as there:
            there.execute("DROP FUNCTION tests_fingerprint(), tests_words(text)")


def fingerprint() -> Fingerprint:
    """Each table with its number of rows and a sum over all that stands in them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, lines, total FROM tests_fingerprint()")
        return [(str(name), int(lines), int(total)) for name, lines, total in cursor.fetchall()]


def changed(before: Fingerprint) -> list[str]:
    """The tables in which something is different from before."""
    return [now[0] for then, now in zip(before, fingerprint(), strict=True) if then != now]


def words_in(table: str) -> str:
    """All that stands in one table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_words(%s)", [table])
        return str(cursor.fetchone()[0])
