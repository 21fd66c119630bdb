"""What is written at length: assessments, plans, reviews, endings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.words.grammar import has, lines, say
from sightline.commands.simulation.words.writing import Telling, Writing, parts_of, shortened

if TYPE_CHECKING:
    from sightline.commands.simulation.service import Case

OF_EACH, OF_ALL = "assessment child: ", "assessment: "
CONCLUDED = 300
ALWAYS = frozenset({"why_now", "childs_day", "analysis", "decision", "what_happens_next"})
FEW, MANY = 0.12, 0.62
"""How often any other part is written, in a short assessment and in a long one."""
ONLY_WORDS, UNSURE, MOST = 0.15, 1.2, 10
"""How often progress is said in words alone, how far a number is from the truth, and the largest."""
COME = ((9, "done"), (7, "well"), (4, "half"), (2, "little"), (0, "nothing"))
"""How far it has come in words, each from that number on."""
Parts = dict[str, str | dict[str, str]]


@dataclass(frozen=True)
class Aim:
    """What is to be different, how one shall know, and the child's words for it; about a child or all."""

    words: str
    how_we_know: str
    childs_words: str
    about: str = ""


@dataclass(frozen=True)
class Deed:
    """An action of a plan: what, who does it, and why."""

    what: str
    who: str
    why: str


@dataclass(frozen=True)
class Ended:
    """What a worker writes who asks for an ending."""

    what_changed: str
    how_to_come_back: str
    who_holds_worry: str


class InDepth(Writing):
    """Texts of an assessment, a plan and an ending."""

    def assessment_why(self, case: "Case | Telling", on: date) -> str:
        """Why an assessment begins."""
        return say("assessing: why", self._of_case(case, on))

    def assessment(self, case: "Case | Telling", on: date, *, outcome: str = "", short: bool = False) -> Parts:
        """The parts that are written: a text about the family, or one by child. `short` leaves most of them out.

        `outcome` is the recommendation, by the pack's list of outcomes of an assessment.
        """
        tags = (outcome, "goes_on" if outcome in {"child_in_need_plan", "strategy_discussion"} else "ends")
        scene = self._of_case(case, on, *tags)
        children = self._children(case.family, case.children)
        found: Parts = {}
        often = FEW if short else MANY

        def wanted(part: str) -> bool:
            return part in ALWAYS or scene.dice.random() < often

        for name in lines():
            if name.startswith(OF_EACH) and wanted(name.removeprefix(OF_EACH)):
                found[name.removeprefix(OF_EACH)] = self._by_child(name, case, children, on, *tags)
            elif name.startswith(OF_ALL) and has(name, scene) and wanted(name.removeprefix(OF_ALL)):
                found[name.removeprefix(OF_ALL)] = say(name, scene)
        return {key: said for key, said in found.items() if said}

    def _by_child(
        self, name: str, case: "Case | Telling", children: Sequence[Dweller], on: date, *tags: str
    ) -> dict[str, str]:  # fmt: skip
        day, story = self._today(on), self.story(case.family, on)
        scenes = {one.ref: story.scene(day, children, *tags, child=one) for one in children}
        return {ref: say(name, scene) for ref, scene in scenes.items() if has(name, scene)}

    def missing_reason(self, case: "Case | Telling", on: date) -> str:
        """Why a part of an assessment is not there."""
        return say("assessing: missing", self._of_case(case, on))

    def evidence_question(self, case: "Case | Telling", on: date) -> str:
        """What a professional is asked."""
        return say("evidence: question", self._of_case(case, on))

    def evidence_answer(self, case: "Case | Telling", kind: str, on: date) -> str:
        """What a professional of this kind of agency answers."""
        return say("evidence: answer", self._of_case(case, on, f"asked_{kind}"))

    def returned(self, case: "Case | Telling", on: date) -> str:
        """What a manager asks for who returns an assessment."""
        return say("assessing: returned", self._of_case(case, on))

    def conclusion(self, case: "Case | Telling", on: date) -> tuple[str, str]:
        """A conclusion about an adult, and what it rests on."""
        words, basis = parts_of("conclusion", self._of_case(case, on), 2)
        return shortened(words, CONCLUDED), basis

    def told_plainly(self, case: "Case | Telling", on: date) -> str:
        """What a parent is given of an assessment, in plain words."""
        return say("assessing: plainly", self._of_case(case, on))

    # --- plans ------------------------------------------------------------------------------------

    def plan_outcomes(self, case: "Case | Telling", on: date | None = None, *, protection: bool = False) -> list[Aim]:
        """What is to be different: two for all, and one for each of up to two children."""
        tag = "protection" if protection else "in_need"
        scene = self._of_case(case, on, tag)
        aims = [Aim(words, how, "") for words, how in (parts_of("plan: aim", scene, 2) for _ in range(2))]
        day, story = self._today(on), self.story(case.family, on)
        children = [one for one in self._children(case.family, case.children) if one.born <= day]
        for one in children[:2]:
            words, how, own = parts_of("plan: aim of child", story.scene(day, children, tag, child=one), 3)
            aims.append(Aim(words, how, "" if own == "-" else own, one.ref))
        return aims

    def plan_actions(self, case: "Case | Telling", on: date | None = None, *, count: int = 3) -> list[Deed]:
        """Who does what, and why."""
        scene = self._of_case(case, on)
        return [Deed(*parts_of("plan: action", scene, 3)) for _ in range(count)]

    def service(self, case: "Case | Telling", on: date | None = None) -> tuple[str, str]:
        """Help that is asked for, and of whom."""
        what, whom = parts_of("plan: service", self._of_case(case, on), 2)
        return what, whom

    def contingency(self, case: "Case | Telling", on: date | None = None) -> tuple[str, str]:
        """What is done if it does not work, and at which point one goes further."""
        instead, further = parts_of("plan: contingency", self._of_case(case, on), 2)
        return instead, further

    def agreement_words(self, case: "Case | Telling", on: date | None = None, *, agreed: bool = True) -> str:
        """What somebody says who agrees to a plan, or does not."""
        return say("plan: agreement", self._of_case(case, on, "agrees" if agreed else "refuses"))

    def not_signed(self, case: "Case | Telling", on: date | None = None) -> str:
        """Why there is no signature."""
        return say("plan: not_signed", self._of_case(case, on))

    def action_done(self, case: "Case | Telling", on: date | None = None) -> str:
        """What became of an action."""
        return say("plan: done", self._of_case(case, on))

    def review(self, case: "Case | Telling", on: date) -> str:
        """What was said at a review."""
        return say("review", self._of_case(case, on))

    def attended(self, case: "Case | Telling", on: date) -> str:
        """Who was there, and who not."""
        return say("review: attended", self._of_case(case, on))

    def progress(self, case: "Case | Telling", on: date) -> tuple[int | None, str]:
        """How far something has come, from nought to ten, and in words."""
        story, day = self.story(case.family, on), self._today(on)
        scale = round(MOST * story.level(day) + story.dice.uniform(-UNSURE, UNSURE))
        scale = min(max(scale, 0), MOST)
        number = None if story.dice.random() < ONLY_WORDS else scale
        come = next(word for least, word in COME if scale >= least)
        return number, say("review: progress", self._of_case(case, on, come))

    # --- endings ----------------------------------------------------------------------------------

    def ending(self, case: "Case | Telling", on: date, *, reason: str = "") -> Ended:
        """What is written when it ends; `reason` is an option of the pack's lists of reasons for closing."""
        scene = self._of_case(case, on, reason or "services_ended")
        names = ("ending: what_changed", "ending: come_back", "ending: who_holds")
        return Ended(*(say(name, scene) for name in names))

    def step_reason(self, case: "Case | Telling", on: date, *, down: bool = True) -> str:
        """Why less help, or more, is asked for."""
        return say("step: reason", self._of_case(case, on, "down" if down else "up"))
