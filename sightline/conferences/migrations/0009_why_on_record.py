from django.db import migrations, models

from sightline.access.fence import SERVING, statements


class Migration(migrations.Migration):
    dependencies = [("conferences", "0008_asked_once")]

    # What somebody who is kept out is told, and why they are: two sets of words, of which one is never sent.
    operations = [
        migrations.AddField(
            model_name="invitee",
            name="excluded_on_record",
            field=models.CharField(blank=True, max_length=500),
        ),
        statements([f"GRANT UPDATE (excluded_on_record) ON conferences_invitee TO {SERVING}"]),
    ]
