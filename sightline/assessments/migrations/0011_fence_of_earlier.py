from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("assessments", "0010_earlier")]

    operations = [
        statements(
            fence("assessments_earlierassessment", read=may_see("child_id"), change=["authorised_on", "step_id"])
        )
    ]
