from django.db import migrations

from sightline.access.fence import statements
from sightline.returns.facts.sql import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0003_undoing"),
        ("assessments", "0011_fence_of_earlier"),
        ("conferences", "0007_fence_of_earlier"),
        ("court", "0002_fences"),
        ("enquiries", "0006_fence_of_earlier"),
        ("people", "0007_upn_unknown"),
        ("plans", "0011_fence_of_earlier"),
        ("record", "0015_step_due_again"),
    ]

    operations = [statements(FUNCTIONS)]
