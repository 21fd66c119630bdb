from django.db import migrations

from sightline.access.fence import may_see, statements

# The grant has a `person` of its own: unless the row is named, that one answers and the rule
# holds for anybody with any grant at all.
READ = may_see("audit_eventperson.person")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_fences")]

    operations = [statements([f"ALTER POLICY reading ON audit_eventperson USING ({READ})"])]
