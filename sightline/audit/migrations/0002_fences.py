from django.db import migrations

from sightline.access.fence import fence, may_see, statements

# "Who has viewed this record" is read by those who may see the record; one's own events always.
EVENT = "actor = access_actor() OR EXISTS (SELECT 1 FROM audit_eventperson p WHERE p.event_id = audit_event.id)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            # Refused and signed-out events have no actor, and still must be written.
            fence("audit_event", read=EVENT, add="true"),
            fence("audit_eventperson", read=may_see("person"), add="true"),
        )
    ]
