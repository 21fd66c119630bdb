"""Everybody who could be invited, as rows of a form: each with why, and what is asked before they are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from sightline.journeys.convene import ProposedInvitee
from sightline.people.queries import get_names, list_network
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened
from sightline.web.conferences.forms import InviteeForm, OtherForm
from sightline.web.plans.choosing import agency_choices, post_choices
from sightline.web.plans.forms import Choices
from sightline.web.plans.sheet import Sheet
from sightline.web.presenters.steps import shown_name

AGENCY, POST, PERSON = "agency", "post", "person"


@dataclass(frozen=True)
class Slot:
    """One who is proposed, in words. `who` are the keywords by which the operations call them."""

    prefix: str
    title: str
    because: str
    proposed: ProposedInvitee

    @property
    def who(self) -> dict[str, UUID]:
        """`agency_post`, `post` or `person`, whichever it is."""
        one = self.proposed
        named = {"agency_post": one.agency_post, "post": one.post, "person": one.person}
        return {name: key for name, key in named.items() if key is not None}

    def asks(self, *, leave: bool) -> list[str]:
        """What the form asks of this one."""
        one = self.proposed
        asked = ["name"] if one.agency_post else []
        asked += ["report"] if one.agency_post or one.report else []
        asked += ["safe", "safe_because"] if one.family else []
        return [*asked, *(["left"] if leave else [])]


def slots_of(proposed: Iterable[ProposedInvitee]) -> list[Slot]:
    """The proposed as rows, in the order in which they are proposed."""
    return [_slot(one) for one in proposed]


def _slot(one: ProposedInvitee) -> Slot:
    kind, key = next(
        (kind, key)
        for kind, key in ((AGENCY, one.agency_post), (POST, one.post), (PERSON, one.person))
        if key is not None
    )
    title = f"{one.name}, {one.title}" if one.agency_post and one.name else one.title
    return Slot(f"{kind}-{key}", title, f"{'. '.join(one.because)}.", one)


def others_of(opened: Opened, taken: Iterable[Slot]) -> Choices:
    """Whoever is not proposed: the family and those who live with them, posts at agencies, and our own."""
    listed = {one.prefix for one in taken}
    network = get_names(people=list_network(people=[opened.person]))
    family = [(f"{PERSON}-{key}", shown_name(one)) for key, one in network.items()]
    ours = [(f"{POST}-{key}", text) for key, text in post_choices(opened.by)]
    groups = [
        ("In the family", sorted(family, key=lambda one: one[1])),
        *((agency, [(f"{AGENCY}-{key}", text) for key, text in held]) for agency, held in agency_choices()),
        ("In this authority", ours),
    ]
    left = [(name, [(key, text) for key, text in held if key not in listed]) for name, held in groups]
    return [(name, held) for name, held in left if held]


@dataclass(frozen=True)
class Row:
    """One who is proposed, and the form for it."""

    slot: Slot
    form: InviteeForm


class InviteesSheet(Sheet):
    """The forms of everybody who is proposed, and of those who are added."""

    leave = True

    def __init__(
        self, opened: Opened, slots: list[Slot], people: Choices, typed: QueryDict | None, *, bound: bool
    ) -> None:
        self.opened, self.slots, self.people = opened, slots, people
        super().__init__(typed, bound=bound, at=opened.at)

    def build(self) -> None:
        """Everybody who is proposed, then whoever is added."""
        self.rows_of = [Row(slot, self._row(slot)) for slot in self.slots]
        self.others = [
            self.make(OtherForm, prefix=f"other{number}", people=self.people) for number in self.rows("others")
        ]

    def _row(self, slot: Slot) -> InviteeForm:
        asks = slot.asks(leave=self.leave)
        form: InviteeForm = self.make(
            InviteeForm, prefix=slot.prefix, title=slot.title, because=slot.because, asks=asks
        )
        if "name" in form.fields:
            # A fact that the record holds: who stands in the post.
            form.initial["name"] = slot.proposed.name
        return form

    @property
    def family(self) -> list[Row]:
        """Children, parents and others of the household."""
        return [row for row in self.rows_of if row.slot.proposed.family or row.slot.proposed.child]

    @property
    def professionals(self) -> list[Row]:
        """Everybody else who is proposed."""
        return [row for row in self.rows_of if row not in self.family]

    @property
    def others_begun(self) -> bool:
        """Whether somebody is being added, so that their fields are not folded away."""
        if self.counts["others"] > 1:
            return True
        return any(bool(form[name].value()) for form in self.others for name in ("whom", "name", "role"))


def chosen(whom: str) -> dict[str, UUID]:
    """Which one was chosen in a list of `others_of`, by the keyword of the operations; nobody for a name alone."""
    kind, _, key = whom.partition("-")
    found = key_in(key) if key else None
    names: dict[str, Any] = {AGENCY: "agency_post", POST: "post", PERSON: "person"}
    return {names[kind]: found} if found and kind in names else {}
