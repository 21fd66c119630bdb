from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whether anybody is still on a plan, also a child whose record is closed to whoever takes another off it:
# told as yes or no, and only to whoever sees somebody who is or was on it.
GOES_ON = steward_function(
    "plans_goes_on(of_plan uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (SELECT 1 FROM plans_planchild c WHERE c.plan_id = of_plan AND c.to_on IS NULL)
       AND EXISTS (SELECT 1 FROM plans_planchild c
                   WHERE c.plan_id = of_plan AND access_may_see(c.child_id, 'ordinary'))
    """,
)

# A plan that somebody is on, and help of which nobody has said what became of it, that no open step holds.
# Whether a step's post has somebody to ring is `record_unheld`'s. The answer should be no rows.
UNHELD = steward_function(
    "plans_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'plan', s.id FROM record_step s
    WHERE s.closed_at <= at_moment
      AND EXISTS (SELECT 1 FROM plans_planchild c WHERE c.plan_id = s.id AND c.to_on IS NULL)
    UNION ALL
    SELECT 'service', v.step_id FROM plans_service v JOIN record_step s ON s.id = v.step_id
    WHERE s.closed_at <= at_moment
      AND v.began_on IS NULL AND v.ended_on IS NULL AND v.not_begun_because = ''
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_days_corrected")]

    operations = [statements(GOES_ON, UNHELD)]
