from django.db import migrations

from sightline.access.fence import statements
from sightline.people.search_functions import KEYS_OF


class Migration(migrations.Migration):
    # The links of those who are asked about are looked up, and no longer all links that stand.
    dependencies = [("people", "0013_called_once"), ("access", "0005_one_person_two_keys")]

    operations = [statements(KEYS_OF)]
