"""What workers write who carry a case: notes, calls, visits, what children say, oversight."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sightline.commands.simulation.dwellers import Dweller
from sightline.commands.simulation.words.grammar import Scene, say
from sightline.commands.simulation.words.knowing import eldest_first
from sightline.commands.simulation.words.storyline import Storyline
from sightline.commands.simulation.words.writing import Telling, Whom, Writing, parts_of

if TYPE_CHECKING:
    from sightline.commands.simulation.service import Case

EACH = 3
"""How many children a narrative tells of by name, one after the other."""


class AtWork(Writing):
    """Texts of a case. `by` is the key word of whoever writes, and the post that carries it when empty."""

    def note(self, case: "Case | Telling", on: date, *, by: str = "") -> str:
        """A case note."""
        return self._continued("note", case, None, on, by=by)

    def call(self, case: "Case | Telling", on: date, *, by: str = "") -> tuple[str, str, str]:
        """A phone call: with whom, the direction (in or out), and what was said."""
        scene = self._of_case(case, on, by=by)
        whom, direction, text = parts_of("call", self._threaded(scene, case, on), 3)
        return whom, direction.lower(), self._in_hand(text, by or case.post)

    def visit(
        self, case: "Case | Telling", child: Whom | Iterable[Whom] | None, on: date, *, seen: str = "seen",
        place: str = "home", announced: bool = True, by: str = "",
    ) -> str:  # fmt: skip
        """What happened at a visit to this child, these, or all of the case; `seen` is how it went for them."""
        tags = (seen, f"at_{place}", "announced" if announced else "unannounced")
        if seen in {"nobody_in", "refused", "not_seen", "cancelled", "cancelled_by_us"}:
            return self._in_hand(say("visit: no_access", self._of_case(case, on, *tags, by=by)), by or case.post)
        return self._continued("visit", case, child, on, *tags, by=by)

    def not_seen(self, case: "Case | Telling", child: Whom, on: date) -> tuple[str, str]:
        """Why a child was not seen, and who said so."""
        reason, who = parts_of("visit: not_seen", self._scene(case.family, [child], on), 2)
        return reason, who

    def purpose(self, case: "Case | Telling", on: date) -> str:
        """What a visit is for."""
        return say("visit: purpose", self._of_case(case, on))

    def cancelled(self, case: "Case | Telling", on: date, *, ours: bool) -> str:
        """Why a visit was called off."""
        return say("visit: cancelled", self._of_case(case, on, "ours" if ours else "theirs"))

    def sleeping(self, case: "Case | Telling", child: Whom, on: date) -> str:
        """Where the child sleeps, as it was seen."""
        return say("visit: sleeping", self._scene(case.family, [child], on))

    def child_said(self, child: Whom, on: date, case: "Case | Telling | None" = None) -> str:
        """What a child said, or did who does not speak in sentences; nothing of the unborn."""
        family = case.family if case else self._family_of[child.ref if isinstance(child, Dweller) else child]
        scene = self._scene(family, [child], on)
        return "" if "unborn" in scene.tags else say("child_said", scene)

    def appointment(self, case: "Case | Telling", child: Whom, on: date, *, seen: str) -> tuple[str, str]:
        """Which appointment it was, and how it went; `seen` is brought, not_brought or cancelled."""
        what, text = parts_of("appointment", self._scene(case.family, [child], on, seen), 2)
        return what, text

    def supervision(self, case: "Case | Telling", on: date) -> str:
        """What a manager writes who went through it with the worker."""
        return say("supervision", self._threaded(self._of_case(case, on), case, on))

    def own_account(self, case: "Case | Telling", on: date) -> str:
        """What a parent says who does not agree with what was written."""
        return say("own_account", self._of_case(case, on))

    def correction_reason(self, case: "Case | Telling", on: date) -> str:
        """Why something written is put right."""
        return say("correction: reason", self._of_case(case, on))

    def late_because(self, case: "Case | Telling", on: date) -> str:
        """Why something was done later than due."""
        return say("late_because", self._of_case(case, on))

    # --- what goes on from one text to the next -------------------------------------------------------

    def _continued(
        self, name: str, case: "Case | Telling", whom: Whom | Iterable[Whom] | None, on: date, *tags: str, by: str
    ) -> str:  # fmt: skip
        writer = by or case.post or "somebody"
        chosen = whom if whom is not None else case.children
        scene = self._scene(case.family, chosen, on, *tags, by=writer)
        children = self._children(case.family, chosen)
        text = say(name, self._threaded(scene, case, on, children, *tags))
        return self._in_hand(text, writer)

    def _threaded(
        self, scene: Scene, case: "Case | Telling", on: date, children: list[Dweller] | None = None, *tags: str
    ) -> Scene:  # fmt: skip
        """With what was agreed before, what is agreed now, and a sentence about each child."""
        day, story = self._today(on), self.story(case.family, on)
        followed = story.followed(day)
        about = children if children is not None else self._children(case.family, case.children)
        more = {"followed": followed} if followed else {}
        return scene.but(
            *(["thread"] if followed else []), agreed=lambda: story.agree(scene, day),
            each=lambda: _each_seen(story, about, day, tags), **more,
        )  # fmt: skip


def _each_seen(story: Storyline, children: list[Dweller], on: date, tags: tuple[str, ...]) -> str:
    told = eldest_first(children)[:EACH]
    return " ".join(say("visit.child", story.scene(on, children, *tags, child=one)) for one in told)
