"""An enquiry that an earlier system left open and that goes on here is told once."""

from django.db import migrations

from sightline.access.fence import statements
from sightline.returns.facts.sql import ENQUIRIES


class Migration(migrations.Migration):
    dependencies = [("returns", "0005_earlier")]

    operations = [statements(ENQUIRIES)]
