from django.db import migrations

from sightline.access.fence import open_table, statements


class Migration(migrations.Migration):
    """A sealed copy can be added and read. Nobody who serves may change or remove one."""

    dependencies = [("practice", "0001_initial"), ("access", "0002_fences")]

    operations = [statements(open_table("practice_publishedpack"))]
