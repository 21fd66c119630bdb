"""Each child's own first day of an assessment, and the categories of the days that they were on a plan."""

from django.db import migrations

from sightline.access.fence import statements
from sightline.returns.facts.sql import ASSESSMENTS, PLANS


class Migration(migrations.Migration):
    dependencies = [("returns", "0006_goes_on_here")]

    operations = [statements(ASSESSMENTS, PLANS)]
