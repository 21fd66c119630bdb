"""The page that records a strategy discussion, as its forms: who took part, what was agreed and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from sightline.enquiries.rules import HEALTH, POLICE, SOCIAL_CARE, DecisionGiven, DiscussionHeld, TookPartGiven
from sightline.kernel.errors import Refusal
from sightline.partnership.models import Agency
from sightline.partnership.queries import get_agency_post, list_agency_posts
from sightline.recording.rules import Action
from sightline.web.asked import key_in
from sightline.web.casework.forms import ActionForm
from sightline.web.enquiries.forms import AGENCY, KIND, DecisionForm, HeldForm, TookPartForm, chosen_post
from sightline.web.enquiries.opening import Together
from sightline.web.enquiries.sheet import FiledSheet, keys_of, refuse_beside
from sightline.web.plans.choosing import post_choices
from sightline.web.plans.forms import Choices
from sightline.web.presenters.enquiries import KINDS
from sightline.workforce.queries import describe_posts

ROWS: dict[str, str] = {SOCIAL_CARE: "Social care", POLICE: "Police", HEALTH: "Health"}
OTHERS, ACTIONS = "others", "actions"


@dataclass(frozen=True)
class Row:
    """One row of who took part: its heading, and its form."""

    title: str
    form: TookPartForm


@dataclass(frozen=True)
class Offered:
    """Whom and what the page lets a worker choose among. `waiting` are the children for whom this worker decides."""

    together: Together
    waiting: Choices
    ours: Choices
    agencies: dict[str, Choices]
    others: Choices


def offered_to(together: Together, waiting: Choices) -> Offered:
    """Our posts, those of the police and of health, and everybody else's, under the agency that they stand in."""
    posts = list_agency_posts(only_open=True)
    found: dict[str, dict[str, list[tuple[str, str]]]] = {POLICE: {}, HEALTH: {}, "": {}}
    for post in posts:
        for kind in (post.agency.kind, ""):
            if kind in found:
                found[kind].setdefault(post.agency.name, []).append((f"{AGENCY}{post.id}", post.title))
    unlisted = [(f"{KIND}{key}", str(words)) for key, words in [(SOCIAL_CARE, "Social care"), *Agency.Kind.choices]]
    return Offered(
        together,
        waiting,
        post_choices(together.opened.by),
        {kind: list(found[kind].items()) for kind in (POLICE, HEALTH)},
        [*found[""].items(), ("Not in this list", unlisted)],
    )


class StrategySheet(FiledSheet):
    """The forms of the page."""

    def __init__(self, offered: Offered, typed: QueryDict | None, *, bound: bool) -> None:
        self.offered = offered
        super().__init__(typed, bound=bound, at=offered.together.opened.at)

    def build(self) -> None:
        """When and how, then who, then what is decided, then what is to be done."""
        offered, children = self.offered, self.offered.together.children
        self.held = self.make(HeldForm, today=self.today)
        self.took_part = [
            Row(
                title,
                self.make(TookPartForm, prefix=f"t-{kind}", posts=self._posts(kind), children=children, of_kind=kind),
            )
            for kind, title in ROWS.items()
        ]
        self.others = [
            Row(
                "Somebody else",
                self.make(TookPartForm, prefix=f"o{n}", posts=offered.others, children=children),
            )
            for n in self.rows(OTHERS, least=0)
        ]
        self.decisions = {key: self.make(DecisionForm, prefix=f"d-{key}", name=name) for key, name in offered.waiting}
        self.actions = [
            self.make(ActionForm, prefix=f"a{n}", posts=offered.ours, today=self.today) for n in self.rows(ACTIONS)
        ]

    def _posts(self, kind: str) -> Choices:
        return self.offered.ours if kind == SOCIAL_CARE else self.offered.agencies[kind]

    def refuse(self, refused: Refusal, fields: Any) -> None:
        """Beside the child whom it is about, where it is about one."""
        if not refuse_beside(self.decisions, refused):
            super().refuse(refused, fields)

    def held_given(self) -> DiscussionHeld:
        """What was recorded of the discussion; asked of a valid sheet."""
        given = self.held.cleaned_data
        return DiscussionHeld(
            held_at=given["held_at"],
            how=given["how"],
            manner=given["manner"],
            medical=given["medical"],
            medical_because=given["medical_because"],
            safety=given["safety"],
            alone_because=given["alone_because"],
            took_part=took_part_given(
                [*self.took_part, *self.others], keys_of([key for key, _ in self.offered.together.children])
            ),
        )

    def decided(self) -> tuple[DecisionGiven, ...]:
        """For each child for whom something was decided."""
        return decisions_given(self.decisions)

    def to_do(self) -> tuple[Action, ...]:
        """What is to be done, by whom, by when."""
        return tuple(
            Action(what=one.cleaned_data["what"], post=UUID(one.cleaned_data["post"]), due_on=one.cleaned_data["due"])
            for one in self.actions
            if one.cleaned_data["what"].strip()
        )


def decisions_given(forms: dict[str, DecisionForm]) -> tuple[DecisionGiven, ...]:
    """What was decided in these forms, by child."""
    return tuple(
        DecisionGiven(UUID(key), form.cleaned_data["outcome"], form.cleaned_data["reasons"])
        for key, form in forms.items()
        if form.said_something
    )


def took_part_given(rows: Sequence[Row], children: tuple[UUID, ...]) -> tuple[TookPartGiven, ...]:
    """Each row that says something. What somebody shared of one child is about that child alone."""
    begun = [row.form for row in rows if row.form.begun]
    ours = [key for form in begun if form.kind == SOCIAL_CARE and (key := key_in(form.cleaned_data["who"]))]
    named = describe_posts(ours) if ours else {}
    return tuple(_took_part(form, children, named) for form in begun)


def _took_part(form: TookPartForm, children: tuple[UUID, ...], named: dict[UUID, str]) -> TookPartGiven:
    given = form.cleaned_data
    post = key_in(given["who"]) if form.kind == SOCIAL_CARE else None
    agency_post, kind = chosen_post(given["who"])
    title = named.get(post, "") if post else ""
    if agency_post is not None:
        chosen = get_agency_post(agency_post)
        kind, title = form.kind or chosen.agency.kind, f"{chosen.title}, {chosen.agency.name}"
    about = given.get("about")
    return TookPartGiven(
        agency_kind=form.kind or kind,
        agency_post=agency_post,
        post=post,
        # Whoever is known only by where they stand is kept under that.
        name=(given["name"].strip() or title or KINDS.get(form.kind or kind, ""))[:120],
        role=given["role"],
        there=given["there"],
        because=given["because"],
        shared=given["shared"],
        about=keys_of([about]) if about else children,
        handling=given["handling"],
    )
