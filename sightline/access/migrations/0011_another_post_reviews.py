from django.db import migrations, models

from sightline.access.fence import statements, steward_function

NOW = "statement_timestamp()"

# Whoever reviews a restriction gives that to another post, which need not be one of theirs. From then on they read it
# no longer, so that they cannot change the row as others do: a row that is changed must still be read.
HAND_REVIEW = steward_function(
    "access_hand_review(of_bar uuid, to_post uuid) RETURNS boolean LANGUAGE plpgsql",
    body=f"""
    BEGIN
        UPDATE access_bar b SET reviewer = to_post
        WHERE b.id = of_bar AND b.kind = 'restricted' AND b.mirrors IS NULL AND to_post IS NOT NULL
          AND b.from_at <= {NOW} AND (b.until_at IS NULL OR b.until_at > {NOW})
          AND b.reviewer = ANY (access_principals()) AND b.person <> ALL (access_conflicts());
        RETURN FOUND;
    END
    """,
)


class Migration(migrations.Migration):
    dependencies = [("access", "0010_asked_once")]

    operations = [
        migrations.AlterField(
            model_name="barreview",
            name="decision",
            field=models.CharField(
                choices=[
                    ("kept", "Stays restricted"),
                    ("named", "Readers changed"),
                    ("handed", "Another post looks at it again"),
                    ("lifted", "Restriction lifted"),
                ],
                max_length=6,
            ),
        ),
        statements(HAND_REVIEW),
    ]
