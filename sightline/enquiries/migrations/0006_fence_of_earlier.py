from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0005_earlier")]

    operations = [
        statements(
            fence(
                "enquiries_earlierenquiry",
                read=may_see("child_id"),
                change=["conference_on", "conference_not_required", "step_id"],
            )
        )
    ]
