from django.db import migrations

from sightline.access.fence import statements, steward_function

# Only the reviewer reads a restriction itself. That there is one is told to whoever may read the
# record, so that they do not speak of it to others; to everybody else the record is not there.
IS_RESTRICTED = steward_function(
    "access_is_restricted(of_person uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_may_see(of_person, 'ordinary') AND EXISTS (
        SELECT 1 FROM access_bar b
        WHERE b.person = of_person AND b.kind = 'restricted' AND b.from_at <= statement_timestamp()
          AND (b.until_at IS NULL OR b.until_at > statement_timestamp()))
    """,
)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_fences")]

    operations = [statements(IS_RESTRICTED)]
