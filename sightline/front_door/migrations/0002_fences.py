from django.db import migrations

from sightline.access.fence import fence, may_see, statements

CONTACT = "EXISTS (SELECT 1 FROM front_door_contact c WHERE c.entry_id = {table}.contact_id)"
STEP = "EXISTS (SELECT 1 FROM record_step s WHERE s.id = {table}.step_id)"
ENTRY = "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {table}.entry_id)"
REFERRER = (
    "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {table}.contact_id AND "
    + may_see("s.person_id", "'referrer_public'")
    + ")"
)


def part(table: str, read: str, change: tuple[str, ...] = ()) -> list[str]:
    return fence(table, read=read.format(table=table), change=change)


class Migration(migrations.Migration):
    dependencies = [("front_door", "0001_initial"), ("record", "0002_fences")]

    operations = [
        statements(
            part("front_door_contact", ENTRY),
            part("front_door_publicreferrer", REFERRER),
            part("front_door_familyagreement", CONTACT),
            part("front_door_injury", may_see("child_id")),
            part("front_door_recommendation", CONTACT),
            part("front_door_decision", ENTRY, ("superseded_at",)),
            part("front_door_check", STEP, ("answer_id", "message")),
            part("front_door_handover", CONTACT, ("accepted_by", "accepted_at")),
        )
    ]
