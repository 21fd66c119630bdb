from django.db import migrations, models

from sightline.access.fence import statements, steward_function

# As before, but that it was asked for again says nothing about with whom it is.
UNHELD = steward_function(
    "assessments_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'assessment', r.step_id FROM assessments_round r
    JOIN record_step s ON s.id = r.step_id AND (s.closed_at IS NULL OR s.closed_at > at_moment)
    JOIN LATERAL (SELECT t.kind FROM assessments_turn t WHERE t.round_id = r.step_id AND t.kind <> 'gone_on'
                  ORDER BY t.at DESC, t.id DESC LIMIT 1) latest ON latest.kind IN ('submitted', 'sent_on')
    WHERE NOT EXISTS (SELECT 1 FROM record_step m WHERE m.subject = r.step_id
                      AND m.kind = 'authorise_assessment' AND m.closed_at IS NULL)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_unheld")]

    operations = [
        migrations.AlterField(
            model_name="turn",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Sent to a manager"),
                    ("returned", "Returned for edits"),
                    ("authorised", "Authorised"),
                    ("sent_on", "Authorised and sent on for a second signature"),
                    ("voided", "Sign-off made void by an edit"),
                    ("gone_on", "Asked for again, and gone on with"),
                ],
                max_length=10,
            ),
        ),
        statements(UNHELD),
    ]
