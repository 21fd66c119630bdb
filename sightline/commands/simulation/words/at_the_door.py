"""What is said and written at the front door."""

from collections.abc import Iterable
from datetime import date

from sightline.commands.simulation.dwellers import Family
from sightline.commands.simulation.words.grammar import say
from sightline.commands.simulation.words.writing import Whom, Writing, parts_of

PUBLIC = frozenset({"family_member", "acquaintance", "stranger", "anonymous", "self", "not_known"})
EDUCATION = frozenset({"school", "education_service"})
HEALTH = frozenset(
    {"general_practitioner", "health_visitor", "school_nurse", "primary_health", "emergency_department", "other_health"}
)


def tags_of_source(source: str) -> set[str]:
    """A source and the kind of source that it is."""
    kind = "public" if source in PUBLIC else "education" if source in EDUCATION else "agency"
    return {source, "health" if source in HEALTH else kind, "public" if kind == "public" else "professional"}


class AtTheDoor(Writing):
    """Contacts, checks and decisions. `children` are dwellers or the play's words for them."""

    def contact(self, family: Family, children: Iterable[Whom], source: str, on: date) -> tuple[str, str]:
        """What somebody saw or heard, and what they fear; `source` is an option of the pack's list of sources."""
        scene = self._scene(family, children, on, *tags_of_source(source))
        most = sorted(family.troubles & scene.tags)
        if most:  # what is most on somebody's mind today
            scene = scene.but(f"about_{scene.dice.choice(most)}")
        return say("contact: saw", scene), say("contact: fears", scene)

    def danger(self, family: Family, children: Iterable[Whom], on: date) -> str:
        """Who is in danger now, where, and what was done so far."""
        return say("contact: danger", self._scene(family, children, on))

    def injury(self, family: Family, child: Whom, on: date) -> tuple[str, str, str]:
        """An injury as it is reported: where, the account that was given, and by whom."""
        site, account, by = parts_of("contact: injury", self._scene(family, [child], on), 3)
        return site, account, by

    def check_question(self, family: Family, children: Iterable[Whom], kind: str, on: date) -> tuple[str, str]:
        """What an agency of this kind (health, police, school, housing) is asked, and why."""
        question, why = parts_of("check: question", self._scene(family, children, on, f"asked_{kind}"), 2)
        return question, why

    def check_answer(self, family: Family, children: Iterable[Whom], kind: str, on: date) -> str:
        """What an agency of this kind answers."""
        return say("check: answer", self._scene(family, children, on, f"asked_{kind}"))

    def decision_reason(self, family: Family, children: Iterable[Whom], outcome: str, on: date) -> str:
        """Why this outcome, and not another."""
        return say("decision: reason", self._scene(family, children, on, outcome))

    def would_change(self, family: Family, children: Iterable[Whom], outcome: str, on: date) -> str:
        """What would change the decision."""
        return say("decision: would_change", self._scene(family, children, on, outcome))

    def history_bears(self, family: Family, children: Iterable[Whom], on: date, *, before: int = 0) -> str:
        """What in the history bears on it; `before` is how often the family came to notice earlier."""
        return say("decision: history", self._scene(family, children, on, "before" if before else "first_time"))

    def heard(self, family: Family, on: date, *, source: str = "") -> str:
        """How whoever told us took what they were told, in a call."""
        return say("feedback: heard", self._scene(family, None, on, *tags_of_source(source)))

    def allocation_reason(self, family: Family, on: date) -> str:
        """Why these children go to this worker."""
        return say("allocation: reason", self._scene(family, None, on))
