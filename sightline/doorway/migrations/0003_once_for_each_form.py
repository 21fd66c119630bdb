from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("doorway", "0002_fences")]

    operations = [
        migrations.RemoveConstraint(model_name="submission", name="doorway_submission_once"),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=["account", "key", "form"], name="doorway_submission_once"),
        ),
    ]
