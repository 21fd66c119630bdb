"""What a plan says today: its terms, what is to be different, and who does what. Part of this room's operations."""

from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal, Stale
from sightline.kernel.london import end_of_day
from sightline.kernel.references import new_id
from sightline.plans.models import Action, Outcome, Terms
from sightline.plans.permissions import refuse_unless_may_plan
from sightline.plans.rules import refuse_blank
from sightline.plans.standing import carrier_of, children_on, open_to
from sightline.record.operations import open_step

MOST = 200


@act("set_terms")
def set_terms(
    *,
    by: Actor,
    plan: UUID,
    at: datetime,
    contingency: str = "",
    further_action: str = "",
    standing: UUID | None = None,
) -> UUID:
    """Say what holds for the whole plan: the contingency, and the point at which further action is taken.

    `standing` is the key of the terms that the writer had before them, None where there were none; where a
    colleague wrote others meanwhile, `Stale` carries both texts. What stood before is kept.
    """
    open_to(by, plan)
    latest = Terms.objects.filter(plan_id=plan, to_at=None).first()
    new = Terms(
        plan_id=plan, contingency=contingency.strip(), further_action=further_action.strip(), from_at=at, by=by.id,
    )  # fmt: skip
    if latest is not None:
        if latest.id != standing:
            raise _stale("the terms of this plan", _text(latest), _text(new))
        Terms.objects.filter(id=latest.id).update(to_at=at)
    new.save(force_insert=True)
    touch(*children_on(plan))
    return new.id


def _text(terms: Terms) -> str:
    return f"{terms.contingency}\n\n{terms.further_action}".strip()


def _stale(what: str, theirs: str, yours: str) -> Stale:
    return Stale(
        f"A colleague changed {what} while you were writing. Both texts are shown; save again if yours should stand.",
        theirs=theirs,
        yours=yours,
    )


@act("add_outcome")
def add_outcome(
    *,
    by: Actor,
    plan: UUID,
    words: str,
    at: datetime,
    child: UUID | None = None,
    childs_words: str = "",
    how_we_know: str = "",
) -> UUID:
    """Say what is to be different, for one child or for all of them; returns its root, which stays the same.

    Where the child has words for it, they stand beside the worker's. Either may be given.
    """
    open_to(by, plan)
    _refuse_child_elsewhere(plan, child)
    said = refuse_blank(words or childs_words, "Say what is to be different.", field="words")
    root = new_id()
    Outcome.objects.create(
        root=root, plan_id=plan, child_id=child, words=said, childs_words=childs_words.strip(),
        how_we_know=how_we_know.strip(), position=Outcome.objects.filter(plan_id=plan).count(), from_at=at, by=by.id,
    )  # fmt: skip
    touch(*([child] if child else children_on(plan)))
    return root


def _refuse_child_elsewhere(plan: UUID, child: UUID | None) -> None:
    if child is not None and child not in children_on(plan):
        raise Refusal("This child is not on the plan. Put them on it first.", field="child")


@act("reword_outcome")
def reword_outcome(
    *,
    by: Actor,
    outcome: UUID,
    words: str,
    at: datetime,
    childs_words: str = "",
    how_we_know: str = "",
    standing: UUID | None = None,
) -> UUID:
    """Say an outcome (its root) otherwise; its progress stays with it, and the words before are kept.

    `standing` is the key of the words that the writer had before them. Where a colleague reworded or
    ended it meanwhile, `Stale` carries both texts. Returns the key of the new words.
    """
    said = refuse_blank(words or childs_words, "Say what is to be different.", field="words")
    old = _standing(by, outcome, standing, yours=said)
    Outcome.objects.filter(id=old.id).update(to_at=at)
    new = Outcome(
        root=old.root, plan_id=old.plan_id, child_id=old.child_id, words=said, childs_words=childs_words.strip(),
        how_we_know=how_we_know.strip(), position=old.position, from_at=at, by=by.id,
    )  # fmt: skip
    new.save(force_insert=True)
    touch(*([old.child_id] if old.child_id else children_on(old.plan_id)))
    return new.id


def _standing(by: Actor, root: UUID, standing: UUID | None, *, yours: str) -> Outcome:
    """The words of an outcome that stand, held until this act is over: two at once take their turns."""
    refuse_unless_may_plan(by)
    plan = Outcome.objects.filter(root=root).order_by("-from_at").values_list("plan_id", flat=True).first()
    if plan is None:
        raise NotFound("There is no such outcome on a plan that you work with.")
    open_to(by, plan)
    latest = Outcome.objects.filter(root=root).order_by("-from_at", "-id")[0]
    if latest.to_at is not None or (standing is not None and latest.id != standing):
        ended = f" (ended: {latest.ended_because})" if latest.to_at is not None else ""
        raise _stale("this outcome", f"{latest.words}{ended}", yours)
    return latest


@act("end_outcome")
def end_outcome(*, by: Actor, outcome: UUID, because: str, at: datetime, standing: UUID | None = None) -> None:
    """Take an outcome (its root) off the plan: it is reached, or no longer aimed at. Refuses no reason."""
    said = refuse_blank(because, "Say why this outcome is ended: it is reached, or why it is no longer aimed at.",
                        field="because")  # fmt: skip
    old = _standing(by, outcome, standing, yours=said)
    Outcome.objects.filter(id=old.id).update(to_at=at, ended_because=said[:300])
    touch(*([old.child_id] if old.child_id else children_on(old.plan_id)))


@act("agree_action")
def agree_action(
    *,
    by: Actor,
    plan: UUID,
    what: str,
    who: str,
    post: UUID | None,
    at: datetime,
    outcome: UUID | None = None,
    why: str = "",
    by_when: date | None = None,
) -> UUID:
    """Agree that somebody does something: anyone, of any agency or of the family, by when and why.

    `outcome` is the root of what it is for. A post of ours carries it as a step, so that it is never
    nobody's: the post given, else the one that carries the plan. Refuses no words and nobody named.
    """
    open_to(by, plan)
    doing = refuse_blank(what, "Say what is to be done.", field="what")
    doer = refuse_blank(who, "Say who does it: somebody of the family, a worker, an agency.", field="who")
    aim = _aim(plan, outcome)
    carried = post or carrier_of(plan) or min(by.posts, default=None)
    if carried is None:
        raise Refusal("Choose the post that sees to it that this is done.", field="post")
    step = open_step(
        by=by,
        kind="action",
        post=carried,
        people=[aim.child_id] if aim and aim.child_id else children_on(plan),
        words=doing[:MOST],
        due_at=end_of_day(by_when) if by_when else None,
        subject=plan,
        at=at,
    )
    more = f"{doing}\n\n" if len(doing) > MOST else ""
    Action.objects.create(
        step_id=step, plan_id=plan, outcome=aim.root if aim else None, who=doer[:MOST], why=f"{more}{why.strip()}",
    )  # fmt: skip
    return step


def _aim(plan: UUID, root: UUID | None) -> Outcome | None:
    if root is None:
        return None
    found = Outcome.objects.filter(plan_id=plan, root=root, to_at=None).first()
    if found is None:
        raise NotFound("There is no such outcome on this plan. Choose one that it has.")
    return found
