"""What an authority holds, without the keys, which are drawn anew each time: two plays of one seed are the same."""

import hashlib

from sightline.commands.postgres.roles import Connection

CONTENTS = {
    "passages": "SELECT heading || text FROM record_passage",
    "entries": "SELECT kind || ' ' || recorded_at || ' ' || occurred_from || ' ' || form FROM record_entry",
    "people": "SELECT kind || ' ' || registered_at FROM people_person",
    "names": "SELECT given || ' ' || family || ' ' || kind FROM people_name",
    "births": "SELECT coalesce(birth_date::text, '') || birth || sex FROM people_particulars",
    "numbers": "SELECT scheme || value FROM people_identifier",
    "homes": "SELECT lines || postcode FROM people_home",
    "episodes": "SELECT opened_at || ' ' || need || coalesce(closed_at::text, '') FROM record_episode",
    "steps": "SELECT kind || opened_at || outcome || coalesce(closed_at::text, '') FROM record_step",
    "acts": "SELECT kind || ' ' || what || ' ' || at FROM audit_event",
    "workers": "SELECT name || ' ' || role || ' ' || joined_at || coalesce(left_at::text, '') FROM workforce_account",
}


def fingerprint(connection: Connection) -> dict[str, str]:
    """For each kind of content how many there are, and a digest of them all in order of what they say."""
    found = {}
    for name, statement in CONTENTS.items():
        rows = sorted(row[0] for row in connection.execute(statement.encode()).fetchall())
        found[name] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:16]}"
    return found
