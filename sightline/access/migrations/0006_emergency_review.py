from django.db import migrations

from sightline.access.fence import statements, steward_function

NOW = "statement_timestamp()"

# Who looks at an emergency access afterwards: of a restricted record, its own reviewer. Said of nobody
# whom the person who acts does not find.
REVIEWER = steward_function(
    "access_reviewer_of(of_person uuid) RETURNS uuid LANGUAGE sql STABLE",
    body=f"""
    SELECT b.reviewer FROM access_bar b
    WHERE b.person = of_person AND b.kind = 'restricted' AND b.reviewer IS NOT NULL AND b.from_at <= {NOW}
      AND (b.until_at IS NULL OR b.until_at > {NOW}) AND of_person <> ALL (access_hidden())
      AND access_actor() = ANY (access_principals())
    ORDER BY b.mirrors IS NOT NULL, b.from_at LIMIT 1
    """,
)


class Migration(migrations.Migration):
    dependencies = [("access", "0005_one_person_two_keys")]

    operations = [statements(REVIEWER)]
