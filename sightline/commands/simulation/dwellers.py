"""Who lives in the place, as it truly is. What the record says of them may be wrong, as records are."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(eq=False)
class Dweller:
    """Somebody. `ref` is the word by which the play calls them, in the record or not."""

    ref: str
    given: str
    family: str
    sex: str
    born: date
    community: str
    nhs: str = ""
    upn: str = ""
    school: str = ""
    """The key of an agency's post: whom one writes to about this child at their school or nursery."""
    died: date | None = None
    registered: bool = False
    """Whether the record knows them."""

    def age(self, on: date) -> int:
        """In whole years; below nought is nought, and not yet born is -1."""
        if on < self.born:
            return -1
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def is_child(self, on: date) -> bool:
        """Under eighteen, born or expected."""
        return self.age(on) < 18


@dataclass(eq=False)
class Home:
    """Where people live."""

    lines: str
    postcode: str


@dataclass(eq=False)
class Family:
    """Children who belong together, whoever lives with them now, and what weighs on them."""

    ref: str
    children: list[Dweller]
    carers: dict[str, str]
    """What each adult is to the children (mother, father, step_parent, grandparent, other), by `ref`."""
    adults: dict[str, Dweller]
    """Everybody grown up who is or was there, by `ref`; who lives there now is in `at_home`."""
    at_home: set[str]
    home: Home
    strain: float = 1.0
    """How much weighs on them beside others, 1 is as in the middle. What comes to notice follows from it."""
    troubles: frozenset[str] = field(default_factory=frozenset)
    """Of which kinds (drink, drugs, violence, low_mood, neglect, money, disability, bereavement ...)."""
