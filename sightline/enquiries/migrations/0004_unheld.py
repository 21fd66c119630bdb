from django.db import migrations

from sightline.access.fence import statements, steward_function

# A child on whom an enquiry has no conclusion, an order whose time runs, or a conference that a conclusion made
# due, that no open step holds. Of a conference: none that was owed, convened or held since. Whether a step's post
# has somebody to ring is `record_unheld`'s. The answer should be no rows.
UNHELD = steward_function(
    "enquiries_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'enquiry', c.enquiry_id FROM enquiries_enquirychild c
    JOIN record_step s ON s.id = c.enquiry_id
    JOIN people_person p ON p.id = c.child_id AND p.withdrawn_at IS NULL
    WHERE c.outcome = '' AND (s.closed_at <= at_moment OR NOT EXISTS (
        SELECT 1 FROM record_stepsubject t
        WHERE t.step_id = s.id AND t.person_id = c.child_id AND t.ended_at IS NULL))
    UNION ALL
    SELECT 'order', o.step_id FROM enquiries_order o
    JOIN record_step s ON s.id = o.step_id
    WHERE s.closed_at <= at_moment AND o.ended_at IS NULL AND s.due_at > at_moment
      AND NOT EXISTS (SELECT 1 FROM enquiries_order e WHERE e.extends_id = o.step_id)
    UNION ALL
    SELECT 'conference', c.enquiry_id FROM enquiries_enquirychild c
    JOIN people_person p ON p.id = c.child_id AND p.withdrawn_at IS NULL
    WHERE c.outcome = 'continuing_risk' AND c.no_conference_because = '' AND c.recorded_at <= at_moment
      AND NOT EXISTS (
        SELECT 1 FROM record_step s JOIN record_stepsubject t ON t.step_id = s.id AND t.person_id = c.child_id
        WHERE s.kind IN ('convene_conference', 'conference')
          AND (s.closed_at IS NULL OR s.closed_at >= c.recorded_at))
    """,
)


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0003_safety_is_words"), ("record", "0015_step_due_again")]

    operations = [statements(UNHELD)]
