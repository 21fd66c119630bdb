from django.db import migrations

from sightline.access.fence import SERVING, STEWARD, open_table, statements

TABLE = "practice_proposedpack"
DECIDING = ["decided_at", "decided_by", "published_id", "withdrawn_because"]
WAITS = "decided_at IS NULL"
BY_WHO_SIGNS = f"proposed_by = access_actor() AND {WAITS}"
DECIDED = "decided_by = access_actor()"


class Migration(migrations.Migration):
    """A proposal is read by everybody, is made by who signs it, and is decided once by who signs that."""

    dependencies = [("practice", "0003_proposals"), ("access", "0002_fences")]

    operations = [
        statements(
            open_table(TABLE, change=DECIDING),
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY stewarding ON {TABLE} TO {STEWARD} USING (true) WITH CHECK (true)",
                f"CREATE POLICY reading ON {TABLE} FOR SELECT TO {SERVING} USING (true)",
                f"CREATE POLICY adding ON {TABLE} FOR INSERT TO {SERVING} WITH CHECK ({BY_WHO_SIGNS})",
                f"CREATE POLICY deciding ON {TABLE} FOR UPDATE TO {SERVING} USING ({WAITS}) WITH CHECK ({DECIDED})",
            ],
        )
    ]
