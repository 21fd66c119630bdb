from django.db import migrations

from sightline.access.fence import SERVING, SOMEBODY_ACTS, may_see, row_by_row, statements, steward_function

PLAN = "EXISTS (SELECT 1 FROM plans_planchild c WHERE c.plan_id = {table}.plan_id)"
STEP = "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = {table}.step_id)"


def reading(table: str, rule: str) -> str:
    return f"ALTER POLICY reading ON {table} USING ({row_by_row(rule)})"


# What is agreed for one child, and what one parent said, is not read with a half-brother's record.
ACTION = f"{PLAN.format(table='plans_action')} AND {STEP.format(table='plans_action')}"
READING = [
    reading("plans_action", ACTION),
    reading("plans_agreement", f"{PLAN.format(table='plans_agreement')} AND {may_see('person_id')}"),
    reading(
        "plans_signature",
        "EXISTS (SELECT 1 FROM plans_version v WHERE v.entry_id = plans_signature.version_id)"
        f" AND (plans_signature.person_id IS NULL OR {may_see('person_id')})",
    ),
]
# What goes along with a child to another plan.
CHANGING = f"FOR UPDATE TO {SERVING} USING ({row_by_row(ACTION)}) WITH CHECK ({SOMEBODY_ACTS})"
GOES_ALONG = [
    f"CREATE POLICY changing ON plans_action {CHANGING}",
    f"GRANT UPDATE (plan_id) ON plans_action TO {SERVING}",
    f"GRANT UPDATE (plan_id) ON plans_service TO {SERVING}",
]
SEEN = """
    SELECT 1 FROM plans_planchild c WHERE c.plan_id = {plan} AND access_may_see(c.child_id, 'ordinary')
"""
# When a plan is next reviewed, and how many versions it had, must not depend on who asks: the days
# and the number are told to whoever may see the plan, and nothing else of what they may not read.
REVIEW_DAYS = steward_function(
    "plans_review_days(of_plans uuid[]) RETURNS TABLE (plan uuid, held_on date) LANGUAGE sql STABLE",
    body=f"""
    SELECT r.plan_id, r.held_on FROM plans_review r
    WHERE r.plan_id = ANY (of_plans)
      AND EXISTS ({SEEN.format(plan="r.plan_id")})
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = r.entry_id AND s.withdrawn_at IS NULL AND s.apart IS NULL)
    """,
)
NEXT_VERSION = steward_function(
    "plans_next_version(of_plan uuid) RETURNS integer LANGUAGE sql STABLE",
    body=f"""
    SELECT coalesce(max(v.number), 0) + 1 FROM plans_version v
    WHERE v.plan_id = of_plan AND EXISTS ({SEEN.format(plan="of_plan")})
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_fences"), ("record", "0011_taken_off_a_step")]

    operations = [statements(READING, GOES_ALONG, REVIEW_DAYS, NEXT_VERSION)]
