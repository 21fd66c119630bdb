from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_protection")]

    operations = [statements(fence("plans_category", read=may_see("child_id"), change=["to_on"]))]
