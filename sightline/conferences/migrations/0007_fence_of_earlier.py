from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("conferences", "0006_earlier")]

    operations = [statements(fence("conferences_earlierconference", read=may_see("child_id"), change=[]))]
