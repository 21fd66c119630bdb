from django.db import migrations

from sightline.access.fence import fence, mine, statements, steward_function

LIVE = "s.from_at <= statement_timestamp() AND (s.until_at IS NULL OR s.until_at > statement_timestamp())"
GIVEN = "g.from_at <= statement_timestamp() AND (g.until_at IS NULL OR g.until_at > statement_timestamp())"

# Whom a share is about, now: told to whoever reads the share. Those who are closed to them are not there.
ABOUT = steward_function(
    "partnership_shared(of_share uuid) RETURNS TABLE (child uuid) LANGUAGE sql STABLE",
    body=f"""
    SELECT DISTINCT g.person FROM partnership_share s JOIN access_grant g ON g.reader = s.id AND g.because = 'share'
    WHERE s.id = of_share AND {LIVE} AND {GIVEN} AND g.mirrors IS NULL
      AND g.person <> ALL (access_bars())
      AND (s.id = ANY (access_principals()) OR access_may_see(g.person, 'ordinary'))
    """,
)


class Migration(migrations.Migration):
    # What is shared is read by the agency, by whoever opened it, and by the post that answers for it.
    dependencies = [("partnership", "0015_who_answers_for_a_share")]

    operations = [
        statements(
            fence(
                "partnership_share",
                read=f"by = access_actor() OR {mine('id')} OR {mine('post')}",
                change=["until_at", "ended_by"],
            ),
            ABOUT,
        )
    ]
