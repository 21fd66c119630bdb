from django.db import migrations

from sightline.access.fence import statements, steward_function

# A conference that is neither recorded nor called off, and that no open step holds. Whether a step's post has
# somebody to ring is `record_unheld`'s. The answer should be no rows.
UNHELD = steward_function(
    "conferences_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'conference', m.step_id FROM conferences_meeting m
    JOIN record_step s ON s.id = m.step_id
    WHERE s.closed_at <= at_moment AND m.recorded_at IS NULL AND m.not_held_because = ''
    """,
)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0004_who_confirmed_last"), ("record", "0015_step_due_again")]

    operations = [statements(UNHELD)]
