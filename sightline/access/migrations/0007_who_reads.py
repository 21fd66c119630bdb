from django.db import migrations, models

from sightline.access.fence import statements, steward_function

NOW = "statement_timestamp()"
STANDS = f"b.from_at <= {NOW} AND (b.until_at IS NULL OR b.until_at > {NOW})"

# A restriction itself is read by its reviewer. Whoever may read the record it closes is told why it is closed,
# who looks at it again, and who else may read: nobody is to guess whom they may speak with.
WHO_READS = steward_function(
    "access_who_reads(of_person uuid) RETURNS TABLE (bar uuid, hidden boolean, reason text, reviewer uuid,"
    " review_on date, closed_at timestamptz, account uuid, reads_from timestamptz) LANGUAGE sql STABLE",
    body=f"""
    SELECT b.id, b.hidden, b.reason, b.reviewer, b.review_on, b.from_at, r.account, coalesce(r.from_at, b.from_at)
    FROM access_bar m JOIN access_bar b ON b.id = coalesce(m.mirrors, m.id)
    LEFT JOIN access_barreader r ON r.bar_id = b.id AND (r.from_at IS NULL OR r.from_at <= {NOW})
        AND (r.until_at IS NULL OR r.until_at > {NOW})
    WHERE m.person = of_person AND m.kind = 'restricted' AND m.from_at <= {NOW}
      AND (m.until_at IS NULL OR m.until_at > {NOW}) AND access_may_see(of_person, 'ordinary')
    ORDER BY b.from_at, b.id, r.account
    """,
)

# Somebody who was thought to be a restricted person is not: whoever has sight of them says so. The mark
# itself is read by nobody who serves, since it would betray the other.
CLEAR_TWIN = steward_function(
    "access_clear_twin(of_person uuid, at_moment timestamptz) RETURNS integer LANGUAGE plpgsql",
    body=f"""
    DECLARE cleared integer;
    BEGIN
        IF NOT access_may_see(of_person, 'ordinary') THEN RETURN 0; END IF;
        UPDATE access_bar b SET until_at = greatest(at_moment, b.from_at)
        WHERE b.person = of_person AND b.kind = 'twin' AND b.mirrors IS NULL AND {STANDS};
        GET DIAGNOSTICS cleared = ROW_COUNT;
        RETURN cleared;
    END
    """,
)

# Whom to ask about somebody restricted, whoever acts: for routing to them and for nothing else.
ROUTING = steward_function(
    "access_routing_of(of_person uuid) RETURNS TABLE (bar uuid, reviewer uuid, readers uuid[]) LANGUAGE sql STABLE",
    body=f"""
    SELECT b.id, b.reviewer, ARRAY(
        SELECT r.account FROM access_barreader r WHERE r.bar_id = b.id AND (r.from_at IS NULL OR r.from_at <= {NOW})
          AND (r.until_at IS NULL OR r.until_at > {NOW}))
    FROM access_bar m JOIN access_bar b ON b.id = coalesce(m.mirrors, m.id)
    WHERE m.person = of_person AND m.kind = 'restricted' AND m.from_at <= {NOW}
      AND (m.until_at IS NULL OR m.until_at > {NOW}) AND access_actor() IS NOT NULL
    ORDER BY b.from_at, b.id LIMIT 1
    """,
)


class Migration(migrations.Migration):
    dependencies = [("access", "0006_emergency_review")]

    operations = [
        migrations.AlterField(
            model_name="barreview",
            name="decision",
            field=models.CharField(
                choices=[("kept", "Stays restricted"), ("named", "Readers changed"), ("lifted", "Restriction lifted")],
                max_length=6,
            ),
        ),
        statements(WHO_READS, CLEAR_TWIN, ROUTING),
    ]
