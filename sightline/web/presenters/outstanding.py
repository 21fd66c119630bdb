"""What a conference is told of that is still to do, and of medical or legal words that are missing. Words only."""

from collections.abc import Sequence
from datetime import datetime

from sightline.enquiries.queries import MedicalLine
from sightline.record.queries import OpenStep
from sightline.web.presenters import words

MEDICAL = "Asked for {when}, and nobody has said what was found"
LEGAL = "The plan does not say when the authority goes to court"


def outstanding_rows(
    actions: Sequence[OpenStep], medicals: Sequence[MedicalLine], court: Sequence[str], at: datetime
) -> list[dict[str, str]]:
    """Rows of components/summary-list.html; nothing where nothing is outstanding.

    `court` is what each protection plan of these children says of going to court.
    """
    rows = []
    if actions:
        late = sum(one.due_at is not None and one.due_at < at for one in actions)
        overdue = f", {late} of them overdue" if late else ""
        rows.append(("Agreed and still to do", f"{words.count(len(actions), 'action')}{overdue}"))
    if medicals:
        asked = words.day(min(one.asked_at for one in medicals))
        rows.append(("Medical examination", MEDICAL.format(when=asked)))
    if any(not one.strip() for one in court):
        rows.append(("Legal planning", LEGAL))
    return [{"key": key, "value": value} for key, value in rows]
