from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whom the clock tells that a recipient disagrees: who decided, and at which post. It may not read
# the decision, and learns nothing else of it.
DECIDED_BY = steward_function(
    "front_door_decided_by(of_message uuid) RETURNS TABLE (account uuid, post uuid) LANGUAGE sql STABLE",
    body="""
    SELECT d.decided_by, e.author_post_id FROM partnership_message m
    JOIN front_door_decision d ON d.contact_id = m.subject AND d.superseded_at IS NULL
    JOIN record_entry e ON e.id = d.entry_id
    JOIN workforce_account a ON a.id = access_actor() AND a.role = 'clock'
    WHERE m.id = of_message
    """,
)


class Migration(migrations.Migration):
    dependencies = [("front_door", "0004_left_undecided")]

    operations = [statements(DECIDED_BY)]
