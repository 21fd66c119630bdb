from django.db import migrations

from sightline.access.fence import may_see, statements, steward_function

# Contacts that are still somebody's worry and that no open step asks anybody to decide. The
# answer should be no rows.
UNHELD = steward_function(
    "front_door_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    SELECT 'contact', c.entry_id FROM front_door_contact c
    JOIN record_entry e ON e.id = c.entry_id
    WHERE e.recorded_at <= at_moment
      AND NOT EXISTS (SELECT 1 FROM front_door_decision d
                      WHERE d.contact_id = c.entry_id AND d.superseded_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM record_step s
                      WHERE s.subject = c.entry_id AND s.kind = 'decide_contact' AND s.closed_at IS NULL)
      AND EXISTS (SELECT 1 FROM record_entrysubject s
                  WHERE s.entry_id = c.entry_id AND s.withdrawn_at IS NULL)
    """,
)

# What hangs on a contact leaves a record with it.
MESSAGE_TAKEN_OFF = steward_function(
    "front_door_message_taken_off(of_message uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (SELECT 1 FROM partnership_message m
                   WHERE m.id = of_message AND record_taken_off(m.subject, of_person))
    """,
)
POLICIES = [
    (
        "ALTER POLICY reading ON front_door_injury"
        f" USING ({may_see('child_id')} AND NOT record_taken_off(contact_id, child_id))"
    ),
    (
        "ALTER POLICY reading ON partnership_messageabout"
        f" USING ({may_see('partnership_messageabout.person')}"
        " AND NOT front_door_message_taken_off(message_id, partnership_messageabout.person))"
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("front_door", "0002_fences"),
        ("record", "0004_taken_off"),
        ("partnership", "0003_keys_and_returns"),
    ]

    operations = [statements(UNHELD, MESSAGE_TAKEN_OFF, POLICIES)]
