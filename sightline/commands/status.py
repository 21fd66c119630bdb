"""The operator's page: what runs, whether the fence stands, what waits, and how much there is."""

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sightline import __version__
from sightline.commands.database import ready, server
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import Connection, DatabaseRefused

if TYPE_CHECKING:
    from sightline.practice.queries import Published
    from sightline.practice.spec import Pin

SUMMARY = "Show version, database, migrations, fence, practice pack, queue, seals and counts (--json)."

# The minor releases that were current when this version of Sightline was made.
CURRENT_MINORS = {15: 18, 16: 14, 17: 10, 18: 4}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the same as one JSON object")


def run(arguments: argparse.Namespace) -> int:
    with server():
        if not roles.exists(url.database_name()):
            raise DatabaseRefused("There is no database yet. Make it with: ./run migrate (or ./run demo).")
        ready("serving")
        with roles.connect(url.database_name()) as connection:
            report = {label: section(connection) for label, section in SECTIONS}
        _leave()
    print(json.dumps(report, indent=2, default=str) if arguments.json else _in_words(report))
    return 0 if report["fence"]["stands"] else 1


def version(connection: Connection) -> dict[str, Any]:
    return {"sightline": __version__}


def database(connection: Connection) -> dict[str, Any]:
    number = roles.server_version(connection)
    made = _one(connection, "SELECT min(applied) FROM django_migrations") if _has_tables(connection) else None
    return {
        "kind": "embedded" if url.is_embedded() else "server",
        "postgresql": f"{number // 10_000}.{number % 10_000}",
        "name": url.database_name(),
        "made": made,
        "days old": _one(connection, "SELECT (now()::date - %s::date)", [made]) if made else None,
        "megabytes": _one(connection, "SELECT pg_database_size(current_database()) / 1000000"),
        "warning": warning_about(number),
    }


def warning_about(number: int) -> str | None:
    """A sentence when the server lacks known fixes; `number` such as 150018 for 15.18."""
    major, minor = divmod(number, 10_000)
    current = CURRENT_MINORS.get(major)
    if current is None or minor >= current:
        return None
    return f"PostgreSQL {major}.{minor} lacks fixes that {major}.{current} has. Upgrade the server."


def migrations(connection: Connection) -> dict[str, Any]:
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    applied = (
        {tuple(row) for row in connection.execute("SELECT app, name FROM django_migrations")}
        if (_has_tables(connection))
        else set()
    )
    known = set(MigrationLoader(None).disk_migrations)
    connections.close_all()
    waiting = sorted(".".join(each) for each in known - applied)
    return {"applied": len(known & applied), "waiting": waiting}


def fence(connection: Connection) -> dict[str, Any]:
    """The roles as they are, and what `sightline.access.checks` says of roles and policies."""
    wrong = [row[0] for row in connection.execute(POWERFUL_ROLES)]
    faults = [f"The role {name} may bypass row security, or is missing." for name in wrong]
    refusal = _refusal_to_serve()
    if refusal:
        faults.append(refusal)
    return {
        "stands": not faults,
        "faults": faults,
        "warning": login_warning(),
        "tables under row security": _one(connection, FENCED),
        "policies": _one(connection, "SELECT count(*) FROM pg_policies WHERE schemaname = 'public'"),
    }


POWERFUL_ROLES = """
SELECT wanted FROM unnest(ARRAY['sightline_owner', 'sightline_serving', 'sightline_steward']) wanted
LEFT JOIN pg_roles ON rolname = wanted
WHERE rolname IS NULL OR rolsuper OR rolbypassrls
"""
FENCED = """
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND relforcerowsecurity
"""


def _refusal_to_serve() -> str | None:
    from sightline.access.checks import refuse_unless_guarded

    try:
        refuse_unless_guarded()
    # Whatever stops the check stops serving, and this page is where the operator reads why.
    except Exception as refusal:  # noqa: BLE001
        return str(refusal)
    return None


def login_warning() -> str | None:
    """A sentence when the login that serves could take a role that sees more; None when it cannot."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT session_user, string_agg(rolname, ' and ' ORDER BY rolname) FROM pg_roles"
            " WHERE rolname IN ('sightline_owner', 'sightline_steward')"
            " AND pg_has_role(session_user, oid, 'MEMBER')"
        )
        login, roles_within_reach = cursor.fetchone()
    if not roles_within_reach:
        return None
    return f"The login {login} serves and could become {roles_within_reach}. Give serving a login of its own."


def queue(connection: Connection) -> dict[str, Any]:
    """Jobs by state. `failed` ones have used up their attempts, and wait for somebody to look."""
    if not _has_table(connection, "procrastinate_jobs"):
        return {}
    rows = connection.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1").fetchall()
    found = dict(rows)
    return {"waiting": found.get("todo", 0), "running": found.get("doing", 0), "failed": found.get("failed", 0)}


def sealing(connection: Connection) -> dict[str, Any]:
    """How much of the audit is sealed, and since when; a sentence where no sealer is at work."""
    from django.conf import settings

    from sightline.audit.notes import NotSigned
    from sightline.audit.seals import Seals, SealsBroken

    try:
        latest = Seals(settings.SEALS).newest()
    except (NotSigned, OSError, SealsBroken) as broken:
        return {
            "leaves": None,
            "last sealed": None,
            "warning": f"The seals in {settings.SEALS} cannot be read: {broken}",
        }
    if latest is None:
        return {"leaves": 0, "last sealed": None, "warning": "Nothing has been sealed yet: ./run audit seal."}
    return {"leaves": latest.size, "last sealed": latest.at, "warning": None}


def counts(connection: Connection) -> dict[str, Any]:
    """People, children, episodes, entries and open steps, and `unheld`: what nobody carries."""
    if not _has_tables(connection):
        return {}
    numbers = connection.execute("SELECT label, count FROM record_status_counts()").fetchall()
    return dict(numbers) | {"unheld": len(unheld(connection))}


def brought_in(connection: Connection) -> dict[str, Any]:
    """What earlier systems recorded and census files brought in, by kind; and what of a file is kept as written."""
    if not _one(connection, "SELECT to_regproc('returns_status_counts') IS NOT NULL"):
        return {}
    return dict(connection.execute("SELECT label, count FROM returns_status_counts()").fetchall())


def unheld(connection: Connection) -> list[tuple[str, Any]]:
    """What nobody carries at this moment; there should be none.

    Steps, episodes, endings, contacts, assessments, plans, requests for help, enquiries, orders, conferences
    and disagreements.
    """
    rooms = ("record", "front_door", "assessments", "plans", "enquiries", "conferences", "disagreements")
    asked = " UNION ALL ".join(f"SELECT kind, id FROM {room}_unheld(now())" for room in rooms)  # noqa: S608 (rooms of the line above)
    return connection.execute(asked).fetchall()


def practice(connection: Connection) -> dict[str, Any]:
    """Which practice pack is in force today, what waits to be published, and whether the base has moved on."""
    if not _has_table(connection, "practice_proposedpack"):
        return {}
    from datetime import UTC, datetime

    from sightline.kernel.dates import local_day
    from sightline.practice.operations import left_behind
    from sightline.practice.queries import get_in_force, list_published, list_waiting

    today = local_day(datetime.now(UTC))
    now, later = get_in_force(today), [one for one in list_published() if one.effective_from > today]
    return {
        "in force": _named(now) if now else None,
        "in force later": [_named(one) for one in later],
        "waiting": [f"{one.key}, from {one.effective_from}" for one in list_waiting()],
        "warning": " ".join(_stays(pin, why) for pin, why in left_behind(today).items()) or None,
    }


def _named(published: "Published") -> str:
    base, pin = published.base, published.pin
    stands = f", on {base.pack} version {base.version}" if base else ""
    return f"{pin.pack} version {pin.version}{stands}, from {published.effective_from}"


def _stays(pin: "Pin", why: str) -> str:
    """A sentence about an overlay of whose base a newer copy was sealed, and what keeps it on the older one."""
    stands = f"{pin.pack} version {pin.version} stands on an older copy of its base"
    if not why:
        return f"{stands}. Merge it on the newer one: ./run migrate."
    mend = "Mend its file and propose it again: ./run practice propose."
    return f"{stands}, and does not merge on the newer one: {why} {mend}"


Section = Callable[[Connection], dict[str, Any]]
SECTIONS: list[tuple[str, Section]] = [
    ("version", version),
    ("database", database),
    ("migrations", migrations),
    ("fence", fence),
    ("practice", practice),
    ("queue", queue),
    ("sealing", sealing),
    ("counts", counts),
    ("brought in", brought_in),
]


def _one(connection: Connection, words: str, values: list[Any] | None = None) -> Any:
    row = connection.execute(words.encode(), values).fetchone()
    return row[0] if row else None


def _has_table(connection: Connection, name: str) -> bool:
    return bool(_one(connection, "SELECT to_regclass(%s) IS NOT NULL", [name]))


def _has_tables(connection: Connection) -> bool:
    return _has_table(connection, "django_migrations")


def _leave() -> None:
    from django.db import connections

    connections.close_all()


def _in_words(report: dict[str, dict[str, Any]]) -> str:
    lines = []
    for label, section in report.items():
        lines.append(label.capitalize())
        lines += [f"  {name:<28} {_cell(value)}" for name, value in section.items() if value is not None]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, list):
        return "; ".join(str(each) for each in value) or "none"
    return str(value)
