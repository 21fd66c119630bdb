"""What one pack changes of another, in words: adds, rewords, narrows, drops, or breaks. Pure.

A record keeps the version under which it was written, so nothing here changes what an older record
shows. What *breaks* is what would give one key two meanings: an answer of another kind, asked of somebody
else, or kept elsewhere; a code of a return that says something else; a stage that open work stands on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from sightline.practice.spec import (
    AssessmentKind,
    Basis,
    Check,
    Form,
    Letter,
    Option,
    OptionList,
    Outcome,
    Pack,
    PlanKind,
    Question,
    Threshold,
    Timescale,
)

ChangeKind = Literal["adds", "rewords", "narrows", "drops", "breaks"]
ORDER: tuple[ChangeKind, ...] = ("breaks", "drops", "narrows", "adds", "rewords")
# Minutes, near enough to say which of two is the longer.
_MINUTES = {"minutes": 1, "hours": 60, "days": 1_440, "working days": 2_016, "weeks": 10_080, "months": 43_800}


@dataclass(frozen=True)
class Change:
    """One thing that changes. ``before`` is "" for what is added, and ``after`` for what is dropped."""

    kind: ChangeKind
    where: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.where}: {self.after}"
        return f"{self.where}: {self.before} → {self.after or 'not there any more'}"


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


class _Ruled(_Keyed, Protocol):
    @property
    def basis(self) -> Basis: ...


Thing = TypeVar("Thing", bound=_Keyed)
Rule = TypeVar("Rule", bound=_Ruled)
Compared = Callable[[Thing, Thing, str], Iterator[Change]]


def compare(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``: what breaks first, then in the packs' own order."""
    found = (
        *_each("form", old.forms, new.forms, _form, gone="breaks"),
        *_each("list", old.lists, new.lists, _list, gone="breaks"),
        *_each("timescale", _latest(old.timescales), _latest(new.timescales), _timescale, gone="breaks"),
        *_each("threshold", _latest(old.thresholds), _latest(new.thresholds), _threshold, gone="breaks"),
        *_each("outcome", old.outcomes, new.outcomes, _outcome, gone="drops"),
        *_each("letter", old.letters, new.letters, _letter, gone="breaks"),
        *_each("check", old.checks, new.checks, _titled, gone="drops"),
        *_each("assessment", old.assessment_kinds, new.assessment_kinds, _assessment, gone="breaks"),
        *_each("plan", old.plan_kinds, new.plan_kinds, _plan, gone="breaks"),
    )
    return tuple(sorted(found, key=lambda change: ORDER.index(change.kind)))


def used_before(earlier: Iterable[Pack], new: Pack) -> tuple[Change, ...]:
    """What of ``new`` has a key that an earlier one used for something else, also one long out of force.

    A key that was dropped is not free again: whoever counts the answers of years would add up two questions.
    """
    found: dict[str, Change] = {}
    for old in earlier:
        for change in compare(old, new):
            if change.kind == "breaks" and change.after:
                found.setdefault(change.where, change)
    return tuple(found.values())


def _each(
    thing: str, old: Iterable[Thing], new: Iterable[Thing], inner: Compared[Thing], *, gone: ChangeKind
) -> Iterator[Change]:
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    for key, one in before.items():
        where = f"{thing} “{key}”"
        if key in after:
            yield from inner(one, after[key], where)
        else:
            yield Change(gone, where, _called(one), "")
    for key, one in after.items():
        if key not in before:
            yield Change("adds", f"{thing} “{key}”", "", _called(one))


def _called(thing: object) -> str:
    for name in ("title", "label", "subject"):
        if words := getattr(thing, name, None):
            return str(words)
    return ""


def _words(where: str, before: object, after: object) -> Iterator[Change]:
    """A change of words alone, in any language."""
    if before != after:
        yield Change("rewords", where, str(before or "nothing"), str(after or "nothing"))


def _form(old: Form, new: Form, where: str) -> Iterator[Change]:
    yield from _words(where, old.title, new.title)
    titles = {section.key: section.title for section in new.sections}
    for section in old.sections:
        yield from _words(f"{where}, section “{section.key}”", section.title, titles.get(section.key, section.title))
    before, after = {one.key: one for one in old.questions}, {one.key: one for one in new.questions}
    for key, question in before.items():
        place = f"{where}, question “{key}”"
        if key in after:
            yield from _question(question, after[key], place)
        else:
            yield Change("breaks" if question.bound_to else "drops", place, str(question.label), "")
    for key, question in after.items():
        if key not in before:
            yield Change("adds", f"{where}, question “{key}”", "", str(question.label))
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Change("rewords", where, "asked in one order", "asked in another")


def _question(old: Question, new: Question, where: str) -> Iterator[Change]:
    for name, before, after in (
        ("an answer of", old.answer, new.answer),
        ("asked of", old.asked_of, new.asked_of),
        ("kept in", old.bound_to or "the form", new.bound_to or "the form"),
    ):
        if before != after:
            yield Change("breaks", where, f"{name} {before}", f"{name} {after}")
    yield from _words(where, old.label, new.label)
    yield from _words(f"{where}, hint", old.hint, new.hint)
    if old.required != new.required:
        said = ("may be left empty", "must be answered")
        yield Change("narrows" if new.required else "adds", where, said[old.required], said[new.required])
    if old.asked_when != new.asked_when:
        wider = new.asked_when is None
        yield Change("adds" if wider else "narrows", where, _when(old), _when(new))
    yield from _options(old.options, new.options, where, coded=False)


def _when(question: Question) -> str:
    condition = question.asked_when
    if condition is None:
        return "always asked"
    return f"asked when “{condition.question}” is {' or '.join(condition.answers)}"


def _list(old: OptionList, new: OptionList, where: str) -> Iterator[Change]:
    yield from _words(where, old.title, new.title)
    yield from _options(old.options, new.options, where, coded=True)


def _options(old: Iterable[Option], new: Iterable[Option], where: str, *, coded: bool) -> Iterator[Change]:
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    for key, option in before.items():
        place = f"{where}, option “{key}”"
        if key not in after:
            yield Change("breaks" if coded and option.code else "narrows", place, str(option.label), "")
        else:
            yield from _option(option, after[key], place)
    for key, option in after.items():
        if key not in before:
            yield Change("adds", f"{where}, option “{key}”", "", str(option.label))


def _option(old: Option, new: Option, where: str) -> Iterator[Change]:
    yield from _words(where, old.label, new.label)
    yield from _words(f"{where}, hint", old.hint, new.hint)
    for name in ("code", "agency", "begins", "professional", "public"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            kind: ChangeKind = "breaks" if before else "adds"
            yield Change(kind, where, f"{name} {before or 'not said'}", f"{name} {after or 'not said'}")


def _latest(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rule of each key that begins last, as the packs list them."""
    found: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda one: one.basis.effective.begins):
        found[rule.key] = rule
    return tuple(found.values())


def _timescale(old: Timescale, new: Timescale, where: str) -> Iterator[Change]:
    yield from _words(where, old.label, new.label)
    before, after = _length(old), _length(new)
    if before != after:
        yield Change("narrows" if _shorter(old, new) else "adds", where, before, after)
    yield from _words(f"{where}, starts", old.starts, new.starts)
    yield from _words(f"{where}, stops", old.stops, new.stops)


def _length(rule: Timescale) -> str:
    if rule.unit in ("at once", "not prescribed"):
        return rule.unit
    unit = rule.unit.removesuffix("s") if rule.length == 1 else rule.unit
    return f"{rule.length} {unit}, {rule.by}"


def _shorter(old: Timescale, new: Timescale) -> bool:
    if not (old.prescribed and new.prescribed):
        return new.prescribed
    return _in_minutes(new) < _in_minutes(old) or (_in_minutes(new) == _in_minutes(old) and new.by == "same time")


def _in_minutes(rule: Timescale) -> int:
    return rule.length * _MINUTES.get(rule.unit, 0)


def _threshold(old: Threshold, new: Threshold, where: str) -> Iterator[Change]:
    yield from _words(where, old.label, new.label)
    if old.number != new.number:
        yield Change("narrows" if new.number < old.number else "adds", where, str(old.number), str(new.number))


def _outcome(old: Outcome, new: Outcome, where: str) -> Iterator[Change]:
    for name in ("label", "will_do", "next_step"):
        yield from _words(where, getattr(old, name), getattr(new, name))
    for name in ("is_referral", "no_further_action", "kept_apart"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("breaks", where, f"{name}: {before}", f"{name}: {after}")
    if old.opens_step != new.opens_step:
        yield Change("rewords", where, _step(old), _step(new))


def _step(outcome: Outcome) -> str:
    return str(outcome.opens_step.words) if outcome.opens_step else "nothing to do"


def _letter(old: Letter, new: Letter, where: str) -> Iterator[Change]:
    yield from _words(f"{where}, subject", old.subject, new.subject)
    yield from _words(where, old.body, new.body)


def _titled(old: Check, new: Check, where: str) -> Iterator[Change]:
    yield from _words(where, old.label, new.label)
    yield from _words(f"{where}, hint", old.hint, new.hint)


def _assessment(old: AssessmentKind, new: AssessmentKind, where: str) -> Iterator[Change]:
    yield from _words(where, old.title, new.title)
    for name in ("form", "timescale", "starts"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("breaks", where, f"{name}: {before}", f"{name}: {after}")


def _plan(old: PlanKind, new: PlanKind, where: str) -> Iterator[Change]:
    yield from _words(where, old.title, new.title)
    if old.lead != new.lead:
        yield Change(
            "narrows" if new.lead == "social worker" else "adds", where, f"led by {old.lead}", f"led by {new.lead}"
        )
    if old.one_with != new.one_with:
        said = [f"one plan with “{one}”" if one else "a plan by itself" for one in (old.one_with, new.one_with)]
        yield Change("adds" if new.one_with else "narrows", where, *said)
