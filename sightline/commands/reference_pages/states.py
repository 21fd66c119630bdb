"""State diagrams, drawn from the tables by which the rooms refuse what cannot follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from sightline.assessments import rules as assessments
from sightline.assessments.models import Turn
from sightline.commands.reference_pages.practice_pack import packs, table
from sightline.conferences import rules as conferences
from sightline.court import rules as court
from sightline.disagreements import rules as disagreements
from sightline.enquiries import rules as enquiries
from sightline.plans import rules as plans

HEAD = """\
# States

Where a thing stands is never stored: it is read from what happened to it. Each diagram is drawn from
the table by which its room refuses a move that cannot be made, or from the practice pack that says what
may follow. Written by `./run reference`.
"""


@dataclass(frozen=True)
class Diagram:
    """A diagram under its heading. `moves` are from, by what, to; `names` are states in words."""

    title: str
    says: str
    names: dict[str, str]
    moves: tuple[tuple[str, str, str], ...]


def page() -> str:
    return "\n".join([HEAD, *(line for diagram in diagrams() for line in _lines(diagram))])


def diagrams() -> Iterator[Diagram]:
    """A contact by each pack, an assessment's signing, and what the rooms' own tables say."""
    yield from _contacts()
    yield Diagram(
        "The signing of an assessment",
        "An edit after it was sent makes the sign-off void, and the history keeps it. What was signed stands as an "
        "entry of the record, and the document goes on in a new round. From `sightline/assessments/rules.py`.",
        {state.value: words for state, words in assessments.STANDING_WORDS.items()},
        (
            ("[*]", "A round begins", assessments.Standing.WRITING.value),
            *(
                (state.value, str(Turn.Kind(turn).label), to.value)
                for state, turns in assessments.MOVES.items()
                for turn, to in turns.items()
            ),
        ),
    )
    for title, says, began, room in OF_ROOMS:
        yield _of_room(title, says, began, room)


OF_ROOMS: tuple[tuple[str, str, dict[str, str], ModuleType], ...] = (
    (
        "A strategy discussion, a section 47 enquiry, an order",
        "Each may begin without the one before it, and be recorded late.",
        {"asked": "Asked for", "open": "Begun at once", "in_force": "Made"},
        enquiries,
    ),
    (
        "Somebody asked to a conference",
        "Nobody is told when or where before a worker has confirmed them, nor the family before it is known safe.",
        {"confirmed": "Confirmed by name", "waits": "Confirmed, where it may not be safe"},
        conferences,
    ),
    ("A plan", "A plan ends when its last child is taken off it.", {"drawn_up": "Made"}, plans),
    (
        "Pre-proceedings of a child",
        "Nothing is refused for its order: what is recorded late moves nothing back.",
        {"begun": "A manager decides to begin them"},
        court,
    ),
    ("A disagreement", "It pauses nothing.", {"stage_1": "Raised"}, disagreements),
)


def _of_room(title: str, says: str, began: dict[str, str], room: ModuleType) -> Diagram:
    return Diagram(
        title,
        f"{says} From `{room.__name__.replace('.', '/')}.py`.",
        dict(room.STATES),
        (
            *(("[*]", by, state) for state, by in began.items()),
            *(
                (state, f"{act.replace('_', ' ').capitalize()} ({who})", to)
                for state, acts in room.MOVES.items()
                for act, (to, who) in acts.items()
            ),
        ),
    )


def _contacts() -> Iterator[Diagram]:
    for pack in packs():
        outcomes = {outcome.key: str(outcome.label) for outcome in pack.outcomes}
        follows = {
            outcome.opens_step.kind: str(outcome.opens_step.words) for outcome in pack.outcomes if outcome.opens_step
        }
        yield Diagram(
            f"A contact: {pack.title}",
            "Nothing is preselected, and every outcome but no further action leaves somebody with something to do. "
            "From the practice pack.",
            {"undecided": "Not decided", **outcomes, **follows},
            (
                ("[*]", "Recorded", "undecided"),
                *(("undecided", "Decided", key) for key in outcomes),
                *((one.key, "Opens", one.opens_step.kind) for one in pack.outcomes if one.opens_step),
            ),
        )


def _lines(diagram: Diagram) -> list[str]:
    drawn = ["stateDiagram-v2", *_names(diagram), *_moves(diagram.moves)]
    said = table("In words", ("From", "By", "To"), _in_words(diagram))[1:]
    return [f"## {diagram.title}", "", diagram.says, "", "```mermaid", *drawn, "```", "", *said, ""]


def _names(diagram: Diagram) -> Iterator[str]:
    used = {state for move in diagram.moves for state in (move[0], move[2])}
    for key, words in diagram.names.items():
        if key in used:
            # In the diagram's language a colon ends a state's name.
            yield f"    {key}: {words.replace(':', ',')}"


def _moves(moves: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for state, by, to in moves:
        yield f"    {state} --> {to}: {by}"


def _in_words(diagram: Diagram) -> Iterator[tuple[str, str, str]]:
    """The same for whoever cannot see the diagram."""
    for state, by, to in diagram.moves:
        yield diagram.names.get(state, "The beginning"), by, diagram.names[to]
