from django.db import migrations

from sightline.access.fence import statements, steward_function

# Whether a step is owed for another child beside these, also one whose record is closed to whoever asks: else
# what they end for the children whom they see would end for that child in silence. Told only as yes or no,
# and only to whoever sees somebody whom the step is for.
GOES_ON_WITHOUT = steward_function(
    "record_goes_on_without(of_step uuid, children uuid[]) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (
        SELECT 1 FROM record_stepsubject s
        JOIN record_step p ON p.id = s.step_id
        JOIN people_person o ON o.id = s.person_id AND o.kind = 'child' AND o.withdrawn_at IS NULL
        WHERE s.step_id = of_step AND s.ended_at IS NULL AND s.person_id <> ALL (children)
          AND NOT EXISTS (SELECT 1 FROM record_entrysubject e WHERE e.entry_id = p.arose_from_id
                          AND e.person_id = s.person_id AND e.withdrawn_at IS NOT NULL)
    ) AND EXISTS (
        SELECT 1 FROM record_stepsubject s WHERE s.step_id = of_step AND access_may_see(s.person_id, 'ordinary'))
    """,
)

# As before, and an ending that was asked for and that nobody is asked to answer.
UNHELD = steward_function(
    "record_unheld(at_moment timestamptz) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE",
    body="""
    WITH silent AS (
        SELECT p.id FROM workforce_post p
        WHERE NOT EXISTS (SELECT 1 FROM workforce_who_to_ring(p.id, at_moment))
    )
    SELECT 'step', s.id FROM record_step s
    WHERE s.closed_at IS NULL AND s.post_id IN (SELECT id FROM silent)
    UNION ALL
    SELECT 'episode', e.id FROM record_episode e
    WHERE e.closed_at IS NULL AND e.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM record_allocation a WHERE a.episode_id = e.id AND a.to_at IS NULL
          AND a.post_id NOT IN (SELECT id FROM silent))
    UNION ALL
    SELECT 'ending', n.step_id FROM record_ending n JOIN record_step s ON s.id = n.step_id
    WHERE n.returned_at IS NULL AND n.authorised_at IS NULL AND s.closed_at IS NOT NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("record", "0011_taken_off_a_step")]

    operations = [statements(GOES_ON_WITHOUT, UNHELD)]
