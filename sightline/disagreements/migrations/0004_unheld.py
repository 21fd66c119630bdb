from django.db import migrations

from sightline.access.fence import statements, steward_function

# A disagreement that nobody has resolved and that no open step holds. Whether a step's post has somebody to ring
# is `record_unheld`'s. The answer should be no rows.
UNHELD = steward_function(
    "disagreements_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'disagreement', d.step_id FROM disagreements_disagreement d
    JOIN record_step s ON s.id = d.step_id
    WHERE s.closed_at <= at_moment AND d.resolved_on IS NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("disagreements", "0003_sections_of_sides"), ("record", "0015_step_due_again")]

    operations = [statements(UNHELD)]
