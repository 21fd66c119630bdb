"""What the acts of this room find before they write, and how they write an entry. Part of its operations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.enquiries.models import Account, Discussion, Enquiry, Medical, Order
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.people.queries import get_names
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from, rule_on
from sightline.record.models import Entry, Step
from sightline.record.operations import close_step, write_entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.queries import get_standing, goes_on_without, list_entries
from sightline.record.rules import Concerned, Words


def chosen(by: Actor, children: Iterable[UUID]) -> list[UUID]:
    """The children an act is for, each once. Refuses nobody, and whoever the writer may not see."""
    found = list(dict.fromkeys(children))
    if not found:
        raise Refusal("Choose at least one child.", field="children")
    refuse_unless_may_write(by, found)
    return found


def hold_discussion(discussion: UUID) -> Discussion:
    """The discussion, held until this act is over. Absent and hidden read alike."""
    found = Discussion.objects.select_for_update().filter(step_id=discussion).first()
    if found is None:
        raise NotFound("There is no such strategy discussion among the children that you work with.")
    return found


def hold_enquiry(enquiry: UUID) -> Enquiry:
    """The enquiry, held until this act is over. Absent and hidden read alike."""
    found = Enquiry.objects.select_for_update().filter(step_id=enquiry).first()
    if found is None:
        raise NotFound("There is no such enquiry among the children that you work with.")
    return found


def hold_medical(medical: UUID) -> Medical:
    """The examination, held until this act is over. Absent and hidden read alike."""
    found = Medical.objects.select_for_update().filter(step_id=medical).first()
    if found is None:
        raise NotFound("There is no such medical examination among the children that you work with.")
    return found


def hold_order(order: UUID) -> Order:
    """The order, held until this act is over. Absent and hidden read alike."""
    found = Order.objects.select_for_update().filter(step_id=order).first()
    if found is None:
        raise NotFound("There is no such order among the children that you work with.")
    return found


def write(
    by: Actor,
    kind: Entry.Kind,
    children: Sequence[UUID],
    words: Sequence[Words],
    at: datetime,
    *,
    step: UUID,
    occurred: When | None = None,
    documents: Iterable[UUID] = (),
    entry: UUID | None = None,
) -> UUID:
    """An entry that belongs to a discussion, an enquiry, an examination or an order, by the step that carries it."""
    written = write_entry(
        by=by,
        kind=kind,
        concerned=[Concerned(child) for child in children],
        words=words,
        occurred=occurred,
        post=post_of(by, step),
        answers={"step": str(step)},
        documents=documents,
        entry=entry,
        at=at,
    )
    Account.objects.create(entry_id=written, step_id=step)
    return written


def post_of(by: Actor, step: UUID) -> UUID | None:
    """In which of their posts somebody writes: the one that carries it, if it is theirs."""
    carried = Step.objects.filter(id=step).values_list("post_id", flat=True).first()
    return carried if carried in by.posts else min(by.posts, default=None)


def carrier(by: Actor, post: UUID | None) -> UUID:
    """The post that carries what begins: the one given, or the writer's own."""
    found = post or min(by.posts, default=None)
    if found is None:
        raise Refusal("Choose the post that carries this.", field="post")
    return found


def due(key: str, since: datetime, at: datetime) -> dict[str, Any]:
    """When something that was asked for is due, and by which dated rule; nothing where the pack has none."""
    pack = current_pack(at)
    rule = rule_on(pack, key, local_day(since))
    return {"due_at": due_from(rule, since), "due_rule": pack.cite(key)} if rule else {}


def end_step(
    by: Actor, step: UUID, at: datetime, *, closed_by: UUID | None = None, outcome: str = "", late_because: str = ""
) -> None:
    """Close a step once: what is recorded late of the same thing changes nothing about the waiting."""
    if Step.objects.filter(id=step, closed_at=None).exists():
        close_step(by=by, step=step, closed_by=closed_by, outcome=outcome[:200], late_because=late_because, at=at)


def end_step_when_done_for(
    by: Actor, step: UUID, done: Iterable[UUID], at: datetime, *, closed_by: UUID, outcome: str, late_because: str = ""
) -> bool:
    """Close a step when it is done for every child, also those whom whoever acts may not see. Whether it closed."""
    if not Step.objects.filter(id=step, closed_at=None).exists() or goes_on_without(step, done):
        return False
    end_step(by, step, at, closed_by=closed_by, outcome=outcome, late_because=late_because)
    return True


def names_of(children: Iterable[UUID]) -> dict[UUID, str]:
    """What each child is called, for a sentence; whoever may not be seen is left out."""
    return {key: one.known_as or one.name for key, one in get_names(people=children).items()}


def unborn(children: Iterable[UUID]) -> dict[UUID, str]:
    """Those of the children who are not yet born, with what they are called."""
    return {key: one.known_as or one.name for key, one in get_names(people=children).items() if one.birth == "expected"}


def words_of(entry: UUID | None, heading: str, child: UUID) -> str:
    """What stands under a heading about one child, as it stands after every correction."""
    found = get_standing(entry) if entry else None
    if found is None:
        return ""
    return "\n\n".join(one.text for one in found.passages if one.heading == heading and child in one.about)


def all_words_of(step: UUID) -> str:
    """What was recorded of a discussion or an enquiry so far, as far as the reader may see it."""
    roots = list(Account.objects.filter(step_id=step).order_by("entry").values_list("entry", flat=True))
    entries = list_entries(roots)
    return "\n\n".join(one.text for root in roots if root in entries for one in entries[root].paragraphs)
