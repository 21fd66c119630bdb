"""The forms of one page together: from nothing, from a draft, or from what was sent; with more rows on demand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from sightline.kernel.errors import Refusal
from sightline.kernel.london import local_day
from sightline.practice.queries import current_pack
from sightline.web import drafts
from sightline.web.refused_form import refuse

MOST_ROWS = 20


class Sheet:
    """One page's forms. `build` makes them; the first takes every refusal that belongs to no field.

    `counts` holds how many rows of each kind the page has, by the name of the hidden field that says so.
    What a form asks is said in the words of the practice pack (its `FROM_PACK`: question by field).
    """

    def __init__(self, data: QueryDict | None, *, bound: bool, at: datetime) -> None:
        self.typed, self.bound, self.today = data, bound, local_day(at)
        self.pack = current_pack(at)
        self.asked = self.pack.form("plan")
        self.forms: list[forms.Form] = []
        self.counts: dict[str, int] = {}
        self.build()
        if data is not None and not bound:
            for form in self.forms:
                drafts.fill(form, data)

    def build(self) -> None:
        """Make the page's forms with `make`, in the order in which they stand on it."""
        raise NotImplementedError

    def make(self, kind: type[forms.Form], *, prefix: str | None = None, **named: Any) -> Any:
        """One form of this kind, with what was sent where something was."""
        form = kind(self.typed if self.bound else None, prefix=prefix, **named)
        for name, key in getattr(form, "FROM_PACK", {}).items():
            question = self.asked.question(key)
            form.fields[name].label = str(question.label)
            form.fields[name].help_text = str(question.hint) if question.hint else ""
        self.forms.append(form)
        return form

    def rows(self, name: str, *, least: int = 1) -> range:
        """The numbers of the rows that the page has of one kind."""
        text = self.typed.get(name, "") if self.typed else ""
        asked = int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 4 else least
        self.counts[name] = min(max(asked, least), MOST_ROWS)
        return range(self.counts[name])

    def is_valid(self) -> bool:
        """Judges every form, so that all that is wrong is said at once."""
        judged = [form.is_valid() for form in self.forms]
        if all(judged):
            self.judge_together()
        return all(form.is_valid() for form in self.forms)

    def judge_together(self) -> None:
        """What only the forms together can say is wrong. Every form is valid by itself."""

    def refuse(self, refused: Refusal, fields: Mapping[str, str]) -> None:
        """Stand an operation's refusal beside the field that it is about."""
        refuse(self.forms[0], refused, fields)

    @property
    def wrong(self) -> bool:
        """Whether something that was sent is not as it should be."""
        return self.bound and not all(form.is_valid() for form in self.forms)


def with_one_more(sheet: Sheet, data: QueryDict) -> QueryDict:
    """What was typed, with one row more of the kind whose button was pressed."""
    name = data.get("add", "")
    copied = data.copy()
    if isinstance(name, str) and name in sheet.counts:
        copied[name] = str(min(sheet.counts[name] + 1, MOST_ROWS))
    return copied
