"""What stands in a signed assessment beside its parts: what was not written and why, and whose evidence there was."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sightline.assessments.models import Missing, Turn
from sightline.assessments.reading_evidence import EvidenceView, evidence_status, list_evidence
from sightline.assessments.rules import section_of
from sightline.people.queries import PersonName, get_names
from sightline.practice.spec import Question
from sightline.record.rules import Words

NOT_WRITTEN = "not_written"
EVIDENCE = "evidence_asked"


def words_of_missing(sent: Turn | None, children: Sequence[UUID], asked: Mapping[str, Question]) -> list[Words]:
    """A passage for each part that was empty when this was last sent, with the reason or that none was given.

    It is about the child of whom the part was asked, or about all of them, in the part's own section.
    """
    rows = list(Missing.objects.filter(turn=sent).order_by("id")) if sent else []
    headers = get_names(people=children)
    return [
        Words(
            text=f"Not written: {_asked(asked, row.key, headers.get(row.child_id) if row.child_id else None)}: "
            f"{row.reason or 'no reason was given'}",
            about=(row.child_id,) if row.child_id else tuple(children),
            heading=NOT_WRITTEN,
            section=section_of(row.key),
        )
        for row in rows
        if row.child_id is None or row.child_id in children
    ]


def _asked(asked: Mapping[str, Question], key: str, child: PersonName | None) -> str:
    label = str(asked[key].label) if key in asked else key.replace("_", " ")
    return f"{label} ({child.known_as or child.name})" if child else label


def words_of_evidence(round: UUID, children: Sequence[UUID]) -> Words:  # noqa: A002 - the field's noun
    """One passage: who was asked for evidence, who answered, and who did not, or was not asked and why."""
    said = " ".join(_told(list_evidence(round))) or "Nobody was asked for evidence."
    return Words(text=said, about=tuple(children), heading=EVIDENCE)


def _told(asked: Iterable[EvidenceView]) -> Iterable[str]:
    for one in asked:
        named = ", ".join(part for part in (one.name, one.title, one.agency) if part)
        status = evidence_status(one)
        yield f"{named}: {status[:1].lower()}{status[1:].rstrip('.')}."
