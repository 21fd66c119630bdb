from django.db import migrations

from sightline.access.fence import as_steward, statements, steward_function

SEEN = """
    SELECT 1 FROM plans_planchild c WHERE c.plan_id = {plan} AND access_may_see(c.child_id, 'ordinary')
"""
# When a plan is next reviewed, and when its core group next meets, must not depend on who asks: the days and
# of which kind of meeting they are is told to whoever may see the plan, and nothing else of what they may not read.
MEETINGS_HELD = steward_function(
    "plans_meetings_held(of_plans uuid[]) RETURNS TABLE (plan uuid, kind text, held_on date) LANGUAGE sql STABLE",
    body=f"""
    SELECT r.plan_id, r.kind, r.held_on FROM plans_review r
    WHERE r.plan_id = ANY (of_plans)
      AND EXISTS ({SEEN.format(plan="r.plan_id")})
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = r.entry_id AND s.withdrawn_at IS NULL AND s.apart IS NULL)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_fence_of_categories")]

    operations = [statements(as_steward(["DROP FUNCTION plans_review_days(uuid[])"]), MEETINGS_HELD)]
