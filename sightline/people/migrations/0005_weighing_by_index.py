from django.db import migrations

from sightline.access.fence import statements
from sightline.people.search_functions import FUNCTIONS


class Migration(migrations.Migration):
    # Numbers are looked up once by their index, and each candidate is weighed once.
    dependencies = [("people", "0004_finding")]

    operations = [statements(FUNCTIONS)]
