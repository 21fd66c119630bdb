"""Endings: asked for by a worker, authorised or returned by a manager. Part of this room's operations and queries.

What was open when an involvement ended stands beside the closing summary, each with what became of
it, or why that was accepted and by whom. Episodes and plans are closed by the journey that calls this.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.practice.queries import current_pack
from sightline.practice.rules import due_from
from sightline.record.entries import write_entry
from sightline.record.models import Ending, Entry, EntrySubject, LeftOpen, Passage, Step, StepSubject
from sightline.record.permissions import refuse_unless_may_authorise, refuse_unless_may_write
from sightline.record.rules import Concerned, Words
from sightline.record.step_people import goes_on_without
from sightline.record.steps import close_step, open_step

AUTHORISE = "authorise_ending"
CLOCK = "ending.authorise"
LONGEST = 500
"""Characters of an outcome or of a reason for what was left open."""


@dataclass(frozen=True)
class LeftOpenGiven:
    """Something that was open: what became of it, or why it is accepted that it is open still.

    `children` are those whom it concerns; without any, it concerns everybody whom the entry does.
    """

    kind: str
    subject: UUID | None
    words: str
    outcome: str = ""
    accepted_because: str = ""
    children: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class EndingView:
    """An ending that was asked for, and where it stands. `entry` is the closing summary on the record."""

    step: UUID
    post: UUID
    children: tuple[UUID, ...]
    due_at: datetime | None
    reason: str
    what_changed: str
    how_to_come_back: str
    who_holds_worry: str
    asked_by: UUID
    asked_at: datetime
    returned_at: datetime | None
    returned_because: str
    authorised_at: datetime | None
    authorised_by: UUID | None
    entry: UUID | None

    @property
    def waits(self) -> bool:
        """Whether a manager has still to answer."""
        return self.returned_at is None and self.authorised_at is None


@dataclass(frozen=True)
class LeftOpenView:
    """What was open at an ending or a decision, and what was said of it, by whom."""

    entry: UUID
    kind: str
    subject: UUID | None
    words: str
    outcome: str
    accepted_because: str
    by: UUID


@dataclass(frozen=True)
class DisputedView:
    """An entry that somebody of the family does not agree with, as it stands: `root` names it through corrections."""

    root: UUID
    children: tuple[UUID, ...]
    occurred_at: datetime
    added_at: datetime | None


@act("ask_to_end")
def ask_to_end(
    *,
    by: Actor,
    children: Iterable[UUID],
    reason: str,
    what_changed: str,
    how_to_come_back: str,
    who_holds_worry: str,
    post: UUID,
    at: datetime,
) -> UUID:
    """Ask a manager's post to end the involvement with one child or several; returns its step.

    `reason` is a key of the practice pack. Refuses a summary without what changed, how to come
    back, or who holds the worry from now on, and a child whose ending already waits for an answer.
    """
    for field, given, sentence in (
        ("reason", reason, "Choose why involvement ends."),
        ("what_changed", what_changed, "Say what has changed for each child. If nothing has, say that."),
        ("how_to_come_back", how_to_come_back, "Say how the family and others come back to us."),
        ("who_holds_worry", who_holds_worry, "Say who holds the worry from now on. If nobody is worried, say that."),
    ):
        if not given.strip():
            raise Refusal(sentence, field=field)
    for_whom = list(dict.fromkeys(children))
    if not for_whom:
        raise Refusal("Choose at least one child.", field="children")
    refuse_unless_may_write(by, for_whom)
    _refuse_second(for_whom)
    pack = current_pack(at)
    step = open_step(
        by=by,
        kind=AUTHORISE,
        post=post,
        people=for_whom,
        words="Authorise the ending, or return it",
        due_at=due_from(pack.timescale(CLOCK, local_day(at)), at),
        due_rule=pack.cite(CLOCK),
        at=at,
    )
    Ending.objects.create(
        step_id=step,
        reason=reason.strip(),
        what_changed=what_changed.strip(),
        how_to_come_back=how_to_come_back.strip(),
        who_holds_worry=who_holds_worry.strip(),
        asked_by=by.id,
        asked_at=at,
    )
    return step


def _refuse_second(children: Iterable[UUID]) -> None:
    waiting = StepSubject.objects.filter(person__in=list(children), step__kind=AUTHORISE, step__closed_at=None)
    if waiting.exists():
        raise Refusal(
            "An ending was asked for already for one of these children, and waits for a manager. "
            "Ask them to return it if something has to change.",
            field="children",
        )


@act("return_ending")
def return_ending(*, by: Actor, step: UUID, words: str, at: datetime) -> None:
    """Give an ending back to whoever asked for it, with what is still to do. The words are required."""
    refuse_unless_may_authorise(by)
    if not words.strip():
        raise Refusal("Say what is still to be done before this can end.", field="words")
    found = _waiting(step)
    found.returned_at, found.returned_because = at, words.strip()
    found.save(update_fields=["returned_at", "returned_because"])
    close_step(by=by, step=step, outcome="Returned", at=at)


@act("write_ending")
def write_ending(*, by: Actor, step: UUID, left_open: Sequence[LeftOpenGiven], closed_on: date, at: datetime) -> UUID:
    """Authorise an ending: the closing summary stands on the record of each child; returns its entry.

    Each thing left open needs an outcome, or the reason for which the manager accepts it by name.
    Only a manager authorises, who sees every child of the request: else it would be answered for one
    whose involvement goes on. Refuses a day that is still to come. Working Together 2023, chapter 3.
    """
    refuse_unless_may_authorise(by)
    if closed_on > local_day(at):
        raise Refusal("That day is still to come. Give the day on which involvement ended.", field="closed_on")
    ending = _waiting(step)
    children = list(StepSubject.objects.filter(step=step).values_list("person_id", flat=True))
    refuse_ending_in_part(step, children)
    said = {
        "what_changed": ending.what_changed,
        "how_to_come_back": ending.how_to_come_back,
        "who_holds_worry": ending.who_holds_worry,
    }
    pack = current_pack(at)
    entry = write_entry(
        by=by,
        kind=Entry.Kind.CLOSURE,
        concerned=[Concerned(child) for child in children],
        words=[Words(text, about=tuple(children), heading=heading) for heading, text in said.items()],
        occurred=When.exactly(at) if closed_on == local_day(at) else When.on(closed_on),
        form=f"{pack.key}:{pack.version}",
        at=at,
    )
    leave_open(by=by, entry=entry, left_open=left_open, at=at)
    ending.authorised_at, ending.authorised_by, ending.entry_id = at, by.id, entry
    ending.save(update_fields=["authorised_at", "authorised_by", "entry"])
    close_step(by=by, step=step, closed_by=entry, outcome="Authorised", at=at)
    return entry


@act("leave_open")
def leave_open(*, by: Actor, entry: UUID, left_open: Sequence[LeftOpenGiven], at: datetime) -> None:
    """Keep what was open beside the ending or the decision that left it so, each with its answer.

    Refuses one with neither an outcome nor a reason, and anybody but a manager where there is one.
    """
    if not left_open:
        return
    refuse_unless_may_authorise(by)
    for one in left_open:
        if not (one.outcome.strip() or one.accepted_because.strip()):
            raise Refusal(f"Say what became of it, or why you accept that it is open: {one.words}", field="left_open")
        if max(len(one.outcome), len(one.accepted_because)) > LONGEST:
            raise Refusal(f"Keep each answer to {LONGEST} characters; the rest goes in a note.", field="left_open")
    everybody = list(EntrySubject.objects.filter(entry=entry).values_list("person_id", flat=True))
    LeftOpen.objects.bulk_create(
        LeftOpen(
            entry_id=entry,
            kind=one.kind,
            subject=one.subject,
            children=list(one.children) or everybody,
            words=one.words[:300],
            outcome=one.outcome.strip(),
            accepted_because=one.accepted_because.strip(),
            by=by.id,
        )
        for one in left_open
    )
    touch(*everybody, left_open=len(left_open))


def refuse_ending_in_part(step: UUID, children: Iterable[UUID]) -> None:
    """Refuse an answer to a request that was made for a child as well whose record is closed to whoever answers."""
    if goes_on_without(step, children):
        raise Refusal(
            "Part of what was asked for here is not open to you, so you cannot answer for the whole. "
            "Ask the service manager to answer it, or return it and say so."
        )


def _waiting(step: UUID) -> Ending:
    found = Ending.objects.filter(step=step).first()
    if found is None or not Step.objects.select_for_update().filter(id=step, closed_at=None).exists():
        raise NotFound("There is no ending here that waits for an answer. Look at the record for how it went.")
    return found


def get_ending(step: UUID) -> EndingView:
    """An ending by its step, also once it was returned or authorised. Absent and hidden read alike."""
    found = _views(Ending.objects.filter(step=step).select_related("step"))
    if not found:
        raise NotFound("There is no such ending among the work that you can see.")
    return found[0]


def list_endings(children: Iterable[UUID]) -> list[EndingView]:
    """Every ending that was asked for, for any of these children, latest first; three queries at most."""
    steps = StepSubject.objects.filter(person__in=list(children), step__kind=AUTHORISE).values("step")
    return _views(Ending.objects.filter(step__in=steps).select_related("step").order_by("-asked_at", "-step"))


def _views(endings: Iterable[Ending]) -> list[EndingView]:
    found = list(endings)
    people: dict[UUID, list[UUID]] = defaultdict(list)
    rows = StepSubject.objects.filter(step__in=[one.step_id for one in found])
    for step, person in rows.values_list("step", "person"):
        people[step].append(person)
    return [
        EndingView(
            step=one.step_id,
            post=one.step.post_id,
            children=tuple(people[one.step_id]),
            due_at=one.step.due_at,
            reason=one.reason,
            what_changed=one.what_changed,
            how_to_come_back=one.how_to_come_back,
            who_holds_worry=one.who_holds_worry,
            asked_by=one.asked_by,
            asked_at=one.asked_at,
            returned_at=one.returned_at,
            returned_because=one.returned_because,
            authorised_at=one.authorised_at,
            authorised_by=one.authorised_by,
            entry=one.entry_id,
        )
        for one in found
        # Whoever may see none of the children is told nothing of the ending.
        if one.step_id in people
    ]


def list_left_open(entries: Iterable[UUID]) -> Mapping[UUID, list[LeftOpenView]]:
    """What was open at each of these endings and decisions, in the order in which it was answered; one query."""
    found: dict[UUID, list[LeftOpenView]] = defaultdict(list)
    for row in LeftOpen.objects.filter(entry__in=list(entries)).order_by("id"):
        found[row.entry_id].append(
            LeftOpenView(row.entry_id, row.kind, row.subject, row.words, row.outcome, row.accepted_because, row.by)
        )
    return found


def list_disputed(children: Iterable[UUID]) -> list[DisputedView]:
    """What stands on these children's records and a parent or young person does not agree with; two queries."""
    wanted = list(dict.fromkeys(children))
    subjects: dict[UUID, list[UUID]] = defaultdict(list)
    theirs = EntrySubject.objects.filter(person__in=wanted, superseded_at=None, withdrawn_at=None)
    accounts = Passage.objects.filter(disagrees=True, entry__in=theirs.values("entry")).select_related("entry")
    found = {one.entry_id: one for one in accounts.order_by("added_at")}
    for entry, person in theirs.filter(entry__in=found).values_list("entry", "person"):
        subjects[entry].append(person)
    return [
        DisputedView(one.entry.root, tuple(subjects[entry]), one.entry.occurred_from, one.added_at)
        for entry, one in found.items()
        if entry in subjects
    ]
