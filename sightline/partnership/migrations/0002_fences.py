from django.db import migrations

from sightline.access.fence import fence, may_see, mine, open_table, statements, steward_function

ABOUT = "EXISTS (SELECT 1 FROM partnership_messageabout a WHERE a.message_id = {message})"
MOMENTS = ["sent_at", "delivered_at", "acknowledged_at", "acknowledged_how", "silent_at", "failure"]

# A message names everybody whom it is about. Whoever is kept away from one of them does not read it, not even
# at the post that sent it before they were.
KEPT_FROM = steward_function(
    "partnership_kept_from(of_message uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (SELECT 1 FROM partnership_messageabout a
                   WHERE a.message_id = of_message AND a.person = ANY (access_bars()))
    """,
)
READ = f"({mine('sent_by_post')} OR {ABOUT.format(message='partnership_message.id')}) AND NOT partnership_kept_from(id)"


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            KEPT_FROM,
            open_table("partnership_agency", change=["name", "kind"]),
            open_table(
                "partnership_agencypost",
                change=["title", "email", "phone", "manager_title", "manager_email"],
            ),
            fence(
                "partnership_message",
                read=READ,
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
