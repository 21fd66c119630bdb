"""Who lives in the place, as it truly is. What the record says of them may be wrong, as records are."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(eq=False, slots=True)
class Dweller:
    """Somebody. `ref` is the word by which the play calls them, in the record or not."""

    ref: str
    given: str
    """Empty before birth: a child has the family's name only."""
    family: str
    sex: str
    born: date
    """Before birth, the day on which they are expected."""
    community: str
    ethnicity: str = ""
    """The census's code, as they would say it themselves."""
    nhs: str = ""
    upn: str = ""
    school: str = ""
    """The key of an agency's post: whom one writes to about this child at their school or nursery."""
    parents: tuple[str, ...] = ()
    """Who bore and fathered a child, by `ref`. Two children with one parent alike are half-brothers or -sisters."""
    disabilities: tuple[str, ...] = ()
    """The census's codes."""
    died: date | None = None
    registered: bool = False
    """Whether the record knows them."""
    former: tuple[tuple[date, str, str], ...] = ()
    """Earlier names, first to last: the day on which each ended, given, family."""
    spoken_of: str = ""
    """How people speak of an adult whom nobody has named to anyone yet; their name is the truth, and unsaid."""

    def age(self, on: date) -> int:
        """In whole years; below nought is nought, and not yet born is -1."""
        if on < self.born:
            return -1
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def is_child(self, on: date) -> bool:
        """Under eighteen, born or expected."""
        return self.age(on) < 18


@dataclass(frozen=True, slots=True)
class Home:
    """Where people live."""

    lines: str
    postcode: str


@dataclass(eq=False, slots=True)
class Family:
    """Children who belong together, whoever lives with them now, and what weighs on them."""

    ref: str
    children: list[Dweller]
    """Under eighteen and alive, those expected too (`given` empty until they are born)."""
    carers: dict[str, str]
    """What each adult is to the children (mother, father, step_parent, grandparent, sibling, other), by `ref`."""
    adults: dict[str, Dweller]
    """Everybody grown up who is or was there, by `ref`; who lives there now is in `at_home`."""
    at_home: set[str]
    home: Home
    strain: float = 1.0
    """How much weighs on them beside others, 1 is as in the middle. What comes to notice follows from it."""
    troubles: frozenset[str] = field(default_factory=frozenset)
    """Of which kinds (drink, drugs, violence, low_mood, neglect, money, disability, bereavement ...)."""
    elsewhere: dict[str, Home] = field(default_factory=dict)
    """Where those adults live who do not live with the children, by `ref`."""
    here: bool = True
    """Whether they live in the place; whoever moved away, or has no child any more, does not."""

    def adults_at_home(self) -> list[Dweller]:
        """Who lives with the children, in the order in which they came."""
        return [one for ref, one in self.adults.items() if ref in self.at_home and one.died is None]
