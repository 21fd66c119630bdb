import django.db.models.deletion
from django.db import migrations, models

from sightline.access.fence import statements
from sightline.returns.steward_functions import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0002_fences"),
        ("people", "0006_withdrawn"),
        ("record", "0005_counts_of_what_stands"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedchild",
            name="entry",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedchild",
            constraint=models.UniqueConstraint(fields=("batch", "person"), name="returns_child_once"),
        ),
        migrations.AddField(
            model_name="importedepisode",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="staged",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="staged",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        statements(FUNCTIONS),
    ]
