from django.db import migrations

from sightline.access.fence import fence, may_see, statements

STEP = "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = {step})"
CHILD = may_see("child_id")
ENTRY = "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {entry})"


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_initial"), ("record", "0014_protecting")]

    operations = [
        statements(
            fence(
                "enquiries_discussion",
                read=STEP.format(step="enquiries_discussion.step_id"),
                change=[
                    "why",
                    "held_at",
                    "how",
                    "manner",
                    "medical",
                    "medical_because",
                    "safety",
                    "alone_because",
                    "recorded_at",
                    "recorded_by",
                ],
            ),
            fence(
                "enquiries_discussionchild",
                read=CHILD,
                change=["outcome", "decided_at", "decided_by", "entry_id"],
            ),
            # Who was there is told to whoever works with one of the children; what they shared is their entry's.
            fence(
                "enquiries_tookpart",
                read=STEP.format(step="enquiries_tookpart.discussion_id"),
                change=["there", "because", "entry_id"],
            ),
            fence("enquiries_account", read=ENTRY.format(entry="enquiries_account.entry_id")),
            fence(
                "enquiries_enquiry",
                read=STEP.format(step="enquiries_enquiry.step_id"),
                change=["discussion_id", "manner"],
            ),
            fence(
                "enquiries_enquirychild",
                read=CHILD,
                change=[
                    "outcome",
                    "concluded_on",
                    "recorded_at",
                    "recorded_by",
                    "media",
                    "media_because",
                    "no_conference_because",
                    "late_because",
                    "entry_id",
                ],
            ),
            fence(
                "enquiries_medical",
                read=CHILD,
                change=["held_at", "examiner", "not_held_because", "entry_id"],
            ),
            fence("enquiries_order", read=CHILD, change=["where_kept", "ended_at", "ended_because"]),
            fence("enquiries_agencytold", read=STEP.format(step="enquiries_agencytold.enquiry_id")),
        )
    ]
