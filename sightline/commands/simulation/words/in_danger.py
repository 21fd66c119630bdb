"""What is written when a child may be harmed: discussions, enquiries, conferences, core groups."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sightline.commands.simulation.words.grammar import say
from sightline.commands.simulation.words.writing import Telling, Writing

if TYPE_CHECKING:
    from sightline.commands.simulation.service import Case

ASKED = 4
"""From this age a child is asked what they want to say to a conference."""
AGENCIES = ("police", "health", "school")


@dataclass(frozen=True)
class Said:
    """What was said at a conference: reasons and the child's part by child, views and reports by agency or parent."""

    reasons: dict[str, str]
    parts: dict[str, str]
    views: dict[str, str]
    reports: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)


class InDanger(Writing):
    """Texts of protecting. Outcomes are those of the enquiry and the conference."""

    def strategy_why(self, case: "Case | Telling", on: date) -> str:
        """Why a strategy discussion is asked for."""
        return say("strategy: why", self._of_case(case, on))

    def strategy_shared(self, case: "Case | Telling", agency: str, on: date) -> str:
        """What an agency told (police, health, school, social_care)."""
        return say("strategy: shared", self._of_case(case, on, f"asked_{agency}"))

    def strategy_reasons(self, case: "Case | Telling", outcome: str, on: date) -> dict[str, str]:
        """Why this was decided for each child: enquiry, assessment or goes_on."""
        children = self._children(case.family, case.children)
        return self._each("strategy: reasons", case.family, children, on, f"to_{outcome}")

    def safety(self, case: "Case | Telling", on: date) -> str:
        """How the children are safe until then."""
        return say("strategy: safety", self._of_case(case, on))

    def enquiry_account(self, case: "Case | Telling", on: date) -> str:
        """What was done or learned in an enquiry."""
        return say("enquiry: account", self._of_case(case, on))

    def enquiry(self, case: "Case | Telling", on: date, *, outcome: str = "continuing_risk") -> dict[str, str]:
        """Why an enquiry ended so, for each child."""
        children = self._children(case.family, case.children)
        return self._each("enquiry: reasons", case.family, children, on, outcome)

    def medical(self, case: "Case | Telling", on: date) -> str:
        """What a doctor found."""
        return say("enquiry: medical", self._of_case(case, on))

    def conference(
        self, case: "Case | Telling", on: date, *, decision: str = "plan", review: bool = False
    ) -> Said:  # fmt: skip
        """A conference: `decision` is plan, goes_on, no_plan or ends."""
        children = self._children(case.family, case.children)
        tags = (f"to_{decision}", "at_review" if review else "at_first")
        scene = self._of_case(case, on, *tags)
        views = {one: say("conference: view", scene.but(f"asked_{one}")) for one in (*AGENCIES, "social_care")}
        views["parent"] = say("conference: parent", scene)
        day = self._today(on)
        parts = {
            one.ref: say("conference: child", self.story(case.family, on).scene(day, children, *tags, child=one))
            for one in children if one.age(day) >= ASKED
        }  # fmt: skip
        return Said(
            reasons=self._each("conference: reasons", case.family, children, on, *tags),
            parts=parts,
            views=views,
            reports={one: say("conference: report", scene.but(f"asked_{one}")) for one in AGENCIES},
            paragraphs=[say("conference: paragraph", scene) for _ in range(2)],
        )

    def dissent(self, case: "Case | Telling", on: date) -> str:
        """Why somebody does not agree with what was decided."""
        return say("conference: dissent", self._of_case(case, on))

    def core_group(self, case: "Case | Telling", on: date) -> str:
        """What was said at a core group."""
        return say("core_group", self._of_case(case, on))

    def disagreement(self, case: "Case | Telling", on: date) -> str:
        """What an agency says that does not agree with us."""
        return say("disagreement", self._of_case(case, on))
