from django.db import migrations

from sightline.access.fence import may_see, statements, steward_function

SEEN = f"SELECT 1 FROM plans_planchild c WHERE c.plan_id = {{plan}} AND {may_see('c.child_id')}"
# As it was (0013), with whom I may see asked of all these plans at once: a function is asked anew for each.
MEETINGS_HELD = steward_function(
    "plans_meetings_held(of_plans uuid[]) RETURNS TABLE (plan uuid, kind text, held_on date, next_on date)"
    " LANGUAGE sql STABLE",
    body=f"""
    SELECT r.plan_id, r.kind, r.held_on, r.next_on FROM plans_review r
    WHERE r.plan_id = ANY (of_plans)
      AND EXISTS ({SEEN.format(plan="r.plan_id")} OFFSET 0)
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = r.entry_id AND s.withdrawn_at IS NULL AND s.apart IS NULL)
    UNION
    SELECT e.taken_up_by_id, 'earlier', d.held_on, NULL::date
    FROM plans_earlierplan e CROSS JOIN LATERAL unnest(e.reviewed_on) AS d (held_on)
    WHERE e.taken_up_by_id = ANY (of_plans) AND e.withdrawn_at IS NULL
      AND EXISTS ({SEEN.format(plan="e.taken_up_by_id")} OFFSET 0)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_told_to_an_agency"), ("access", "0005_one_person_two_keys")]

    operations = [statements(MEETINGS_HELD)]
