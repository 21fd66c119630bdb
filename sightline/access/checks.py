"""Whether the fence stands: asked of the database itself, before anything is served.

The product that cannot see its fence does not serve. Each finding is a sentence that names what is
missing, for whoever runs the server.
"""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sightline.access.dictionary import tables_about_people
from sightline.access.fence import OWNER, SERVING, STEWARD


@dataclass(frozen=True)
class Finding:
    """Something about the fence that is wrong. `what` is a role or a table."""

    what: str
    sentence: str


class NotGuarded(ImproperlyConfigured):
    """The fence is down, so nothing is served."""


def refuse_unless_guarded() -> None:
    """Raise `NotGuarded`, with every finding in its words, unless the fence stands."""
    found = check_guard()
    if found:
        words = " ".join(finding.sentence for finding in found)
        raise NotGuarded(f"Sightline does not serve, because its fence is down. {words} Run: ./run migrate")


def check_guard() -> list[Finding]:
    """Everything that is wrong with the roles, with the role of this session, and with the tables."""
    return [*_roles(), *_session(), *_tables()]


def _roles() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls, rolcanlogin FROM pg_roles")
        present = {name: (powerful, signs_in) for name, powerful, signs_in in cursor.fetchall()}
    found = [Finding(name, f"The role {name} is missing.") for name in (OWNER, SERVING, STEWARD) if name not in present]
    found += [
        Finding(name, f"The role {name} may bypass row security.")
        for name in (OWNER, SERVING, STEWARD)
        if present.get(name, (False, False))[0]
    ]
    if present.get(STEWARD, (False, False))[1]:
        found.append(Finding(STEWARD, f"The role {STEWARD} can sign in, and must not."))
    return found


def _session() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls,"
            " EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace),"
            " EXISTS (SELECT 1 FROM pg_roles s WHERE s.rolname = %s AND pg_has_role(r.oid, s.oid, 'MEMBER'))"
            " FROM pg_roles r WHERE r.rolname = current_user",
            [STEWARD],
        )
        name, superuser, bypasses, owns, is_steward = cursor.fetchone()
    wrong = {
        "is a superuser": superuser,
        "may bypass row security": bypasses,
        "owns tables": owns,
        f"is a member of {STEWARD}": is_steward,
    }
    return [
        Finding(name, f"This session speaks as {name}, which {what}; it must speak as {SERVING}.")
        for what, is_wrong in wrong.items()
        if is_wrong
    ]


def _tables() -> list[Finding]:
    """Tables that a room's dictionary says are about a person: forced row security and a reading policy."""
    tables = tables_about_people()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.name, c.oid IS NOT NULL, coalesce(c.relrowsecurity AND c.relforcerowsecurity, false),"
            " EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = t.name"
            "         AND p.cmd = 'SELECT' AND p.roles = ARRAY[%s]::name[])"
            " FROM unnest(%s::text[]) AS t(name)"
            " LEFT JOIN pg_class c ON c.relname = t.name AND c.relnamespace = 'public'::regnamespace",
            [SERVING, tables],
        )
        rows = cursor.fetchall()
    return [Finding(table, sentence) for table, *facts in rows if (sentence := _fault(table, *facts))]


def _fault(table: str, exists: bool, forced: bool, has_policy: bool) -> str:  # noqa: FBT001 (three columns of one row)
    if not exists:
        return f"The table {table} is missing."
    if not forced:
        return f"Row security is not forced on {table}."
    if not has_policy:
        return f"No policy says who reads {table}."
    return ""
