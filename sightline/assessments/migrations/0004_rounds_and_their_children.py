import django.db.models.deletion
from django.db import migrations, models

import sightline.kernel.references


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_evidence_comes_in"),
        ("people", "0006_withdrawn"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundChild",
            fields=[
                ("id", models.UUIDField(default=sightline.kernel.references.new_id, primary_key=True, serialize=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="assessments.round"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["child"], name="assessments_round_child")]},
        ),
        migrations.AddConstraint(
            model_name="roundchild",
            constraint=models.UniqueConstraint(fields=("round", "child"), name="assessments_round_child_once"),
        ),
        migrations.AddField(
            model_name="turn",
            name="outcome",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="missing",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="partversion",
            name="replaced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="partversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("assessment", "key", "child"),
                name="assessments_part_says_one_thing",
                nulls_distinct=False,
            ),
        ),
    ]
