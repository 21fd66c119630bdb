import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import sightline.kernel.references
from sightline.access.fence import fence, statements, steward_function

# The agency that whoever acts works for; nothing for the authority's own people, of whatever role.
OWN_AGENCY = steward_function(
    "partnership_own_agency() RETURNS uuid LANGUAGE sql STABLE",
    body="""
    SELECT a.agency FROM workforce_account a WHERE a.id = access_actor() AND a.is_active AND a.role = 'partner'
    """,
)
OWN = "agency_id = (SELECT partnership_own_agency())"


class Migration(migrations.Migration):
    # What an agency noted for itself: no grant, post or role of the authority opens it.
    dependencies = [("partnership", "0016_fence_of_shares"), ("workforce", "0004_fences_of_homes")]

    operations = [
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.UUIDField(default=sightline.kernel.references.new_id, primary_key=True, serialize=False)),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("source", models.JSONField()),
                ("until", models.DateField(null=True)),
                ("played_at", models.DateTimeField()),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "accounts",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyNote",
            fields=[
                ("id", models.UUIDField(default=sightline.kernel.references.new_id, primary_key=True, serialize=False)),
                ("about", models.CharField(max_length=200)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                ("noted_from", models.DateTimeField()),
                ("noted_to", models.DateTimeField()),
                (
                    "precision",
                    models.CharField(
                        choices=[("exact", "Exact"), ("about", "About"), ("range", "Between two days")], max_length=5
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.scenario",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "-noted_from"], name="partnership_note_of_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("noted_to__gte", models.F("noted_from"))), name="partnership_note_in_order"
                    )
                ],
            },
        ),
        statements(
            OWN_AGENCY,
            fence("partnership_agencynote", read=OWN, add=OWN),
            fence("partnership_scenario", read="false"),
        ),
    ]
