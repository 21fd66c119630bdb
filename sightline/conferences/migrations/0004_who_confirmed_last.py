from django.db import migrations

from sightline.access.fence import SERVING, statements


class Migration(migrations.Migration):
    dependencies = [("conferences", "0003_views_come_in")]

    # Whoever was left out can be confirmed after all, by somebody else: the row says who last said which.
    operations = [statements([f'GRANT UPDATE ("by") ON conferences_invitee TO {SERVING}'])]
