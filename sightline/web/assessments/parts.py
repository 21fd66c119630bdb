"""The parts that the pack asks of a document: each question once for the family, or once for each child."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.assessments.rules import PartKey
from sightline.kernel.errors import NotFound
from sightline.people.queries import PersonName
from sightline.practice.spec import Form, Question, Section
from sightline.web.presenters.steps import shown_name


@dataclass(frozen=True)
class Part:
    """One question, and the child it is asked of; `whose` is that child's name, or nothing."""

    key: str
    child: UUID | None
    label: str
    hint: str = ""
    whose: str = ""

    @property
    def place(self) -> PartKey:
        """Where its words are kept."""
        return self.key, self.child

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"t-{self.key}" + (f"-{self.child}" if self.child else "")

    @property
    def base(self) -> str:
        """The name of the field that says which version the page showed."""
        return f"b{self.field[1:]}"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the document."""
        return f"part-{self.key}" + (f"-{self.child}" if self.child else "")

    @property
    def named(self) -> str:
        """The question with the child's name, where a list stands alone."""
        return f"{self.label} ({self.whose})" if self.whose else self.label


@dataclass(frozen=True)
class Block:
    """Parts that stand together: those asked once, or those of one child."""

    whose: str
    child: UUID | None
    parts: tuple[Part, ...]


def in_order(headers: Mapping[UUID, PersonName], children: Iterable[UUID]) -> list[UUID]:
    """The children as a family speaks of them, the eldest first; those whose birth is not known by name."""
    known = [headers[child] for child in children if child in headers]
    known.sort(key=lambda one: (one.birth_date is None, str(one.birth_date), shown_name(one)))
    return [one.id for one in known]


def blocks_of(section: Section, children: Sequence[UUID], headers: Mapping[UUID, PersonName]) -> list[Block]:
    """A section's questions in the pack's order. Those asked of each child that follow each other stand by child."""
    found: list[Block] = []
    for of_child, questions in _runs(section.questions):
        if of_child:
            found += [_block(questions, child, shown_name(headers[child])) for child in children]
        else:
            found.append(_block(questions, None, ""))
    return found


def _runs(questions: Iterable[Question]) -> Iterator[tuple[bool, list[Question]]]:
    run: list[Question] = []
    for question in questions:
        if run and _of_child(run[0]) != _of_child(question):
            yield _of_child(run[0]), run
            run = []
        run.append(question)
    if run:
        yield _of_child(run[0]), run


def _of_child(question: Question) -> bool:
    return question.asked_of == "child"


def _block(questions: Iterable[Question], child: UUID | None, whose: str) -> Block:
    parts = (
        Part(one.key, child, str(one.label), str(one.hint) if one.hint else "", whose)
        for one in questions
    )  # fmt: skip
    return Block(whose, child, tuple(parts))


@dataclass(frozen=True)
class Sheet:
    """What is written on one page: what a section asks of the family, or of one child."""

    section: Section
    child: UUID | None
    blocks: tuple[Block, ...]


def sheets_of(form: Form, children: Sequence[UUID], headers: Mapping[UUID, PersonName]) -> list[Sheet]:
    """The pages on which the document is written, in the order in which it is read."""
    found = []
    for section in form.sections:
        blocks = blocks_of(section, children, headers)
        if family := tuple(one for one in blocks if one.child is None):
            found.append(Sheet(section, None, family))
        owned = ((child, tuple(one for one in blocks if one.child == child)) for child in children)
        found += [Sheet(section, child, own) for child, own in owned if own]
    return found


def parts_of(form: Form, children: Sequence[UUID], headers: Mapping[UUID, PersonName]) -> list[Part]:
    """Every part of the document, in the order in which it is read."""
    return [
        part for section in form.sections for block in blocks_of(section, children, headers) for part in block.parts
    ]


def sheet_in(sheets: Sequence[Sheet], section: str, child: UUID | None) -> Sheet:
    """The page of this section and child. Refuses one that the pack in force does not have, or another's child."""
    for one in sheets:
        if one.section.key == section and one.child == child:
            return one
    raise NotFound("There is no such section of this assessment. Open the assessment, and choose it there.")
