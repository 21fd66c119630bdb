"""An empty database is migrated in less time, and to the same tables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.conf import settings

from sightline.commands.postgres import roles, url

DRAWN = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '') || a.attidentity::text || a.attnum::text
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid), '', ''
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'policy', tablename, policyname, cmd::text, coalesce(qual, ''), coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'function', proname, oid::regprocedure::text, prosrc, prosecdef::text, proowner::regrole::text
FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


@pytest.fixture
def plain(django_db_setup: None) -> Iterator[str]:
    """A database that Django's own `migrate` has made."""
    name = f"test_sightline_plain_{os.getpid()}"
    roles.prepare_database(name)
    words = ["-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    said = {"DATABASE_URL": _address(name), "SIGHTLINE_AS": "owner", "DJANGO_SETTINGS_MODULE": "sightline.settings"}
    said["DATABASE_OWNER_URL"] = said["DATABASE_URL"]
    try:
        subprocess.run([sys.executable, "-P", *words], env=os.environ | said, check=True)
        yield name
    finally:
        roles.drop_database(name)


def _address(name: str) -> str:
    entry = url.connection_settings("owner", database=name)
    login = f"{quote(entry['USER'])}:{quote(entry['PASSWORD'])}" if entry["PASSWORD"] else quote(entry["USER"])
    return f"postgresql://{login}@:{entry['PORT']}/{name}?host={quote(entry['HOST'], safe='')}"


def drawn(name: str) -> set[tuple[str, ...]]:
    with roles.connect(name) as connection:
        return set(connection.execute(DRAWN.encode()).fetchall())


def test_what_is_drawn_alone_makes_the_tables_that_django_makes(plain: str) -> None:
    quick, usual = drawn(str(settings.DATABASES["default"]["NAME"])), drawn(plain)
    assert len(usual) > 1000
    assert sorted(quick ^ usual) == []
