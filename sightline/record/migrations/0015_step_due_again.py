"""A step whose clock begins anew at a later stage: when it is due, and by which rule."""

from django.db import migrations

from sightline.access.fence import SERVING, statements


class Migration(migrations.Migration):
    dependencies = [("record", "0014_protecting")]

    operations = [statements([f"GRANT UPDATE (due_at, due_rule) ON record_step TO {SERVING}"])]
