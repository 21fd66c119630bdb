"""The forms of one page with what files came with it, and the pieces that several pages share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from sightline.access.rules import Section
from sightline.documents.operations import add_document
from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal
from sightline.web.plans.sheet import Sheet

Files = MultiValueDict[str, Any]


class FiledSheet(Sheet):
    """A page's forms, some of which take files. Its questions are its own, and not the pack's."""

    def __init__(self, data: QueryDict | None, files: Files | None = None, *, bound: bool, at: datetime) -> None:
        self.files = files
        super().__init__(data, bound=bound, at=at)

    def make(self, kind: type[forms.Form], *, prefix: str | None = None, **named: Any) -> Any:
        """One form of this kind, with what was sent where something was."""
        given: dict[str, Any] = {"data": self.typed, "files": self.files} if self.bound else {}
        form = kind(prefix=prefix, **given, **named)
        self.forms.append(form)
        return form


class OneForm(FiledSheet):
    """A page with one form."""

    def __init__(
        self,
        kind: type[forms.Form],
        data: QueryDict | None,
        files: Files | None = None,
        *,
        bound: bool,
        at: datetime,
        initial: Mapping[str, object] | None = None,
        **named: Any,
    ) -> None:
        self.kind, self.named, self.begins_with = kind, named, initial or {}
        super().__init__(data, files, bound=bound, at=at)

    def build(self) -> None:
        """The form, beginning with the facts that the page already has."""
        self.form = self.make(self.kind, **self.named)
        if self.typed is None:
            self.form.initial.update(self.begins_with)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields in their order; what an answer shows under it is not drawn twice."""
        reveals = [getattr(one, "reveals", {}) for one in self.form.fields.values()]
        under = {name for one in reveals for names in one.values() for name in names}
        return [one for one in self.form if one.name not in under]

    @property
    def given(self) -> dict[str, Any]:
        """What was sent; asked of a valid sheet."""
        found: dict[str, Any] = self.form.cleaned_data
        return found


class PerChild(FiledSheet):
    """A page that asks the same of several children. `build` makes `of_child`: a form for each by the child's key.

    Each form knows whether it `said_something`; `empty` is the sentence for a page on which none did.
    """

    of_child: dict[str, Any]
    empty = ""

    def judge_together(self) -> None:
        """Something is said of somebody."""
        if self.forms and not any(form.said_something for form in self.of_child.values()):
            self.forms[0].add_error("outcome", self.empty)

    def refuse(self, refused: Refusal, fields: Mapping[str, str]) -> None:
        """Beside the child whom it is about, where it is about one."""
        if not refuse_beside(self.of_child, refused):
            super().refuse(refused, fields)


def refuse_beside(of_child: Mapping[str, Any], refused: Refusal) -> bool:
    """Stand a refusal of one child's answer in that child's form, and say whether it was one."""
    name, _, key = (refused.field or "").partition("-")
    name, form = {"media": "pictures"}.get(name, name), of_child.get(key)
    if form is not None:
        form.add_error(name if name in form.fields else "outcome", refused.message)
    return form is not None


def keys_of(chosen: Sequence[str]) -> tuple[UUID, ...]:
    """Keys that were chosen in a list."""
    return tuple(UUID(one) for one in chosen)


def keep_files(files: Sequence[Any], about: Sequence[UUID], *, by: Actor, at: datetime) -> tuple[UUID, ...]:
    """Files kept on the record of each of these, as health's: a photograph of an injury, a doctor's report."""
    marked = [(person, Section.HEALTH) for person in about]
    return tuple(add_document(by=by, name=file.name, content=file.read(), about=marked, at=at) for file in files)
