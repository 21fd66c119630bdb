"""The access rule as one SQL predicate, and the row policies made from it.

Every table that holds something about a person is fenced: row security is forced on it, the
serving role reads by the rule, the steward sees all and cannot sign in. Rooms call `fence` in a
migration and say only which column names the person and which the section.

Live grants are asked for each row (`EXISTS`), not a set worked out beforehand: measured cost then
does not grow with how many people a reader may see.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

from sightline.access.rules import Section

OWNER = "sightline_owner"
SERVING = "sightline_serving"
STEWARD = "sightline_steward"

SOMEBODY_ACTS = "access_actor() IS NOT NULL"


def may_see(person: str, section: str = f"'{Section.ORDINARY}'") -> str:
    """The rule: a live grant to one of my principals covers the section, and no bar stands.

    `person` and `section` are SQL expressions over the row that is being asked about.
    """
    # The moment is the statement's and not the transaction's: what an act gives, it reads at once.
    # Every column of the grant is renamed: a bare `person` or `id` of the fenced row would else be
    # read as the grant's own, and the rule would compare the grant with itself.
    columns = "g_id, g_person, g_reader, g_sections, g_because, g_because_of, g_from, g_until"
    return (
        f"(EXISTS (SELECT 1 FROM access_grant AS g ({columns})"  # noqa: S608 (expressions of the fences themselves)
        f" WHERE g_person = {person}"
        # "Is true" keeps the readers out of the index search: a service manager reads as hundreds of posts,
        # and searching for each again and again took 50 µs a row, against 5 for the few grants of one person.
        " AND (g_reader = ANY ((SELECT access_principals())::uuid[])) IS TRUE"
        " AND g_from <= statement_timestamp()"
        " AND (g_until IS NULL OR g_until > statement_timestamp())"
        # Without it the planner may prefer to read every grant once and look rows up in that: measured,
        # 38 ms for 75 rows beside 85,000 grants, and growing with them, against 0.7 ms row by row.
        f" AND {section} = ANY (g_sections) OFFSET 0)"
        f" AND {person} <> ALL ((SELECT access_bars())::uuid[]))"
    )


def mine(column: str) -> str:
    """The row belongs to one of my principals: my account, my posts, my teams."""
    return f"{column} = ANY ((SELECT access_principals())::uuid[])"


def fence(
    table: str,
    *,
    read: str,
    add: str = SOMEBODY_ACTS,
    change: Sequence[str] = (),
    remove: bool = False,
) -> list[str]:
    """The statements that put a table behind the fence.

    `change` lists the columns that the serving role may update on rows it may read; what is not
    listed is final. `remove` lets it delete rows that it may read.
    """
    read, add = row_by_row(read), row_by_row(add)
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY stewarding ON {table} TO {STEWARD} USING (true) WITH CHECK (true)",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {STEWARD}",
        f"CREATE POLICY reading ON {table} FOR SELECT TO {SERVING} USING ({read})",
        f"CREATE POLICY adding ON {table} FOR INSERT TO {SERVING} WITH CHECK ({add})",
        f"GRANT SELECT, INSERT ON {table} TO {SERVING}",
    ]
    if change:
        statements += [
            f"CREATE POLICY changing ON {table} FOR UPDATE TO {SERVING} USING ({read}) WITH CHECK ({SOMEBODY_ACTS})",
            f"GRANT UPDATE ({', '.join(change)}) ON {table} TO {SERVING}",
        ]
    if remove:
        statements += [
            f"CREATE POLICY removing ON {table} FOR DELETE TO {SERVING} USING ({read})",
            f"GRANT DELETE ON {table} TO {SERVING}",
        ]
    return statements


def row_by_row(rule: str) -> str:
    """The same rule, with every `EXISTS` in it asked for each row and never of a whole table.

    Left free, the planner may hash all that the inner table lets through, which grows with the
    record. PostgreSQL keeps a subquery that has an offset as it stands.
    """
    made, open_parentheses = "", [False]
    for mark in rule:
        if mark == "(":
            open_parentheses.append(made.rstrip().endswith("EXISTS"))
        elif mark == ")" and open_parentheses.pop() and not made.rstrip().endswith("OFFSET 0"):
            made += " OFFSET 0"
        made += mark
    return made


def open_table(table: str, *, change: Sequence[str] = ()) -> list[str]:
    """The privileges of a table that holds nothing about a person in the records."""
    update = f", UPDATE ({', '.join(change)})" if change else ""
    return [
        f"GRANT SELECT, INSERT{update} ON {table} TO {SERVING}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {STEWARD}",
    ]


def steward_function(signature: str, *, body: str, allow: bool = True) -> list[str]:
    """A function that runs as the steward: `signature` is `name(arguments) RETURNS type …`.

    Only what is made here reaches past the rule, so each use of it is on one list.
    """
    name = signature.split(" RETURNS ", maxsplit=1)[0]
    callee = _without_defaults(name)
    made = [
        (
            f"CREATE OR REPLACE FUNCTION {signature} SECURITY DEFINER"
            f" SET search_path = public, pg_temp AS $function${body}$function$"
        ),
        f"REVOKE ALL ON FUNCTION {callee} FROM PUBLIC",
    ]
    if allow:
        made.append(f"GRANT EXECUTE ON FUNCTION {callee} TO {SERVING}")
    return as_steward(made)


def as_steward(made: list[str]) -> list[str]:
    """Statements that the owner runs as the steward, so that the steward owns what they make."""
    return [f"SET LOCAL ROLE {STEWARD}", *made, f"SET LOCAL ROLE {OWNER}"]


def _without_defaults(name: str) -> str:
    before, _, arguments = name.partition("(")
    kept = [part.split(" DEFAULT ")[0].strip() for part in arguments.rstrip(")").split(",")]
    return f"{before}({', '.join(part for part in kept if part)})"


def statements(*groups: list[str]) -> RunSQL:
    """One migration operation out of groups of statements."""
    return RunSQL([statement for group in groups for statement in group], RunSQL.noop)
