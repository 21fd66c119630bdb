"""What is open about children: asked before an involvement ends, and before a contact is no further action.

Read as whoever asks: what they may not see is not told them. A fixed number of queries, however many
children there are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sightline.assessments.queries import RoundView, list_open_rounds
from sightline.disagreements.queries import list_disagreements
from sightline.front_door.queries import ContactView, list_contacts_about, list_same_incident
from sightline.kernel.dates import day_words, local_day
from sightline.kernel.errors import Refusal
from sightline.partnership.queries import list_messages_of, list_replies_of
from sightline.people.queries import get_names, list_network, list_unidentified
from sightline.plans.queries import list_against
from sightline.record.endings import AUTHORISE
from sightline.record.operations import LeftOpenGiven
from sightline.record.queries import (
    EndingView,
    OpenStep,
    kept_apart_for,
    list_disputed,
    list_endings,
    list_left_open,
    list_mentions,
    list_steps_for,
)

FRONT_DOOR_DECIDES = "The ending does not close this. The front door still decides it."
GOES_ON = "The ending does not close this for the children who stay."
STAYS_OPEN = "The ending does not close this. It stays on the record as it is."


OF_OTHERS = frozenset({AUTHORISE, "authorise_assessment", "ask_to_end"})
"""Steps that are part of something else that is told: the ending itself, and the signing of an assessment."""


@dataclass(frozen=True)
class Matter:
    """Something open. `subject` and `kind` name it; `steps` are what an ending closes with its answer.

    `children` are those of the children asked about whom it concerns. `url_kind` names the page on
    which it can be dealt with, and `url_key` that page's key. `stays` says why an ending does not close it.
    """

    kind: str
    subject: UUID
    words: str
    children: tuple[UUID, ...]
    url_kind: str = ""
    url_key: UUID | None = None
    steps: tuple[UUID, ...] = ()
    stays: str = ""
    opened_at: datetime | None = None

    @property
    def child(self) -> UUID | None:
        """The first child whom it concerns."""
        return next(iter(self.children), None)

    @property
    def name(self) -> tuple[str, UUID]:
        """What an answer to it is kept under."""
        return self.kind, self.subject


@dataclass(frozen=True)
class Answer:
    """What became of something open, or why a manager accepts by name that it is open."""

    outcome: str = ""
    accepted_because: str = ""

    @property
    def given(self) -> str:
        """Whichever of the two was said."""
        return self.outcome.strip() or self.accepted_because.strip()


Answers = Mapping[tuple[str, UUID], Answer]


def answered(matters: Sequence[Matter], answers: Answers) -> list[LeftOpenGiven]:
    """Each matter with its answer, as it is kept beside the ending or the decision. Refuses one without."""
    silent = [one.words for one in matters if not answers.get(one.name, Answer()).given]
    if silent:
        raise Refusal(
            f"Say what became of it, or why you accept that it is open: {'; '.join(silent)}.", field="left_open"
        )
    return [
        LeftOpenGiven(
            one.kind,
            one.subject,
            one.words,
            answers[one.name].outcome.strip(),
            answers[one.name].accepted_because.strip(),
            one.children,
        )
        for one in matters
    ]


@dataclass(frozen=True)
class Around:
    """All that is read before matters are told from it."""

    children: tuple[UUID, ...]
    at: datetime
    steps: Sequence[OpenStep]
    other_children: frozenset[UUID]
    contacts: Sequence[ContactView] = ()
    endings: Sequence[EndingView] = ()
    left: Collection[tuple[str, UUID | None]] = field(default_factory=frozenset)


def list_open_matters(*, children: Iterable[UUID], at: datetime, besides: Collection[UUID] = ()) -> list[Matter]:
    """Everything that is open about these children, of whatever room, in the order in which pages show it.

    Contacts to decide, people without feedback, assessments, evidence and services asked for, visits
    with no outcome, actions and other steps, disagreements, adults not identified, and plans.
    `besides` are contacts of which nothing is told: the one being decided.
    """
    around = _read(tuple(dict.fromkeys(children)), at, besides)
    return [matter for source in (_steps, _disagreements, _against, _adults) for matter in source(around)]


def matters_beside(contact: ContactView, *, at: datetime) -> list[Matter]:
    """What else is open about the children of a contact: not the contact itself, nor reports of the same incident.

    An adult who is not identified is left out, since that is found out whatever is decided.
    """
    besides = {contact.id, *list_same_incident(contact)}
    found = list_open_matters(children=contact.children, at=at, besides=besides)
    return [matter for matter in found if matter.kind != "adult"]


def matters_beside_round(found: RoundView, *, at: datetime) -> list[Matter]:
    """What else is open about the children of a round: not the round, nor what its signature closes with it.

    An adult who is not identified is left out, as where a contact is decided.
    """
    begun = {one.id for one in list_open_rounds(children=found.children)} - {found.id}
    matters = list_open_matters(children=found.children, at=at, besides={found.id})
    return [one for one in matters if one.kind != "adult" and (one.kind != "assessment" or one.subject in begun)]


def _read(children: tuple[UUID, ...], at: datetime, besides: Collection[UUID]) -> Around:
    steps = [one for one in list_steps_for(children) if one.kind not in OF_OTHERS and one.subject not in besides]
    # What is kept apart is not the family's record, and goes on whatever ends.
    apart = kept_apart_for([one.arose_from for one in steps if one.arose_from])
    steps = [one for one in steps if one.arose_from not in apart]
    everybody = {person for step in steps for person in step.people} - set(children)
    others = frozenset(key for key, one in get_names(people=everybody).items() if one.kind == "child")
    contacts = [one for one in list_contacts_about(children) if one.id not in besides]
    endings = list_endings(children)
    entries = [one.entry for one in endings if one.entry]
    entries += [one.decision.entry for one in contacts if one.decision]
    left = {(one.kind, one.subject) for rows in list_left_open(entries).values() for one in rows}
    return Around(children, at, steps, others, contacts, endings, left)


def _steps(around: Around) -> Iterator[Matter]:
    told: dict[UUID | None, list[OpenStep]] = {}
    for step in around.steps:
        if step.kind in FEEDBACK:
            told.setdefault(step.subject or step.id, []).append(step)
    rest = [step for step in around.steps if step.kind not in FEEDBACK]
    for kind, makes in MAKES.items():
        yield from (makes(around, step) for step in rest if step.kind == kind and not _lies_ahead(step, around.at))
    yield from (_feedback(around, steps) for steps in told.values())
    yield from (_something(around, step) for step in rest if step.kind not in MAKES)


def _lies_ahead(step: OpenStep, at: datetime) -> bool:
    """A visit that is still to be made ends with the plan to make it; nobody has to answer for it."""
    return step.kind == "visit" and step.due_at is not None and step.due_at > at


def visits_ahead(children: Iterable[UUID], at: datetime) -> list[OpenStep]:
    """Visits that are planned for these children and have not come yet."""
    return [step for step in list_steps_for(children) if _lies_ahead(step, at)]


def _matter(around: Around, step: OpenStep, kind: str, said: str, url_kind: str, **more: object) -> Matter:
    given: dict[str, object] = {
        "kind": kind,
        "subject": step.id,
        "words": said[:300],
        "children": tuple(one for one in around.children if one in step.people),
        "url_kind": url_kind,
        "url_key": step.id,
        "steps": (step.id,),
        "stays": GOES_ON if around.other_children & set(step.people) else "",
        "opened_at": step.opened_at,
    }
    return Matter(**(given | more))  # type: ignore[arg-type]  # the names are the fields'


def _on(moment: datetime) -> str:
    return day_words(local_day(moment))


def _contact(around: Around, step: OpenStep) -> Matter:
    said = f"The contact of {_on(step.opened_at)} is not decided"
    subject = step.subject or step.id
    return _matter(around, step, "contact", said, "contact", subject=subject, url_key=subject, steps=(),
                   stays=FRONT_DOOR_DECIDES)  # fmt: skip


def _feedback(around: Around, steps: list[OpenStep]) -> Matter:
    """One for each contact: whoever is told what was decided need not also be told that it was received."""
    step = next((one for one in steps if one.kind == "feedback"), steps[0])
    about = "what was decided on" if step.kind == "feedback" else "that we have what they told us on"
    subject = step.subject or step.id
    return _matter(around, step, "feedback", f"Whoever told us has not been told {about} {_on(step.opened_at)}",
                   "contact", subject=subject, url_key=subject, steps=tuple(one.id for one in steps))  # fmt: skip


def _assessment(around: Around, step: OpenStep) -> Matter:
    said = f"The assessment that began on {_on(step.opened_at)} is not finished"
    return _matter(around, step, "assessment", said, "assessment")


def _evidence(around: Around, step: OpenStep) -> Matter:
    said = f"A professional was asked for evidence on {_on(step.opened_at)} and has not answered"
    return _matter(around, step, "evidence", said, "")


def _check(around: Around, step: OpenStep) -> Matter:
    said = f"An agency was asked on {_on(step.opened_at)} what it knows and has not answered"
    return _matter(around, step, "check", said, "contact", url_key=step.subject)


def _service(around: Around, step: OpenStep) -> Matter:
    said = f"Asked for on {_on(step.opened_at)}, and nobody has said that it began: {step.words}"
    return _matter(around, step, "service", said, "service")


def _visit(around: Around, step: OpenStep) -> Matter:
    said = f"The visit planned for {_on(step.due_at or step.opened_at)} has no outcome"
    return _matter(around, step, "visit", said, "visit-record")


def _action(around: Around, step: OpenStep) -> Matter:
    return _matter(around, step, "action", f"To do: {step.words or 'something agreed'}", "step-finish")


def _plan(around: Around, step: OpenStep) -> Matter:
    return _matter(around, step, "plan", f"A plan is open since {_on(step.opened_at)}", "plan", steps=())


def _disagreement(around: Around, step: OpenStep) -> Matter:
    said = f"Professionals do not agree: {step.words.removeprefix('Resolve a disagreement: ')}"
    return _matter(around, step, "disagreement", said, "disagreement", steps=(), stays=STAYS_OPEN)


def _owed_resolution(around: Around, step: OpenStep) -> Matter:
    return _matter(around, step, "step", step.words, "disagreement", url_key=step.subject)


def _strategy_owed(around: Around, step: OpenStep) -> Matter:
    said = f"A strategy discussion is owed since {_on(step.opened_at)}, and nobody has asked for it or held it"
    return _matter(around, step, "strategy", said, "strategy-ask", url_key=_first_child(around, step))


def _strategy(around: Around, step: OpenStep) -> Matter:
    said = f"A strategy discussion was asked for on {_on(step.opened_at)}, and is not held and decided"
    return _matter(around, step, "strategy", said, "strategy")


def _enquiry(around: Around, step: OpenStep) -> Matter:
    said = f"The section 47 enquiry that began on {_on(step.opened_at)} has no conclusion"
    return _matter(around, step, "enquiry", said, "enquiry", steps=())


def _medical(around: Around, step: OpenStep) -> Matter:
    said = f"A medical examination was asked for on {_on(step.opened_at)}, and nobody has said what became of it"
    return _matter(around, step, "medical", said, "medical-record")


def _order(around: Around, step: OpenStep) -> Matter:
    said = f"Nobody has said how this ended, and where the child is: {step.words.lower() or 'an order'}"
    return _matter(around, step, "order", said, "order-end")


def _enquiry_told(around: Around, step: OpenStep) -> Matter:
    said = "Whoever referred has not been told how the section 47 enquiry ended"
    return _matter(around, step, "enquiry_told", said, "enquiry", url_key=step.subject)


def _conference(around: Around, step: OpenStep) -> Matter:
    said = f"The conference that was convened on {_on(step.opened_at)} is not recorded"
    return _matter(around, step, "conference", said, "conference", steps=())


def _conference_owed(around: Around, step: OpenStep) -> Matter:
    said = f"A conference is owed since {_on(step.opened_at)} and nobody has convened it"
    return _matter(around, step, "conference", said, "conference-convene", url_key=_first_child(around, step))


def _letters(around: Around, step: OpenStep) -> Matter:
    said = "Letters that say what a conference decided are not released"
    return _matter(around, step, "conference", said, "conference-letters", url_key=step.subject)


def _first_child(around: Around, step: OpenStep) -> UUID | None:
    return next((one for one in around.children if one in step.people), None)


def _something(around: Around, step: OpenStep) -> Matter:
    said = step.words or step.kind.replace("_", " ").capitalize()
    return _matter(around, step, "step", f"To do: {said}", "step-finish")


FEEDBACK = frozenset({"acknowledge", "feedback"})
MAKES: dict[str, Callable[[Around, OpenStep], Matter]] = {
    "decide_contact": _contact,
    "assessment": _assessment,
    "evidence_answer": _evidence,
    "check_answer": _check,
    "service": _service,
    "visit": _visit,
    "action": _action,
    "strategy_discussion": _strategy_owed,
    "strategy": _strategy,
    "enquiry": _enquiry,
    "medical": _medical,
    "order": _order,
    "feedback_enquiry": _enquiry_told,
    "convene_conference": _conference_owed,
    "conference": _conference,
    "conference_letters": _letters,
    "plan": _plan,
    "disagreement": _disagreement,
    "feedback_disagreement": _owed_resolution,
}
"""How each kind of step is told as something open, in the order of the page."""


def _disagreements(around: Around) -> Iterator[Matter]:
    """Of professionals with what was decided, and of the family with what is recorded.

    One that was answered for at an earlier ending or decision is not asked about again.
    """
    about: dict[UUID, tuple[UUID, ...]] = {one.id: one.children for one in around.contacts}
    about |= {one.entry: one.children for one in around.endings if one.entry}
    lines = {line.id: line for found in list_messages_of(about).values() for line in found if line.replies}
    challenges = [reply for reply in list_replies_of(lines) if reply.kind == "challenge"]
    recorded = {one.subject for one in list_disagreements(subjects=[one.id for one in challenges], only_open=False)}
    for reply in challenges:
        # What is a record of its own is told as that record, until it is resolved.
        if reply.id not in recorded and ("disagreement", reply.id) not in around.left:
            line = lines[reply.message_id]
            yield Matter(
                "disagreement", reply.id, f"{line.to} did not agree on {_on(reply.at)} with what was decided"[:300],
                _among(around, about[line.subject]), "message", line.id, stays=STAYS_OPEN, opened_at=reply.at,
            )  # fmt: skip
    for one in list_disputed(around.children):
        if ("disagreement", one.root) not in around.left:
            yield Matter(
                "disagreement", one.root, f"The family do not agree with what is recorded of {_on(one.occurred_at)}",
                _among(around, one.children), "person-timeline", one.children[0], stays=STAYS_OPEN,
                opened_at=one.added_at,
            )  # fmt: skip


def _against(around: Around) -> Iterator[Matter]:
    """Of a parent or a young person with an open plan, until they are asked again or it was answered for."""
    plans = {step.id: step for step in around.steps if step.kind == "plan"}
    for one in list_against(plans):
        if ("disagreement", one.agreement) in around.left:
            continue
        on_it = plans[one.plan].people
        whose = "A young person" if one.person in on_it else "A parent"
        said = "has withdrawn their agreement to" if one.said == "withdrawn" else "does not agree to"
        yield Matter(
            "disagreement", one.agreement, f"{whose} {said} the plan that is open", _among(around, on_it),
            "plan", one.plan, stays=STAYS_OPEN, opened_at=one.recorded_at,
        )  # fmt: skip


def _among(around: Around, people: Iterable[UUID]) -> tuple[UUID, ...]:
    wanted = set(people)
    return tuple(one for one in around.children if one in wanted)


def _adults(around: Around) -> Iterator[Matter]:
    spoken_of = {group.adult for group in list_mentions(around.children)}
    for one in list_unidentified(people=spoken_of | list_network(people=around.children)):
        if one.is_open:
            yield Matter(
                "adult", one.person, "An adult around them has not been identified", around.children,
                "person", one.person, stays=STAYS_OPEN, opened_at=one.at,
            )  # fmt: skip
