from django.db import migrations, models

from sightline.access.fence import may_see, statements, steward_function

# Whoever took somebody off a step may no longer read that they were on it, which a row policy cannot
# allow; the steward does it, after asking the rule as that person.
TAKE_OFF = steward_function(
    "record_take_off_step(of_step uuid, of_person uuid, at_moment timestamptz) RETURNS void LANGUAGE plpgsql",
    body="""
    BEGIN
        IF NOT access_may_see(of_person, 'ordinary') THEN RETURN; END IF;
        UPDATE record_stepsubject SET ended_at = at_moment
        WHERE step_id = of_step AND person_id = of_person AND ended_at IS NULL;
        UPDATE access_grant SET until_at = greatest(at_moment, from_at)
        WHERE because_of = of_step AND person = of_person AND (until_at IS NULL OR until_at > at_moment);
    END
    """,
)
BARRED_STEPS = steward_function(
    "record_barred_steps() RETURNS uuid[] LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(array_agg(DISTINCT s.step_id), '{}') FROM record_stepsubject s
    WHERE s.person_id = ANY (access_bars()) AND s.ended_at IS NULL
    """,
)
STANDING = f"ended_at IS NULL AND {may_see('person_id')} AND NOT record_step_taken_off(step_id, person_id)"
READING = [f"ALTER POLICY reading ON record_stepsubject USING ({STANDING})"]


class Migration(migrations.Migration):
    dependencies = [("record", "0010_accounts")]

    operations = [
        migrations.AddField(model_name="stepsubject", name="ended_at", field=models.DateTimeField(null=True)),
        statements(TAKE_OFF, BARRED_STEPS, READING),
    ]
