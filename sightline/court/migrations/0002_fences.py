from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("court", "0001_initial")]

    operations = [
        statements(
            fence(
                "court_preproceedings",
                read=may_see("child_id"),
                change=[
                    "letter_sent_on",
                    "meeting_offered",
                    "meeting_held",
                    "first_meeting_on",
                    "review_meetings",
                    "decided_on",
                    "outcome",
                    "applied_on",
                    "letter_of_issue_on",
                    "step_id",
                ],
            )
        )
    ]
