from django.db import migrations, models


class Migration(migrations.Migration):
    """An overlay that is sealed again on a newer copy of its base may start on the day on which it started before."""

    dependencies = [("practice", "0004_privileges_of_proposals")]

    operations = [
        migrations.RemoveConstraint(model_name="publishedpack", name="practice_pack_overlay_day_once"),
        migrations.AddConstraint(
            model_name="publishedpack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("base_key", ""), _negated=True),
                fields=("effective_from", "base_key", "base_version"),
                name="practice_pack_overlay_day_once_on_a_base",
            ),
        ),
    ]
