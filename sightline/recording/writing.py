"""What every kind of recording does: one entry, what follows from it, and who is told."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.kernel.london import end_of_day, local_day
from sightline.kernel.references import new_id
from sightline.people.queries import get_names
from sightline.practice.queries import get_threshold
from sightline.record.models import Entry
from sightline.record.operations import open_step, tell, write_entry
from sightline.record.queries import get_carriers, last_seen_of
from sightline.record.rules import NO_ACCESS, makes_a_pattern
from sightline.recording.rules import Written, refuse_before_birth
from sightline.workforce.queries import manager_of


def write_with_actions(
    by: Actor, kind: Entry.Kind, written: Written, post: UUID | None, at: datetime, *, agency: UUID | None = None
) -> UUID:
    """Write the entry and open a step for each action. The caller's act permits and audits.

    When with it a row of attempts without access becomes a pattern, whoever carries the child is told.
    """
    if written.occurred is not None:
        headers = get_names(people=[subject.person for subject in written.concerned])
        births = [one.birth_date for one in headers.values() if one.kind == "child" and one.birth == "exact"]
        refuse_before_birth(written.occurred, [born for born in births if born is not None])
    missed = [subject.person for subject in written.concerned if subject.seen in NO_ACCESS]
    before = _rows(missed)
    entry = write_entry(
        by=by,
        kind=kind,
        entry=new_id(),
        concerned=written.concerned,
        words=written.words,
        occurred=written.occurred,
        documents=written.documents,
        post=post,
        agency=agency,
        at=at,
    )
    for action in written.actions:
        open_step(
            by=by,
            kind="action",
            post=action.post,
            people=[subject.person for subject in written.concerned],
            words=action.what.strip(),
            due_at=end_of_day(action.due_on) if action.due_on else None,
            arose_from=entry,
            at=at,
        )
    _tell_of_no_access(by, entry, before, post, at)
    return entry


def _rows(children: list[UUID]) -> dict[UUID, int]:
    seen = last_seen_of(children) if children else {}
    return {child: seen[child].not_seen_in_a_row if child in seen else 0 for child in children}


def _tell_of_no_access(by: Actor, entry: UUID, before: dict[UUID, int], post: UUID | None, at: datetime) -> None:
    if not before:
        return
    number = get_threshold("no_access.in_a_row", local_day(at)).number
    after = _rows(list(before))
    children = [child for child in before if makes_a_pattern(before[child], after[child], number)]
    carriers = get_carriers(children) if children else {}
    for child in children:
        # A child whom no post carries any more is told of where it was found.
        carrier = carriers.get(child) or post or min(by.posts, default=None)
        if carrier is None:
            continue
        for told in dict.fromkeys(one for one in (carrier, manager_of(carrier)) if one is not None):
            tell(post=told, kind="no_access", person=child, subject=entry, at=at)
