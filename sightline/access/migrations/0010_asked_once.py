from django.db import migrations

from sightline.access.fence import SERVING, STEWARD, may_see, statements

# The rule for many at once: which keys I read as, and who is closed to me, is asked once, where `access_may_see` is
# a function of one person and asks both anew each time.
SEEN_OF = [
    (
        "CREATE FUNCTION access_seen_of(people uuid[], section text) RETURNS SETOF uuid LANGUAGE sql STABLE AS"
        f" $$ SELECT asked.person FROM unnest($1) AS asked (person) WHERE {may_see('asked.person', '$2')} $$"
    ),
    f"GRANT EXECUTE ON FUNCTION access_seen_of(uuid[], text) TO {SERVING}, {STEWARD}",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0009_conflicts_of_whoever_reviews")]

    operations = [statements(SEEN_OF)]
