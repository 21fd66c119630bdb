from django.db import migrations

from sightline.access.fence import SERVING, fence, may_see, row_by_row, statements, steward_function

# A round is read by whoever may see a child who is assessed in it, and not by whoever may see only a
# brother or a sister of the same document: why it began and what a manager wrote is about those children.
ROUND = row_by_row("EXISTS (SELECT 1 FROM assessments_roundchild c WHERE c.round_id = assessments_round.step_id)")

# Whether there are words that I may not read, in a part that I am about to write: told as a number, so that
# nothing is written over them unseen. Nothing is told to whoever may see no child of the document.
LATEST = steward_function(
    "assessments_latest_number(document uuid, of_key text, of_child uuid) RETURNS integer LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(max(p.number), 0)::integer FROM assessments_partversion p
    WHERE p.assessment_id = document AND p.key = of_key AND p.child_id IS NOT DISTINCT FROM of_child
      AND EXISTS (SELECT 1 FROM assessments_assessedchild c
                  WHERE c.assessment_id = document AND access_may_see(c.child_id, 'ordinary'))
    """,
)

# What is written for the family is about every child of the document at that moment, also one who is closed
# to whoever writes: those who read that child go on reading what the document says, and nobody is told of them.
WRITE_ABOUT = steward_function(
    "assessments_write_about(of_part uuid, in_section text) RETURNS void LANGUAGE sql",
    body="""
    INSERT INTO assessments_partabout (id, part_id, person_id, section)
    SELECT gen_random_uuid(), p.id, c.child_id, in_section
    FROM assessments_partversion p
    JOIN assessments_assessedchild c ON c.assessment_id = p.assessment_id AND c.to_at IS NULL
    WHERE p.id = of_part AND p.by = access_actor() AND p.child_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM assessments_partabout a WHERE a.part_id = of_part)
    """,
)

SEES_WHOLE = steward_function(
    "assessments_sees_whole(of_round uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT coalesce(bool_and(access_may_see(c.child_id, 'ordinary')), false)
    FROM assessments_roundchild c WHERE c.round_id = of_round
    """,
)

# A conclusion that is looked at again stays drawn for every child for whom it was drawn.
CARRY_CHILDREN = steward_function(
    "assessments_carry_children(from_conclusion uuid, to_conclusion uuid) RETURNS void LANGUAGE sql",
    body="""
    INSERT INTO assessments_conclusionchild (id, conclusion_id, child_id)
    SELECT gen_random_uuid(), n.id, c.child_id
    FROM assessments_conclusion n
    JOIN assessments_conclusion o ON o.id = from_conclusion AND o.ended_by = access_actor()
                                 AND o.ended_at = n.recorded_at
    JOIN assessments_conclusionchild c ON c.conclusion_id = o.id
    WHERE n.id = to_conclusion AND n.by = access_actor()
      AND NOT EXISTS (SELECT 1 FROM assessments_conclusionchild a WHERE a.conclusion_id = to_conclusion)
    """,
)

CHANGING = (
    f"CREATE POLICY changing ON assessments_partversion FOR UPDATE TO {SERVING}"
    " USING (EXISTS (SELECT 1 FROM assessments_partabout a WHERE a.part_id = assessments_partversion.id OFFSET 0))"
    " WITH CHECK (access_actor() IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_rounds_and_their_children")]

    operations = [
        statements(
            fence("assessments_roundchild", read=may_see("child_id")),
            [
                f"ALTER POLICY reading ON assessments_round USING ({ROUND})",
                f"GRANT UPDATE (replaced_at) ON assessments_partversion TO {SERVING}",
                CHANGING,
            ],
            LATEST,
            WRITE_ABOUT,
            SEES_WHOLE,
            CARRY_CHILDREN,
        )
    ]
