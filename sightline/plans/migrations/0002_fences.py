from django.db import migrations

from sightline.access.fence import fence, may_see, statements

PLAN = "EXISTS (SELECT 1 FROM plans_planchild c WHERE c.plan_id = {plan})"
ENTRY = "EXISTS (SELECT 1 FROM record_entrysubject s WHERE s.entry_id = {entry})"


def of_plan(table: str) -> str:
    return PLAN.format(plan=f"{table}.plan_id")


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("record", "0008_fences_of_endings")]

    operations = [
        statements(
            fence("plans_planchild", read=may_see("child_id"), change=["to_on", "end_reason", "ended_at"]),
            fence(
                "plans_plan",
                read=PLAN.format(plan="plans_plan.step_id"),
                change=["lead_agency_post_id", "lead_name"],
            ),
            fence("plans_terms", read=of_plan("plans_terms"), change=["to_at"]),
            fence(
                "plans_outcome",
                read=f"{of_plan('plans_outcome')} AND (plans_outcome.child_id IS NULL OR {may_see('child_id')})",
                change=["to_at", "ended_because"],
            ),
            fence("plans_action", read=of_plan("plans_action")),
            fence(
                "plans_service",
                read="EXISTS (SELECT 1 FROM record_stepsubject s WHERE s.step_id = plans_service.step_id)",
                change=["began_on", "began_said_by", "not_begun_because", "ended_on"],
            ),
            fence("plans_agreement", read=of_plan("plans_agreement")),
            fence("plans_version", read=ENTRY.format(entry="plans_version.entry_id")),
            fence(
                "plans_signature",
                read="EXISTS (SELECT 1 FROM plans_version v WHERE v.entry_id = plans_signature.version_id)",
            ),
            fence("plans_review", read=ENTRY.format(entry="plans_review.entry_id")),
            # An outcome for one child is read by who may see that child, and so is its progress.
            fence(
                "plans_progress",
                read="EXISTS (SELECT 1 FROM plans_review r WHERE r.entry_id = plans_progress.review_id)"
                " AND EXISTS (SELECT 1 FROM plans_outcome o WHERE o.root = plans_progress.outcome)",
            ),
        )
    ]
