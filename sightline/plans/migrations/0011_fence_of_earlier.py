from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("plans", "0010_earlier")]

    operations = [
        statements(
            fence("plans_earlierplan", read=may_see("child_id"), change=["to_on", "step_id", "taken_up_by_id"]),
            # How many plans there were before is said when somebody knows it.
            ["GRANT UPDATE (plans_before) ON plans_planchild TO sightline_serving"],
        )
    ]
