"""The page of a visit as its forms: one row for each child, and what is said once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from sightline.access.rules import Section
from sightline.documents.operations import add_document
from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal
from sightline.kernel.when import When
from sightline.people.queries import PersonName
from sightline.practice.spec import Pack
from sightline.recording.queries import PlannedVisitView
from sightline.recording.rules import ChildSeen, VisitWritten, lacks_reason, say_why
from sightline.web import drafts
from sightline.web.casework.folded import Folded
from sightline.web.presenters.steps import shown_name
from sightline.web.refused_form import refuse
from sightline.web.visits.family import Family, is_born
from sightline.web.visits.forms import WITH_CHILD, YES_NO, ChildForm, Seen, UnbornForm, VisitForm


@dataclass(frozen=True)
class Row:
    """One child on the page: who they are, and their form."""

    child: PersonName
    name: str
    age: str
    form: ChildForm
    born: bool

    @property
    def keeps(self) -> bool:
        """Whether somebody was named who alone may read what the child told."""
        return "kept_to" in self.form.fields and bool(self.form["kept_to"].value() or self.form["kept_to"].errors)

    @property
    def has_more(self) -> bool:
        """Whether what is folded away is begun, or refused."""
        return "sleeping" in self.form.fields and bool(
            self.form["sleeping"].value() or self.form["sleeping"].errors or self.form["pictures"].errors
        )


@dataclass(frozen=True)
class Said:
    """What the page knows before anybody types: the plan that it was opened from.

    `step` is the plan's key, which is sent with the form also when a colleague has ended the plan meanwhile.
    """

    step: UUID | None = None
    planned: PlannedVisitView | None = None
    moment: str = ""
    back: str = ""


class Sheet:
    """The forms of a visit, from nothing, from a draft, or from what was sent."""

    def __init__(
        self, family: Family, pack: Pack, said: Said, data: QueryDict | None, files: Any = None, *, bound: bool = False
    ) -> None:
        self.family, self.said, self.bound, self._judged = family, said, bound, False
        given: dict[str, Any] = {"data": data, "files": files} if bound else {}
        self.visit = VisitForm(
            today=family.today,
            places=choices_of(pack, "visit_place"),
            sleeping=choices_of(pack, "sleeping"),
            adults=family.adults,
            planned_for=said.moment,
            **given,
        )
        self.rows = [_row(family, child, given) for child in family.children]
        self.folded = Folded(data, people=family.people, posts=family.posts, today=family.today, bound=bound)
        if data is not None and not bound:
            for form in (self.visit, *(row.form for row in self.rows)):
                drafts.fill(form, data)
        elif said.planned is not None:
            self._as_planned(said.planned)

    def _as_planned(self, planned: PlannedVisitView) -> None:
        """What was said when it was planned is not asked again."""
        self.visit.initial["place"] = planned.place
        self.visit.initial["announced"] = "" if planned.announced is None else ("yes" if planned.announced else "no")

    @property
    def forms(self) -> list[Any]:
        """In the order of the page, which is the order in which what is wrong is told."""
        return [*(row.form for row in self.rows), self.visit, *self.folded.forms]

    @property
    def has_more(self) -> bool:
        """Whether the adults and the documents are begun, or refused, so that they are not folded away."""
        return bool(self.visit["adults"].value() or self.visit["adults"].errors or self.visit["documents"].errors)

    @property
    def included(self) -> list[Row]:
        """The children whom the visit concerned; asked of a valid sheet."""
        return [row for row in self.rows if row.form.included]

    def is_valid(self) -> bool:
        """Judges every part, so that all that is wrong is said at once."""
        judged = [form.is_valid() for form in self.forms]
        if not self._judged:
            self._judged = True
            self._refuse_what_is_missing(all_whole=all(judged))
        return all(form.is_valid() for form in self.forms)

    def _refuse_what_is_missing(self, *, all_whole: bool) -> None:
        """Somebody must have been looked for, at some time; whoever has a paragraph must be among them."""
        given = self.visit.cleaned_data
        if not self.included and all_whole:
            self.rows[0].form.add_error("outcome", "Say how it went for at least one child.")
        if given.get("when") is None and self.said.step is None and not self.visit["when"].errors:
            self.visit.add_error("when", "Enter when the visit was.")
        if self._was_made and not given.get("announced"):
            self.visit.add_error("announced", "Say whether the family knew that you were coming.")
        if self._somebody_was_met and not given.get("present", "").strip():
            self.visit.add_error("present", "Say who was there, or that nobody else was.")
        for row in self.included:
            if not row.form.errors and lacks_reason(row.form.how_it_went, *_why(row.form)):
                row.form.add_error("reason", say_why(row.name))
        if all_whole:
            self.folded.refuse_about_others(
                [*(str(row.child.id) for row in self.included), *given["adults"]],
                "Say above that the visit concerned this person as well: a paragraph goes where the visit goes.",
            )

    @property
    def _outcomes(self) -> set[str]:
        return {row.form.how_it_went for row in self.included}

    @property
    def _was_made(self) -> bool:
        """Somebody went there, whether or not the door was opened."""
        return bool(self._outcomes - {Seen.CANCELLED, Seen.CANCELLED_BY_US})

    @property
    def _somebody_was_met(self) -> bool:
        return bool(self._outcomes & {"", *WITH_CHILD})

    def stand(self, refused: Refusal) -> None:
        """A refusal beside what it is about: one child's answers, or what is said once."""
        field, _, person = (refused.field or "").partition("-")
        of_child = next((row.form for row in self.rows if str(row.child.id) == person), None)
        if of_child is None and field == "children":
            of_child = next((row.form for row in self.rows if not row.form.included), None)
            field = "outcome"
        if of_child is None:
            refuse(self.visit, refused, {"occurred": "when", "name": "documents", "content": "documents"})
        else:
            of_child.add_error(field if field in of_child.fields else "outcome", refused.message)

    def written(self, by: Actor, at: datetime) -> VisitWritten:
        """What is recorded, from forms that are valid. Files are kept first."""
        given = self.visit.cleaned_data
        adults = tuple(UUID(key) for key in given["adults"])
        everybody = [*(row.child.id for row in self.included), *adults]
        return VisitWritten(
            occurred=self._occurred(given["when"]),
            announced=YES_NO.get(given["announced"]),
            place=given["place"],
            present=given["present"],
            sleeping=given["sleeping"],
            children=tuple(self._seen(row, by, at) for row in self.included),
            adults=adults,
            text=given["text"],
            paragraphs=self.folded.private_words(),
            actions=self.folded.to_do(),
            documents=_kept(given["documents"], everybody, Section.ORDINARY, by=by, at=at),
            planned=self.said.step,
            late_because=given["late_because"],
        )

    def _occurred(self, typed: When | None) -> When:
        if typed is not None:
            return typed
        if self.said.planned is None:
            raise Refusal("Enter when the visit was.", field="occurred")
        return When.exactly(self.said.planned.starts_at)

    def _seen(self, row: Row, by: Actor, at: datetime) -> ChildSeen:
        given = row.form.cleaned_data
        pictures = given.get("pictures", ())
        return ChildSeen(
            person=row.child.id,
            outcome=row.form.how_it_went,
            reason=given["reason"],
            reason_given_by=given["reason_given_by"],
            words=given.get("words", ""),
            words_documents=_kept(pictures, [row.child.id], Section.CHILD_WORDS, by=by, at=at),
            sleeping=given.get("sleeping", ""),
            kept_to=(by.id, *(UUID(one) for one in given["kept_to"])) if given.get("kept_to") else (),
        )


def _row(family: Family, child: PersonName, given: Mapping[str, Any]) -> Row:
    name = shown_name(child)
    make: type[ChildForm] = ChildForm if is_born(child) else UnbornForm
    form = make(name=name, readers=family.readers, prefix=prefix_of(child.id), **given)
    return Row(child, name, child.age_words(family.today), form, is_born(child))


def _why(form: ChildForm) -> tuple[str, str]:
    return form.cleaned_data["reason"], form.cleaned_data["reason_given_by"]


def prefix_of(child: UUID) -> str:
    """What the fields of one child begin with."""
    return f"c-{child}"


def choices_of(pack: Pack, key: str) -> list[tuple[str, str]]:
    """A list of the practice pack, for a field."""
    return [(option.key, str(option.label)) for option in pack.list(key).options]


def _kept(
    files: Sequence[Any], about: Sequence[UUID], section: Section, *, by: Actor, at: datetime
) -> tuple[UUID, ...]:
    marked = [(person, section) for person in about]
    return tuple(add_document(by=by, name=file.name, content=file.read(), about=marked, at=at) for file in files)
