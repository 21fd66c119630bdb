"""What was wrongly recorded of a visit beside its words: how it went for each child, and when it was.

Part of the page that corrects an entry. What stands is chosen beforehand, since a fact is put right here and
nothing is judged anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from sightline.access.queries import may_see_of
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.people.queries import PersonName, get_names
from sightline.record.models import Entry, EntrySubject
from sightline.record.queries import EntryView
from sightline.recording.rules import refuse_before_birth
from sightline.web import drafts
from sightline.web.casework.forms import Choices, WhenField
from sightline.web.presenters.steps import shown_name
from sightline.web.visits.family import is_born
from sightline.web.visits.forms import MADE, ChildForm, UnbornForm

MOMENT = "v"


class MomentAgain(WhenField):
    """A moment that was recorded before. Left as it stands, it is nothing new."""

    stands = ""

    def clean(self, value: Any) -> When | None:
        return None if str(value or "").strip() == self.stands else super().clean(value)


class MomentForm(forms.Form):
    """When the visit was. `was` is what stood when the page was opened."""

    when = forms.CharField()
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, today: date, stands: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        again = MomentAgain(
            today=today,
            label="When was it?",
            help_text="For example, yesterday at 4pm or 3/3/26.",
            required=False,
        )
        again.stands = stands
        self.fields["when"] = again


class WentForm(forms.Form):
    """How a visit went for one child. `was` is what stood when the page was opened."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, label: str, ways: Choices, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["outcome"].label = label
        self.fields["outcome"].choices = list(ways)  # type: ignore[attr-defined]  # a field of choices


@dataclass(frozen=True)
class Facts:
    """The forms of one visit's facts; none for an entry of another kind."""

    entry: EntryView
    births: list[date]
    moment: MomentForm | None
    children: dict[UUID, WentForm]

    @property
    def all_forms(self) -> list[forms.Form]:
        return [*([self.moment] if self.moment else []), *self.children.values()]

    @property
    def seen(self) -> dict[UUID, str]:
        """How it went, for each child of whom that is put right; asked of forms that are valid."""
        stood = _stands(self.entry)
        chosen = {child: form.cleaned_data["outcome"] for child, form in self.children.items()}
        return {
            child: "" if one == MADE else one for child, one in chosen.items() if one and one != (stood[child] or MADE)
        }

    def occurred(self) -> When | None:
        """The moment, where it is put right. Refuses a day before a child whom the visit met was born."""
        found = self.moment.cleaned_data["when"] if self.moment else None
        if found is not None:
            refuse_before_birth(found, self.births)
        return found

    def refuse_words_of_before(self, words: Iterable[forms.Form]) -> None:
        """Words that only repeat how it went are wrong with it, and are written anew."""
        stood = _stands(self.entry)
        before = {str(EntrySubject.Seen(stood[child]).label) for child in self.seen if stood[child]}
        every = {str(one.label) for one in EntrySubject.Seen}
        for form in words:
            said = set(form.cleaned_data["text"].strip().rstrip(".").split(". "))
            if said <= every and said & before:
                form.add_error("text", "This still says how it went as it was recorded before. Write what happened.")


def facts_of(entry: EntryView, data: QueryDict | None, *, today: date, bound: bool) -> Facts:
    """The forms, from what stands, from a draft, or from what was sent; of the children whom the reader may see."""
    if entry.kind != Entry.Kind.VISIT:
        return Facts(entry, [], None, {})
    headers = get_names(people=may_see_of(people=[one.person for one in entry.subjects]))
    day, stood = local_day(entry.when.latest), _stands(entry)
    children = {key: one for key, one in headers.items() if one.kind == "child" and key in stood}
    stands = {f"c-{key}-outcome": stood[key] or ("" if _born_by(one, day) else MADE) for key, one in children.items()}
    stands[f"{MOMENT}-when"] = str(entry.when)
    typed = _over_what_stands(data, stands) if data is not None else None
    given: dict[str, Any] = {"data": typed} if bound else {}
    moment = MomentForm(
        prefix=MOMENT, today=today, stands=str(entry.when),
        initial={"when": str(entry.when), "was": str(entry.when)}, **given,
    )  # fmt: skip
    went = {
        key: _went(one, stands[f"c-{key}-outcome"], born=_born_by(one, day), given=given)
        for key, one in sorted(children.items(), key=lambda pair: shown_name(pair[1]))
    }
    births = [one.birth_date for one in children.values() if one.birth_date and _born_by(one, day)]
    if typed is not None and not bound:
        for form in (moment, *went.values()):
            drafts.fill(form, typed)
    return Facts(entry, births, moment, went)


def _stands(entry: EntryView) -> dict[UUID, str]:
    return {one.person: one.seen for one in entry.subjects}


def _born_by(child: PersonName, day: date) -> bool:
    return is_born(child) and not (child.birth_date and child.birth_date > day)


def _went(child: PersonName, stands: str, *, born: bool, given: dict[str, Any]) -> WentForm:
    kind: type[ChildForm] = ChildForm if born else UnbornForm
    return WentForm(
        prefix=f"c-{child.id}",
        label=kind.asked.format(shown_name(child)),
        ways=kind.ways,
        initial={"outcome": stands, "was": stands},
        **given,
    )


def _over_what_stands(data: QueryDict, stands: dict[str, str]) -> QueryDict:
    """What was typed, with what its writer left alone as it stands now.

    Somebody else may have put it right meanwhile, and nobody who only corrects words takes that back.
    """
    found = data.copy()
    for name, value in stands.items():
        was = name.rpartition("-")[0] + "-was"
        if data.get(name, "") in {"", data.get(was)}:
            found[name] = value
        found[was] = value
    return found
