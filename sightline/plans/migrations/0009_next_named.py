from django.db import migrations, models

from sightline.access.fence import as_steward, statements, steward_function

SEEN = """
    SELECT 1 FROM plans_planchild c WHERE c.plan_id = {plan} AND access_may_see(c.child_id, 'ordinary')
"""
# As it was (0008), with the day that a chair named for the next one: what is next due must not depend on who asks.
MEETINGS_HELD = steward_function(
    "plans_meetings_held(of_plans uuid[]) RETURNS TABLE (plan uuid, kind text, held_on date, next_on date)"
    " LANGUAGE sql STABLE",
    body=f"""
    SELECT r.plan_id, r.kind, r.held_on, r.next_on FROM plans_review r
    WHERE r.plan_id = ANY (of_plans)
      AND EXISTS ({SEEN.format(plan="r.plan_id")})
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = r.entry_id AND s.withdrawn_at IS NULL AND s.apart IS NULL)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_meetings_held")]

    operations = [
        migrations.AddField(model_name="plan", name="first_review_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="review", name="next_on", field=models.DateField(null=True)),
        statements(as_steward(["DROP FUNCTION plans_meetings_held(uuid[])"]), MEETINGS_HELD),
    ]
