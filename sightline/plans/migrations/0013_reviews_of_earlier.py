"""A plan that goes on from an earlier system's counts its reviews too: what is next due runs from the latest."""

from django.db import migrations

from sightline.access.fence import as_steward, statements, steward_function

SEEN = """
    SELECT 1 FROM plans_planchild c WHERE c.plan_id = {plan} AND access_may_see(c.child_id, 'ordinary')
"""
# As it was (0009), with the days of reviews that a file told of.
MEETINGS_HELD = steward_function(
    "plans_meetings_held(of_plans uuid[]) RETURNS TABLE (plan uuid, kind text, held_on date, next_on date)"
    " LANGUAGE sql STABLE",
    body=f"""
    SELECT r.plan_id, r.kind, r.held_on, r.next_on FROM plans_review r
    WHERE r.plan_id = ANY (of_plans)
      AND EXISTS ({SEEN.format(plan="r.plan_id")})
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = r.entry_id AND s.withdrawn_at IS NULL AND s.apart IS NULL)
    UNION
    SELECT e.taken_up_by_id, 'earlier', d.held_on, NULL::date
    FROM plans_earlierplan e CROSS JOIN LATERAL unnest(e.reviewed_on) AS d (held_on)
    WHERE e.taken_up_by_id = ANY (of_plans) AND e.withdrawn_at IS NULL
      AND EXISTS ({SEEN.format(plan="e.taken_up_by_id")})
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_one_plan")]

    operations = [statements(as_steward(["DROP FUNCTION plans_meetings_held(uuid[])"]), MEETINGS_HELD)]
