from django.db import migrations, models


class Migration(migrations.Migration):
    """A child who is helped early and is in need from the very same day has two places on one plan."""

    dependencies = [("plans", "0011_fence_of_earlier")]

    operations = [
        migrations.RemoveConstraint(model_name="planchild", name="plans_child_once"),
        migrations.AddConstraint(
            model_name="planchild",
            constraint=models.UniqueConstraint(fields=("plan", "child", "kind", "from_on"), name="plans_child_once"),
        ),
    ]
