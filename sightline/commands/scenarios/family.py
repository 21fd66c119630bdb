"""Who is in a scenario, as the record comes to know them: registered when somebody first speaks of them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property

from sightline.commands.demonstration.telling import Telling
from sightline.commands.scenarios.spec import Somebody, Timeline
from sightline.journeys.register_people import NewPerson
from sightline.kernel.errors import Refusal
from sightline.kernel.references import new_id

_OF = re.compile(r"^(?P<what>[\w' -]+?) of (?P<whom>.+)$")
KINDS = {
    "mother": "mother", "father": "father", "parent": "parent", "step-mother": "step_parent",
    "stepmother": "step_parent", "step-father": "step_parent", "stepfather": "step_parent",
    "step-parent": "step_parent", "partner": "partner", "grandmother": "grandparent", "grandfather": "grandparent",
    "grandparent": "grandparent", "brother": "sibling", "sister": "sibling", "half-brother": "half_sibling",
    "half-sister": "half_sibling", "carer": "carer", "aunt": "relative", "uncle": "relative", "cousin": "relative",
}  # fmt: skip
GRANDPARENTS = re.compile(r"(mother|father|parent)'s (mother|father|parent)", re.IGNORECASE)
PARENTS = frozenset({"mother", "father", "parent"})
EIGHTEEN = 18


class Household:
    """The people of a timeline and what they are to one another."""

    def __init__(self, timeline: Timeline) -> None:
        self.family = timeline.family
        self.people = {one.ref: one for one in timeline.people}
        self.begins = timeline.events[0].when.first

    @cached_property
    def children(self) -> list[str]:
        """Those under eighteen when it begins, and those who are born later."""
        return [one.ref for one in self.people.values() if self._is_child(one)]

    def _is_child(self, one: Somebody) -> bool:
        if one.born is None:
            return one.relation.lower().startswith(("child", "baby", "unborn"))
        return self.begins.year - one.born.first.year < EIGHTEEN

    def is_home(self, ref: str, on: date) -> bool:
        """Whether they lived with the family on that day: whoever has no day of joining lives elsewhere."""
        one = self.people[ref]
        came = one.joined.first <= on if one.joined else ref in self.children and one.relation.lower() == "child"
        return came and (one.left is None or one.left.last > on)

    def ties(self, ref: str) -> Iterable[tuple[str, str]]:
        """What an adult is to each child, as the relation says it: the child and the kind, "other" if it says none."""
        relation = self.people[ref].relation
        found = _OF.match(relation)
        if found:
            kind = KINDS.get(found["what"].strip().lower(), "other")
            named = [one for one in self.people if re.search(rf"\b{re.escape(one)}\b", found["whom"])]
            return [(one, kind) for one in named if one != ref]
        kind = "grandparent" if GRANDPARENTS.search(relation) else "other"
        return [(child, kind) for child in self.children] if relation and ref not in self.children else []

    def parents_at_home(self, children: Iterable[str], on: date) -> list[str]:
        """The fathers and mothers of these children who live with them and are known by name."""
        wanted = set(children)
        return [
            ref for ref, one in self.people.items()
            if one.identified and ref not in self.children and self.is_home(ref, on)
            and any(child in wanted and kind in PARENTS for child, kind in self.ties(ref))
        ]  # fmt: skip

    def children_with(self, about: Sequence[str], on: date) -> list[str]:
        """The children whom an event concerns: those it names, else those of the adults it names, else all of them."""
        alive = [ref for ref in self.children if self._is_there(ref, on)]
        named = [ref for ref in about if ref in self.children]
        of_adults = {child for ref in about for child, kind in self.ties(ref) if kind in PARENTS}
        return named or [ref for ref in alive if ref in of_adults] or alive or self.children

    def _is_there(self, ref: str, on: date) -> bool:
        born = self.people[ref].born
        return born is None or born.first <= on

    def is_unborn(self, ref: str, on: date) -> bool:
        """Whether they are a child who is born after that day."""
        born = self.people[ref].born
        return ref in self.children and born is not None and born.first > on

    def given(self, ref: str) -> str:
        """The given name under which they are registered."""
        name = self.people[ref].name
        return (name.rpartition(" ")[0] if " " in name else name) or ref

    def called(self, ref: str) -> str:
        """What an agency calls them in its own notes."""
        one = self.people[ref]
        return f"{ref} ({one.name})" if one.name else ref


def newcomer(story: Telling, household: Household, ref: str, on: date) -> NewPerson:
    """Somebody as they are registered on that day: also unborn, or not identified."""
    one = household.people[ref]
    family = one.name.rpartition(" ")[2] if " " in one.name else ""
    if not one.identified:
        return story.somebody(ref, one.relation or ref, one.sex)
    born = one.born
    if born is not None and household.is_unborn(ref, on):
        key = story.people[ref] = new_id()
        story.children.add(key)
        name = family or household.family
        return NewPerson(id=key, kind="child", family=name, birth="expected", expected_date=born.first)
    birth = "exact" if born is None or born.first == born.last else "year"
    made = (
        story.child(ref, born.first if born else None, one.sex, birth=birth if born else "unknown")
        if ref in household.children
        else story.adult(ref, one.sex, born.first if born else None)
    )
    return story.named(made, household.given(ref), family or household.family)


def belong_together(
    story: Telling, household: Household, new: Sequence[str], *, by: str, on: date, at: datetime
) -> list[str]:
    """Say who is what to whom, and where they live; gives the ties that cannot be said where the contact was taken."""
    unsaid: list[str] = []
    known = [ref for ref in household.people if ref in story.people]
    fresh = set(new)
    for adult in (ref for ref in known if ref not in household.children and household.people[ref].identified):
        for child, kind in household.ties(adult):
            if child in story.people and {adult, child} & fresh:
                _say(story, (adult, child, kind), household.people[adult], unsaid, by=by, at=at)
    children = [ref for ref in household.children if ref in story.people]
    for place, one in enumerate(children):
        for other in children[place + 1 :]:
            if {one, other} & fresh:
                _say(story, (one, other, _siblings(household, one, other)), None, unsaid, by=by, at=at)
    home = [ref for ref in new if household.is_home(ref, on) and household.people[ref].identified]
    story.home(home, f"The {household.family} home", "", by=by, at=at)
    return unsaid


def _siblings(household: Household, one: str, other: str) -> str:
    parents = [
        {ref for ref in household.people for child, kind in household.ties(ref) if child == whose and kind in PARENTS}
        for whose in (one, other)
    ]
    return "half_sibling" if parents[0] != parents[1] and parents[0] & parents[1] else "sibling"


def _say(
    story: Telling, tie: tuple[str, str, str], who: Somebody | None, unsaid: list[str], *, by: str, at: datetime
) -> None:
    person, to, kind = tie
    words = _lived(who) if who else ""
    facts = {"words": words[:300]} if words else {}
    try:
        story.related(person, to, kind, by=by, at=at, **facts)
    except Refusal:
        # Whoever takes a contact sees those whom it is about, and not always everybody around them.
        unsaid.append(f"{person} and {to}")


def _lived(one: Somebody) -> str:
    said = [one.relation]
    if one.joined:
        said.append(f"there since {one.joined}")
    if one.left:
        said.append(f"left {one.left}")
    return ", ".join(part for part in said if part)
