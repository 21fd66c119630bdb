from django.db import migrations

from sightline.access.fence import statements, steward_function

# What the front door's posts still have to decide. The clock, and nobody else, is let see whom it
# is about for the minutes in which it hands it over.
LEFT_UNDECIDED = steward_function(
    "front_door_left_undecided() RETURNS TABLE (contact uuid) LANGUAGE sql",
    body="""
    WITH waiting AS (
        SELECT s.id, s.subject FROM record_step s
        JOIN workforce_post p ON p.id = s.post_id JOIN workforce_team t ON t.id = p.team_id
        JOIN workforce_account a ON a.id = access_actor() AND a.role = 'clock'
        WHERE s.kind = 'decide_contact' AND s.closed_at IS NULL AND t.kind = 'front_door'
    ), given AS (
        INSERT INTO access_grant
            (id, person, reader, sections, because, because_of, from_at, until_at)
        SELECT gen_random_uuid(), x.person_id, access_actor(),
               ARRAY['ordinary', 'identity'], 'clock', w.id, statement_timestamp(),
               statement_timestamp() + interval '10 minutes'
        FROM waiting w JOIN record_stepsubject x ON x.step_id = w.id
    )
    SELECT w.subject FROM waiting w
    """,
)


class Migration(migrations.Migration):
    dependencies = [("front_door", "0003_taken_off_and_unheld")]

    operations = [statements(LEFT_UNDECIDED)]
