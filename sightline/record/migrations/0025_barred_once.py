from django.db import migrations

from sightline.access.fence import statements, steward_function

# Who is closed to me is asked once, and not of each step again.
BARRED_STEPS = steward_function(
    "record_barred_steps() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(array_agg(DISTINCT s.step_id), '{}') FROM record_stepsubject s
    WHERE s.person_id = ANY ((SELECT access_bars())::uuid[]) AND s.ended_at IS NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0024_no_views_past_a_conflict")]

    operations = [statements(BARRED_STEPS)]
