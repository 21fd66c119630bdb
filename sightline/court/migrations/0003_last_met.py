"""When they last met, from which the next meeting is counted; and the days that may be put right."""

from django.db import migrations, models

from sightline.access.fence import SERVING, statements


class Migration(migrations.Migration):
    dependencies = [("court", "0002_fences")]

    operations = [
        migrations.AddField(
            model_name="preproceedings",
            name="last_met_on",
            field=models.DateField(null=True),
        ),
        statements([f"GRANT UPDATE (started_on, last_met_on) ON court_preproceedings TO {SERVING}"]),
    ]
