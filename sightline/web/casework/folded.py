"""What is folded away on every page of recording: paragraphs about one person only, and what is to be done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.people.queries import PersonName
from sightline.record.rules import Words
from sightline.recording.rules import Action
from sightline.web import drafts
from sightline.web.casework.forms import ActionForm, Choices, ParagraphForm
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import describe_posts, list_posts

MOST_ROWS = 12
ROWS = {"paragraph": "paragraphs", "action": "actions"}
"""The buttons that ask for one more row, and the fields that say how many there are."""


class Folded:
    """The rows of private paragraphs and of actions: from nothing, from a draft, or from what was sent."""

    def __init__(
        self, data: QueryDict | None, *, people: Choices, posts: Choices, today: date, bound: bool = False
    ) -> None:
        given: dict[str, Any] = {"data": data} if bound else {}
        self.paragraphs = [
            ParagraphForm(people=people, prefix=f"p{n}", **given) for n in range(_count(data, "paragraphs"))
        ]
        self.actions = [
            ActionForm(posts=posts, today=today, prefix=f"a{n}", **given) for n in range(_count(data, "actions"))
        ]
        if data is not None and not bound:
            for form in self.forms:
                drafts.fill(form, data)

    @property
    def forms(self) -> list[Any]:
        return [*self.paragraphs, *self.actions]

    @property
    def has_private(self) -> bool:
        """Whether the private paragraphs are begun, so that they are not folded away."""
        return len(self.paragraphs) > 1 or any(form["text"].value() or form.errors for form in self.paragraphs)

    @property
    def has_actions(self) -> bool:
        """The same for what is to be done."""
        return len(self.actions) > 1 or any(form["what"].value() or form.errors for form in self.actions)

    def refuse_about_others(self, chosen: Iterable[str], sentence: str) -> None:
        """Refuse a paragraph about somebody who is not on the entry: it would be lost."""
        within = set(chosen)
        for form in self.paragraphs:
            if _has_words(form, "text") and form.cleaned_data["about"] not in within:
                form.add_error("about", sentence)

    def private_words(self) -> tuple[Words, ...]:
        """The paragraphs that say something, each about one person."""
        return tuple(_private(form.cleaned_data) for form in self.paragraphs if _has_words(form, "text"))

    def to_do(self) -> tuple[Action, ...]:
        """What is to be done, by whom."""
        return tuple(_action(form.cleaned_data) for form in self.actions if _has_words(form, "what"))


def asks_for_more(data: QueryDict) -> bool:
    """Whether the button that was pressed asks for one more row."""
    return data.get("add") in ROWS


def with_one_more(data: QueryDict) -> QueryDict:
    """What was typed, with one more row of what the button asks for."""
    more = data.copy()
    name = ROWS[str(more["add"])]
    more[name] = str(_count(more, name) + 1)
    return more


def people_to_choose(headers: Mapping[UUID, PersonName], today: date) -> list[tuple[str, str]]:
    """Children first, each with an age, since brothers can share a name."""
    by_kind = sorted(headers.values(), key=lambda one: (one.kind != "child", shown_name(one)))
    return [(str(one.id), f"{shown_name(one)}, {one.age_words(today)}") for one in by_kind]


def posts_to_choose(by: Actor) -> list[tuple[str, str]]:
    """The posts that can carry something, one's own first."""
    named = describe_posts(post.id for post in list_posts())
    mine = [(str(post), f"Me: {words}") for post, words in named.items() if post in by.posts]
    others = [(str(post), words) for post, words in named.items() if post not in by.posts]
    return [*mine, *sorted(others, key=lambda one: one[1])]


def _count(data: QueryDict | None, name: str) -> int:
    """How many rows the page has; one of each to begin with."""
    text = data.get(name, "") if data else ""
    return min(int(text), MOST_ROWS) if isinstance(text, str) and text.isdecimal() else 1


def _has_words(form: Any, name: str) -> bool:
    return bool(form.cleaned_data.get(name, "").strip())


def _private(given: Mapping[str, Any]) -> Words:
    return Words(
        text=given["text"],
        about=(UUID(given["about"]),),
        section=Section(given["section"] or Section.ORDINARY),
        told_by=given["told_by"],
        handling=given["handling"] or "ordinary",
    )


def _action(given: Mapping[str, Any]) -> Action:
    return Action(what=given["what"], post=UUID(given["post"]), due_on=given["due"])
