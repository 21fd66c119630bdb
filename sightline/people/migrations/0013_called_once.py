from django.db import migrations

from sightline.access.fence import statements, steward_function

# Who is hidden is asked once and not of everybody again: of two thousand it took minutes.
CALLED = steward_function(
    "people_called(of_people uuid[]) RETURNS TABLE (person uuid, kind text, name text, known_as text, birth text,"
    " birth_date date, expected_date date, death_date date) LANGUAGE sql STABLE",
    body="""
    SELECT p.id, p.kind, coalesce(called.name, ''), coalesce(known.name, ''),
        coalesce(b.birth, 'unknown'), b.birth_date, b.expected_date, b.death_date
    FROM people_person p
    LEFT JOIN people_particulars b ON b.person_id = p.id AND b.believed_to IS NULL
    LEFT JOIN LATERAL (
        SELECT trim(n.given || ' ' || n.family) AS name, n.kind FROM people_name n
        WHERE n.person_id = p.id AND n.believed_to IS NULL
        ORDER BY array_position(ARRAY['legal', 'known_as', 'described', 'former'], n.kind::text), n.id DESC
        LIMIT 1) AS called ON true
    LEFT JOIN LATERAL (
        SELECT trim(n.given || ' ' || n.family) AS name FROM people_name n
        WHERE n.person_id = p.id AND n.believed_to IS NULL AND n.kind = 'known_as' AND called.kind = 'legal'
        ORDER BY n.id DESC LIMIT 1) AS known ON true
    WHERE p.id = ANY (of_people) AND p.withdrawn_at IS NULL
      AND p.id <> ALL ((SELECT access_hidden())::uuid[])
      AND access_actor() = ANY ((SELECT access_principals())::uuid[])
    """,
)


class Migration(migrations.Migration):
    dependencies = [("people", "0012_protected_under_every_key"), ("access", "0005_one_person_two_keys")]

    operations = [statements(CALLED)]
