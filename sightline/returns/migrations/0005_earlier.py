from django.db import migrations

from sightline.access.fence import statements
from sightline.returns.steward_functions import EARLIER_FUNCTIONS, FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0004_facts"),
        ("assessments", "0011_fence_of_earlier"),
        ("plans", "0011_fence_of_earlier"),
        ("enquiries", "0006_fence_of_earlier"),
        ("conferences", "0007_fence_of_earlier"),
        ("court", "0002_fences"),
        ("people", "0007_upn_unknown"),
        ("record", "0015_step_due_again"),
    ]

    operations = [statements(FUNCTIONS, EARLIER_FUNCTIONS)]
