from django.db import migrations

from sightline.access.fence import fence, may_see, statements, steward_function

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


# Whether the same person outside the professions has told us about these children before, of those
# whom the one who acts may see. The steward compares, so that the answer is a key and never who they are.
SAME_INFORMANT = steward_function(
    "front_door_same_informant(children uuid[], of_key text) RETURNS uuid LANGUAGE sql STABLE",
    body="""
    SELECT r.informant FROM front_door_publicreferrer r
    JOIN record_entrysubject s ON s.entry_id = r.contact_id
    WHERE s.person_id = ANY (children) AND r.match_key = of_key AND of_key <> ''
      AND access_may_see(s.person_id, 'ordinary')
    ORDER BY s.recorded_at LIMIT 1
    """,
)


class Migration(migrations.Migration):
    dependencies = [("front_door", "0001_initial"), ("record", "0002_fences")]

    operations = [
        statements(
            part("front_door_contact", ENTRY, ("incident",)),
            part("front_door_publicreferrer", REFERRER, ("telling",)),
            part("front_door_familyagreement", CONTACT),
            part("front_door_injury", may_see("child_id")),
            part("front_door_recommendation", CONTACT),
            part("front_door_decision", ENTRY, ("superseded_at",)),
            part("front_door_check", STEP, ("answer_id", "message")),
            part("front_door_handover", CONTACT, ("accepted_by", "accepted_at")),
            SAME_INFORMANT,
        )
    ]
