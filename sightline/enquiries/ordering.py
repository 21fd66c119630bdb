"""Orders that keep a child safe for a time. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.enquiries.models import Order
from sightline.enquiries.rules import (
    CLOCK_OF,
    EMERGENCY,
    EXTENDED,
    LINE,
    NAME,
    moment_words,
    refuse_blank,
    refuse_future,
    refuse_unless_within,
    runs_out,
)
from sightline.enquiries.standing import carrier, chosen, end_step, hold_order, unborn, write
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.practice.queries import current_pack, packs_on
from sightline.practice.spec import Pack
from sightline.record.models import Entry
from sightline.record.operations import open_step
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Words

STEP = "order"


@act("record_order")
def record_order(
    *,
    by: Actor,
    child: UUID,
    kind: str,
    began_at: datetime,
    at: datetime,
    made_by: str = "",
    words: str = "",
    where_kept: str = "",
    until: datetime | None = None,
    extends: UUID | None = None,
    post: UUID | None = None,
) -> UUID:
    """Record police protection, an emergency protection order, or its extension; returns the step that ends with it.

    It runs by the clock: 72 hours, 8 days, and 7 more, through nights and weekends, to the same time.
    `until` is kept only where the court gave another time. It may be recorded late, also when it has run
    out. Refuses an order on a child before birth, more time than the law gives, and an extension of
    anything but an emergency protection order, twice, or after it ran out (Children Act 1989, sections 44 to 46).
    """
    (whom,) = chosen(by, [child])
    _refuse_before_birth(whom)
    if kind not in CLOCK_OF:
        raise Refusal("Choose which order this is.", field="kind")
    refuse_longer(made_by, NAME, field="made_by", what="who made it")
    extended = _extended(kind, whom, extends, began_at)
    if extended is None:
        refuse_future(began_at, at=at, field="began_at")
    by_law = runs_out(_pack(began_at), kind, began_at)
    refuse_unless_within(kind, until, began_at=began_at, by_law=by_law)
    ends = until or by_law
    step = open_step(
        by=by, kind=STEP, post=carrier(by, post), people=[whom], words=str(Order.Kind(kind).label), due_at=ends,
        due_rule=current_pack(at).cite(CLOCK_OF[kind]), at=at,
    )  # fmt: skip
    entry = write(
        by, Entry.Kind.ORDER, [whom], [Words(_said(kind, began_at, ends, made_by, words), (whom,), heading=STEP)], at,
        step=step, occurred=When.exactly(min(began_at, at)),
    )  # fmt: skip
    Order.objects.create(
        step_id=step, child_id=whom, kind=kind, extends_id=extends, began_at=began_at,
        until=None if until in (None, by_law) else until, made_by=made_by.strip(), where_kept=where_kept.strip(),
        entry_id=entry, recorded_at=at,
    )  # fmt: skip
    if extended is not None:
        end_step(by, extended.step_id, at, closed_by=entry, outcome="Extended")
    return step


@act("end_order")
def end_order(*, by: Actor, order: UUID, ended_at: datetime, because: str, at: datetime) -> UUID:
    """Say when an order ended and why: released, discharged, run out, or another order took its place.

    Refuses a time to come, before it began or after the law ended it, and no reason.
    """
    found = hold_order(order)
    refuse_unless_may_write(by, [found.child_id])
    refuse_future(ended_at, at=at, field="ended_at")
    why = refuse_blank(because, "Say why it ended, and where the child is now.", field="because")
    refuse_longer(why, LINE, field="because", what="why it ended")
    if found.ended_at is not None:
        raise Refusal(f"This ended at {moment_words(found.ended_at)}. Look at the record for how.")
    if ended_at < found.began_at:
        raise Refusal(f"It began at {moment_words(found.began_at)}, and cannot end before that.", field="ended_at")
    last = runs_out_at(found)
    if ended_at > last:
        raise Refusal(f"It ran out at {moment_words(last)}. Enter that time, or an earlier one.", field="ended_at")
    label = Order.Kind(found.kind).label
    entry = write(
        by, Entry.Kind.ORDER, [found.child_id],
        [Words(f"{label} ended at {moment_words(ended_at)}. {why}", (found.child_id,), heading="order_ended")], at,
        step=order, occurred=When.exactly(ended_at),
    )  # fmt: skip
    found.ended_at, found.ended_because = ended_at, why
    found.save(update_fields=["ended_at", "ended_because"])
    end_step(by, order, at, closed_by=entry, outcome="Ended")
    return entry


@act("say_where_kept")
def say_where_kept(*, by: Actor, order: UUID, where_kept: str, at: datetime) -> None:
    """Say where a child who is under an order is kept, also later than the order was recorded."""
    found = hold_order(order)
    refuse_unless_may_write(by, [found.child_id])
    found.where_kept = refuse_blank(where_kept, "Say where the child is kept.", field="where_kept")
    found.save(update_fields=["where_kept"])


def runs_out_at(found: Order) -> datetime:
    """When an order runs out: by the law, or when the court said."""
    return found.until or runs_out(_pack(found.began_at), found.kind, found.began_at)


def _pack(began_at: datetime) -> Pack:
    day = local_day(began_at)
    return packs_on([day])[day]


def _refuse_before_birth(child: UUID) -> None:
    name = unborn([child]).get(child)
    if name is not None:
        raise Refusal(
            f"{name} is not yet born, and the law knows no order before birth. Agree with the hospital and the police "
            "what happens at the birth, write it into the plan, and record the order once the child is born.",
            field="kind",
        )


def _extended(kind: str, child: UUID, extends: UUID | None, began_at: datetime) -> Order | None:
    """The order that is extended. Children Act 1989, section 45(4) to (6): by up to seven days, and once."""
    if extends is None:
        if kind == EXTENDED:
            raise Refusal("Choose which emergency protection order the court has extended.", field="extends")
        return None
    found = hold_order(extends)
    if found.child_id != child:
        raise NotFound("There is no such order for this child.")
    if kind != EXTENDED or found.kind != EMERGENCY:
        raise Refusal(
            "Only an emergency protection order is extended. Record another order as a new one.", field="kind"
        )
    if Order.objects.filter(extends_id=extends).exists():
        raise Refusal("This order was extended already, and the law extends it once.", field="extends")
    last = found.ended_at or runs_out_at(found)
    if not found.began_at <= began_at <= last:
        raise Refusal(
            f"An extension begins while the order is in force: by {moment_words(last)}. Check the time; after that "
            "the court makes a new order.",
            field="began_at",
        )
    return found


def _said(kind: str, began_at: datetime, ends: datetime, made_by: str, words: str) -> str:
    by_whom = f", by {made_by.strip()}" if made_by.strip() else ""
    said = f"{Order.Kind(kind).label} from {moment_words(began_at)}{by_whom}. It runs out at {moment_words(ends)}."
    return f"{said}\n\n{words.strip()}".strip()
