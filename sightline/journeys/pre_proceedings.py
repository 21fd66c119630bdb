"""From a manager's decision to begin pre-proceedings to the worker who carries them, who is told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.court.operations import begin
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import Refusal
from sightline.plans.queries import list_plans
from sightline.record.operations import tell
from sightline.record.queries import get_carriers


@act("begin_before_court")
def begin_before_court(
    *,
    by: Actor,
    children: Iterable[UUID],
    decided_on: date,
    why: str,
    at: datetime,
    post: UUID | None = None,
    advice: str = "",
    documents: Sequence[UUID] = (),
) -> UUID:
    """A manager begins pre-proceedings for these children; whoever carries the first of them carries these too.

    Without an allocated worker it is whoever carries the child's plan, else the manager. The post is told.
    Refuses what `court.operations.begin` does.
    """
    chosen = list(dict.fromkeys(children))
    carrier = post or _carrier(by, chosen)
    step = begin(
        by=by, children=chosen, decided_on=decided_on, why=why, post=carrier, advice=advice, documents=documents, at=at
    )  # fmt: skip
    if carrier not in by.posts:
        tell(post=carrier, kind="pre_proceedings_yours", person=chosen[0], subject=step, at=at)
    return step


def _carrier(by: Actor, children: Sequence[UUID]) -> UUID:
    carriers = get_carriers(children)
    allocated = next((carriers[child] for child in children if child in carriers), None)
    planned = next((one.post for one in list_plans(children) if one.post), None) if allocated is None else None
    found = allocated or planned or min(by.posts, default=None)
    if found is None:
        raise Refusal("Choose the post that carries this.", field="post")
    return found
