from django.db import migrations

from sightline.access.fence import statements, steward_function

# An assessment that was sent to a manager, and that no manager is asked about. That a round itself is held is
# its step's matter, and `record_unheld`'s. The answer should be no rows.
UNHELD = steward_function(
    "assessments_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'assessment', r.step_id FROM assessments_round r
    JOIN record_step s ON s.id = r.step_id AND (s.closed_at IS NULL OR s.closed_at > at_moment)
    JOIN LATERAL (SELECT t.kind FROM assessments_turn t WHERE t.round_id = r.step_id
                  ORDER BY t.at DESC, t.id DESC LIMIT 1) latest ON latest.kind IN ('submitted', 'sent_on')
    WHERE NOT EXISTS (SELECT 1 FROM record_step m WHERE m.subject = r.step_id
                      AND m.kind = 'authorise_assessment' AND m.closed_at IS NULL)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_family_versions")]

    operations = [statements(UNHELD)]
