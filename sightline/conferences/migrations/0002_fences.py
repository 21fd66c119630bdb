from django.db import migrations

from sightline.access.fence import fence, may_see, statements

STEP = "EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = {step})"
CHILD = may_see("child_id")
INVITEE = "EXISTS (SELECT 1 FROM conferences_invitee i WHERE i.id = {invitee})"


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial"), ("record", "0014_protecting")]

    operations = [
        statements(
            fence(
                "conferences_meeting",
                read=STEP.format(step="conferences_meeting.step_id"),
                change=[
                    "chair_post_id",
                    "plan",
                    "enquiry",
                    "held_at",
                    "not_held_because",
                    "alone_because",
                    "next_on",
                    "recorded_at",
                    "recorded_by",
                    "entry_id",
                ],
            ),
            fence(
                "conferences_sitting",
                read=STEP.format(step="conferences_sitting.meeting_id"),
                change=["to_at", "moved_because"],
            ),
            fence(
                "conferences_meetingchild",
                read=CHILD,
                change=["part", "part_words", "decision", "category", "others", "reasons"],
            ),
            fence(
                "conferences_invitee",
                read=STEP.format(step="conferences_invitee.meeting_id"),
                change=[
                    "name",
                    "role",
                    "confirmed_at",
                    "left_out_because",
                    "safe_to_tell",
                    "safe_because",
                    "waits_for_chair",
                    "allowed_at",
                    "excluded_at",
                    "excluded_by",
                    "excluded_because",
                    "invitation",
                    "told_at",
                    "report_asked",
                    "report_in_at",
                    "report_id",
                    "report_shared_on",
                    "report_shared_how",
                    "attendance",
                    "deputy",
                    "view",
                ],
            ),
            # A view is its invitee's own: rows are added, and none is ever changed.
            fence("conferences_view", read=INVITEE.format(invitee="conferences_view.invitee_id")),
            fence("conferences_dissent", read=CHILD),
            fence("conferences_keptfrom", read=INVITEE.format(invitee="conferences_keptfrom.invitee_id")),
            # A letter's words are about all of its children, so it is read by who may read each of them.
            fence(
                "conferences_letter",
                read="NOT EXISTS (SELECT 1 FROM unnest(conferences_letter.children) AS about"
                " WHERE NOT access_may_see(about, 'ordinary')) AND "
                + INVITEE.format(invitee="conferences_letter.invitee_id"),
                change=["released_at", "released_by", "message", "given_on", "given_how", "not_sent_because"],
            ),
        )
    ]
