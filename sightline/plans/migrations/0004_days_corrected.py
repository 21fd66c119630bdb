from django.db import migrations

from sightline.access.fence import SERVING, statements, steward_function

# A plan began when its first child came on to it, also where whoever corrects a day may not read that child.
FIRST_DAY = steward_function(
    "plans_first_day(of_plan uuid) RETURNS date LANGUAGE sql STABLE",
    body="""
    SELECT min(c.from_on) FROM plans_planchild c
    WHERE c.plan_id = of_plan AND EXISTS (
        SELECT 1 FROM plans_planchild m WHERE m.plan_id = of_plan AND access_may_see(m.child_id, 'ordinary'))
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_read_by_child")]

    operations = [
        statements(
            [
                f"GRANT UPDATE (from_on) ON plans_planchild TO {SERVING}",
                f"GRANT UPDATE (began_on) ON plans_plan TO {SERVING}",
            ],
            FIRST_DAY,
        )
    ]
