from django.db import migrations

from sightline.access.fence import as_steward, may_see, mine, statements, steward_function

# Who is closed to me is asked once, and not of each message again: `closed` is `access_bars()`, as whoever asks has
# it. Nobody is told anything without it.
KEPT_FROM = steward_function(
    "partnership_kept_from(of_message uuid, closed uuid[]) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT closed IS NULL OR EXISTS (
        SELECT 1 FROM partnership_messageabout a WHERE a.message_id = of_message AND a.person = ANY (closed))
    """,
)
ABOUT = "EXISTS (SELECT 1 FROM partnership_messageabout a WHERE a.message_id = partnership_message.id OFFSET 0)"
READ = (
    f"({mine('sent_by_post')} OR {ABOUT})"
    " AND NOT partnership_kept_from(partnership_message.id, (SELECT access_bars())::uuid[])"
)
LIVE = "{row}.from_at <= statement_timestamp() AND ({row}.until_at IS NULL OR {row}.until_at > statement_timestamp())"
# As it was (0016), with what I read as, and who is closed to me, asked once for a share and not for each child of it.
SHARED = steward_function(
    "partnership_shared(of_share uuid) RETURNS TABLE (child uuid) LANGUAGE sql STABLE",
    body=f"""
    SELECT DISTINCT given.person FROM partnership_share s
    JOIN access_grant given ON given.reader = s.id AND given.because = 'share'
    WHERE s.id = of_share AND {LIVE.format(row="s")} AND {LIVE.format(row="given")} AND given.mirrors IS NULL
      AND given.person <> ALL ((SELECT access_bars())::uuid[])
      AND ({mine("s.id")} OR {may_see("given.person")})
    """,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0017_own_notes"), ("access", "0005_one_person_two_keys")]

    operations = [
        statements(
            KEPT_FROM,
            SHARED,
            [f"ALTER POLICY {policy} ON partnership_message USING ({READ})" for policy in ("reading", "changing")],
            as_steward(["DROP FUNCTION partnership_kept_from(uuid)"]),
        )
    ]
