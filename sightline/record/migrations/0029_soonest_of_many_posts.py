from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Of a service manager's hundreds of posts, the first few hundred are found without reading the others."""

    dependencies = [("record", "0028_views_weighed_together")]

    operations = [
        migrations.AddIndex(
            "allocation",
            models.Index(fields=["from_at"], condition=Q(to_at=None), name="record_allocation_longest"),
        ),
        migrations.AddIndex(
            "step",
            models.Index(fields=["due_at", "opened_at"], condition=Q(closed_at=None), name="record_step_soonest"),
        ),
    ]
