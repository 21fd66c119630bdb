from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whoever may no longer be told finds that a link opens nothing, also where its letter lies in a drawer already. It
# is read as a link that is too old: neither says which it is. Nobody is waited for any more to open it.
END_LINKS = steward_function(
    "partnership_end_links(of_subjects uuid[], at_moment timestamptz) RETURNS SETOF uuid LANGUAGE sql",
    body="""
    UPDATE partnership_message m SET open_by = NULL
    WHERE m.subject = ANY (of_subjects) AND m.acknowledged_at IS NULL AND access_actor() IS NOT NULL;
    UPDATE partnership_key k SET expires_at = at_moment FROM partnership_message m
    WHERE m.id = k.message_id AND m.subject = ANY (of_subjects) AND k.expires_at > at_moment
      AND access_actor() IS NOT NULL
    RETURNING k.message_id
    """,
)

LINK_ENDED = steward_function(
    "partnership_link_ended(of_message uuid, at_moment timestamptz) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT access_actor() IS NOT NULL
       AND EXISTS (SELECT 1 FROM partnership_key WHERE message_id = of_message AND expires_at <= at_moment)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0011_views")]

    operations = [statements(END_LINKS, LINK_ENDED)]
