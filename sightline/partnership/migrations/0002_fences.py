from django.db import migrations

from sightline.access.fence import fence, may_see, mine, open_table, statements

ABOUT = "EXISTS (SELECT 1 FROM partnership_messageabout a WHERE a.message_id = {message})"
MOMENTS = ["sent_at", "delivered_at", "acknowledged_at", "acknowledged_how", "silent_at", "failure"]


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            open_table("partnership_agency", change=["name", "kind"]),
            open_table(
                "partnership_agencypost",
                change=["title", "email", "phone", "manager_title", "manager_email"],
            ),
            fence(
                "partnership_message",
                read=f"{mine('sent_by_post')} OR {ABOUT.format(message='partnership_message.id')}",
                change=MOMENTS,
            ),
            fence("partnership_messageabout", read=may_see("person")),
            # Nobody reads the hashes of links: the steward's functions compare them.
            fence("partnership_key", read="false"),
            fence(
                "partnership_reply",
                read="EXISTS (SELECT 1 FROM partnership_message m WHERE m.id = partnership_reply.message_id)",
            ),
        )
    ]
