from django.db import migrations

from sightline.access.fence import fence, may_see, statements

DOCUMENT = "EXISTS (SELECT 1 FROM assessments_assessedchild c WHERE c.assessment_id = {document})"
ROUND = "EXISTS (SELECT 1 FROM assessments_round r WHERE r.step_id = {round})"
CHILD = may_see("child_id")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("record", "0008_fences_of_endings")]

    operations = [
        statements(
            fence("assessments_assessedchild", read=CHILD, change=["to_at"]),
            fence("assessments_assessment", read=DOCUMENT.format(document="assessments_assessment.id")),
            fence("assessments_partabout", read=may_see("person_id", "section")),
            fence(
                "assessments_partversion",
                read="EXISTS (SELECT 1 FROM assessments_partabout a WHERE a.part_id = assessments_partversion.id)",
            ),
            fence("assessments_round", read=DOCUMENT.format(document="assessments_round.assessment_id")),
            fence("assessments_turn", read=ROUND.format(round="assessments_turn.round_id")),
            fence(
                "assessments_missing",
                read="EXISTS (SELECT 1 FROM assessments_turn t WHERE t.id = assessments_missing.turn_id)"
                f" AND (assessments_missing.child_id IS NULL OR {CHILD})",
            ),
            fence("assessments_factor", read=CHILD, change=["removed_at"]),
            fence(
                "assessments_signedassessment",
                read="EXISTS (SELECT 1 FROM record_entrysubject s"
                " WHERE s.entry_id = assessments_signedassessment.entry_id)",
                change=["family_text"],
            ),
            fence("assessments_signedfactor", read=CHILD),
            fence(
                "assessments_evidencerequest",
                read=ROUND.format(round="assessments_evidencerequest.round_id"),
                change=["asked_at", "not_asked_because", "message", "step_id", "answered_at", "answer_id"],
            ),
            fence("assessments_conclusionchild", read=CHILD),
            fence(
                "assessments_conclusion",
                read="EXISTS (SELECT 1 FROM assessments_conclusionchild c"
                " WHERE c.conclusion_id = assessments_conclusion.id)",
                change=["ended_at", "ended_by", "ended_because"],
            ),
        )
    ]
