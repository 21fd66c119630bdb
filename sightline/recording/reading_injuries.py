"""Reading injuries, and which of them stand together. Part of this room's queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.record.models import EntrySubject
from sightline.record.queries import PassageView, list_entries
from sightline.recording.models import Injury


@dataclass(frozen=True)
class InjuryView:
    """An injury as the reader may see it. `entry` is the version that stands, `root` its first.

    `what` and `sites` are codes of the pack. `text` and `account` are empty where they are closed to the
    reader; `passages` are all that may be read, with who said it and how it is handled.
    """

    entry: UUID
    root: UUID
    child: UUID
    seen_on: date
    what: str
    sites: tuple[str, ...]
    seen_by: str
    account_of: str
    examined_by: str
    examined_on: date | None
    not_examined_because: str
    recorded_at: datetime
    author: UUID
    agency: UUID | None
    text: str
    account: str
    childs_account: str
    passages: tuple[PassageView, ...]
    documents: tuple[UUID, ...]


def list_injuries(children: Iterable[UUID]) -> dict[UUID, list[InjuryView]]:
    """Injuries of each of these children, the latest seen first, in a fixed number of queries.

    What was withdrawn is left out, and a corrected entry is read as it stands now.
    """
    wanted = list(dict.fromkeys(children))
    standing = EntrySubject.objects.filter(person__in=wanted, kind="injury", withdrawn_at=None, superseded_at=None)
    entries = {entry.root: entry for entry in list_entries(standing.values_list("entry", flat=True)).values()}
    found: dict[UUID, list[InjuryView]] = {child: [] for child in wanted}
    for row in Injury.objects.filter(entry__in=list(entries), child__in=wanted).order_by("-seen_on", "-entry"):
        entry = entries[row.entry_id]
        found[row.child_id].append(
            InjuryView(
                entry=entry.id, root=row.entry_id, child=row.child_id, seen_on=row.seen_on, what=row.what,
                sites=tuple(row.sites), seen_by=row.seen_by, account_of=row.account_of, examined_by=row.examined_by,
                examined_on=row.examined_on, not_examined_because=row.not_examined_because,
                recorded_at=entry.recorded_at, author=entry.author, agency=entry.agency,
                text=entry.text_of("injury"), account=_account(entry.paragraphs),
                childs_account=entry.text_of("childs_words"), passages=entry.passages, documents=entry.documents,
            )
        )  # fmt: skip
    return found


def _account(paragraphs: Sequence[PassageView]) -> str:
    return "\n\n".join(one.text for one in paragraphs if one.heading == "account")
