"""From a pack's files to its spec. Refuses what is wrong: where, what, how to mend.

A pack's source is a mapping with one entry for each file, named without its
ending: ``{"pack": {...}, "contact": {...}, ...}``. The sealed copy in the database
is the same mapping as JSON, so one reader serves both. What the product has asked of
packs only since a copy was sealed may be missing from that copy, and is read as empty.
"""

from collections.abc import Iterable, Mapping
from typing import get_args

from sightline.kernel.dates import Period
from sightline.kernel.errors import Refusal
from sightline.practice.letters import LETTERS
from sightline.practice.soundness import unsound
from sightline.practice.spec import (
    AnswerKind,
    AskedOf,
    AssessmentKind,
    AssessmentStarts,
    Basis,
    By,
    Check,
    Condition,
    Form,
    KindOfPlan,
    LawfulBasis,
    Lead,
    Letter,
    Option,
    OptionList,
    Outcome,
    Pack,
    PlanKind,
    Question,
    Recommendation,
    RuleKind,
    Section,
    StepToOpen,
    Threshold,
    Timescale,
    Unit,
    Words,
)
from sightline.practice.tables import Fault, PackRefused, Table, literal

# Every pack has these, and one for the form of each of its kinds of assessment.
FILES = (
    "pack",
    "contact",
    "plan",
    "decisions",
    "checks",
    "timescales",
    "letters",
    "codes",
    "casework",
    "protecting",
    "stages",
)
LIST_FILES = ("codes", "casework", "protecting")
# What packs were first asked for after some had been sealed.
SINCE_FIRST_SEALED = ("assessment", "plan", "casework", "protecting", "stages")
# What was so before packs could say otherwise.
ONE_ASSESSMENT = "assessment"
PLANS: dict[KindOfPlan, str] = {
    "early_help": "Early help plan",
    "child_in_need": "Child in need plan",
    "protection": "Child protection plan",
}

_RULE_KINDS: dict[str, RuleKind] = literal(*get_args(RuleKind))
_ANSWERS: dict[str, AnswerKind] = literal(*get_args(AnswerKind))
_ASKED_OF: dict[str, AskedOf] = literal(*get_args(AskedOf))
_UNITS: dict[str, Unit] = literal(*get_args(Unit))
_BYS: dict[str, By] = literal(*get_args(By))
_STARTS: dict[str, AssessmentStarts] = literal(*get_args(AssessmentStarts))
_PLANS: dict[str, KindOfPlan] = literal(*get_args(KindOfPlan))
_LEADS: dict[str, Lead] = literal(*get_args(Lead))


def parse_pack(source: Mapping[str, object], *, version: int = 0) -> Pack:
    """The pack that ``source`` describes. Raises `PackRefused` with every fault that can
    be found once the files have their right shape, and else with the first.
    """
    sealed = version > 0
    forms = _form_files(source)
    files = _files(source, forms, sealed=sealed)
    head = files["pack"]
    languages = head.names("languages", least=1)
    for table in files.values():
        table.languages = languages
    key, title, basis = head.key(), _words(head, "title"), _basis(head)
    listed = (files[name] for name in LIST_FILES if name in files)
    lists = tuple(_list(table, basis) for file in listed for table in file.tables("lists", "list"))
    decisions, checks, times = files["decisions"], files["checks"], files["timescales"]
    decided, checked = _basis(decisions), _basis(checks)
    pack = Pack(
        key=key,
        version=version,
        title=title,
        languages=languages,
        basis=basis,
        forms=tuple(_form(files[name], name, lists, once) for name, once in forms.items() if name in files),
        outcomes=tuple(_outcome(t, decided) for t in decisions.tables("outcomes", "outcome")),
        recommendations=tuple(
            _recommendation(t) for t in decisions.tables("recommendations", "recommendation", least=0)
        ),
        words_that_cannot_stand_alone=decisions.names("words_that_cannot_stand_alone"),
        checks=tuple(_check(table, checked) for table in checks.tables("checks", "check")),
        lawful_bases=tuple(_ground(t) for t in checks.tables("lawful_bases", "lawful basis")),
        timescales=tuple(_timescale(table, sealed=sealed) for table in times.tables("timescales", "timescale")),
        thresholds=tuple(_threshold(table) for table in times.tables("thresholds", "threshold")),
        day_begins=times.clock("day_begins"),
        day_ends=times.clock("day_ends"),
        letters=tuple(_letter(table) for table in files["letters"].tables("letters", "letter")),
        lists=lists,
        assessment_kinds=_assessment_kinds(files.get("stages"), languages, basis),
        plan_kinds=_plan_kinds(files.get("stages"), languages, basis),
    )
    for table in files.values():
        table.done()
    if not sealed and (faults := unsound(pack)):
        raise PackRefused(*faults)
    return pack


def _form_files(source: Mapping[str, object]) -> dict[str, AskedOf]:
    """Each form's file, and of whom it asks where a question does not say."""
    stages = source.get("stages")
    kinds = stages.get("assessments") if isinstance(stages, Mapping) else None
    named = [kind.get("form") for kind in kinds if isinstance(kind, Mapping)] if isinstance(kinds, list) else []
    forms = [form for form in named if isinstance(form, str) and form not in FILES] or [ONE_ASSESSMENT]
    once: dict[str, AskedOf] = dict.fromkeys(forms, "family")
    return {"contact": "contact", **once, "plan": "family"}


def _files(source: Mapping[str, object], forms: Iterable[str], *, sealed: bool) -> dict[str, Table]:
    belong = tuple(dict.fromkeys((*FILES, *forms)))
    for name in belong:
        if name not in source and not (sealed and name in SINCE_FIRST_SEALED):
            raise PackRefused(Fault(f"{name}.toml", "the file is missing", "Add it to the pack's folder"))
    for name in source:
        if name not in belong:
            raise PackRefused(
                Fault(
                    f"{name}.toml",
                    "no such file belongs to a pack",
                    "Take it out, or name it as the form of an assessment in stages.toml",
                )
            )
    return {name: Table(source[name], f"{name}.toml") for name in belong if name in source}


def _words(table: Table, name: str) -> Words:
    return Words(table.words(name))


def _maybe_words(table: Table, name: str) -> Words | None:
    return _words(table, name) if table.has(name) else None


def _basis(table: Table, default: Basis | None = None) -> Basis:
    if default is not None and not table.has("basis"):
        return default
    inner = table.inner("basis")
    begins = inner.day("effective_from")
    ends = inner.day("effective_to") if inner.has("effective_to") else None
    try:
        effective = Period(begins, ends)
    except Refusal:
        inner.refuse("it ends before it begins", "Put effective_to after effective_from")
    basis = Basis(
        kind=inner.one_of("kind", _RULE_KINDS),
        citation=inner.text("citation"),
        effective=effective,
        confirmed=inner.flag("confirmed", default=True),
    )
    inner.done()
    return basis


def _option(table: Table) -> Option:
    option = Option(
        key=table.key(),
        label=_words(table, "label"),
        hint=_maybe_words(table, "hint"),
        code=table.text("code", ""),
        professional=table.flag("professional"),
        public=table.flag("public"),
        agency=table.text("agency", ""),
        begins=table.text("begins", ""),
    )
    table.done()
    return option


def _list(table: Table, default: Basis) -> OptionList:
    found = OptionList(
        key=table.key(),
        title=_words(table, "title"),
        options=tuple(_option(inner) for inner in table.tables("options", "option")),
        basis=_basis(table, default),
    )
    table.done()
    return found


def _form(table: Table, name: str, lists: tuple[OptionList, ...], once: AskedOf) -> Form:
    basis, key = _basis(table), table.key()
    if key != name:
        table.refuse(f"its key is “{key}”", f'Write key = "{name}", as the file is called')
    return Form(
        key=key,
        title=_words(table, "title"),
        sections=tuple(_section(inner, basis, lists, once) for inner in table.tables("sections", "section")),
        basis=basis,
    )


def _section(table: Table, basis: Basis, lists: tuple[OptionList, ...], once: AskedOf) -> Section:
    section = Section(
        key=table.key(),
        title=_words(table, "title"),
        questions=tuple(_question(t, basis, lists, once) for t in table.tables("questions", "question")),
    )
    table.done()
    return section


def _question(table: Table, basis: Basis, lists: tuple[OptionList, ...], once: AskedOf) -> Question:
    answer = table.one_of("answer", _ANSWERS)
    question = Question(
        key=table.key(),
        label=_words(table, "label"),
        hint=_maybe_words(table, "hint"),
        answer=answer,
        required=table.flag("required"),
        asked_of=table.one_of("asked_of", _ASKED_OF, once),
        asked_when=_condition(table),
        bound_to=table.text("bound_to", ""),
        options=_options(table, answer, lists),
        basis=_basis(table, basis),
    )
    table.done()
    return question


def _options(table: Table, answer: AnswerKind, lists: tuple[OptionList, ...]) -> tuple[Option, ...]:
    chosen_from = table.text("list", "")
    if answer not in ("choice", "choices"):
        if chosen_from or table.has("options"):
            table.refuse(f"an answer of {answer} has no options", 'Write answer = "choice", or take them out')
        return ()
    if not chosen_from:
        return tuple(_option(inner) for inner in table.tables("options", "option"))
    for one in lists:
        if one.key == chosen_from:
            return one.options
    return table.refuse(f"there is no list “{chosen_from}”", "Add it to codes.toml, or name one that is there")


def _condition(table: Table) -> Condition | None:
    if not table.has("asked_when"):
        return None
    inner = table.inner("asked_when")
    condition = Condition(question=inner.key("question"), answers=inner.names("is", least=1))
    inner.done()
    return condition


def _outcome(table: Table, default: Basis) -> Outcome:
    letters = table.inner("feedback")
    outcome = Outcome(
        key=table.key(),
        label=_words(table, "label"),
        will_do=_words(table, "will_do"),
        next_step=_words(table, "next_step"),
        is_referral=table.flag("is_referral"),
        no_further_action=table.flag("no_further_action"),
        needs_social_worker=table.flag("needs_social_worker"),
        needs_agreement=table.flag("needs_agreement"),
        kept_apart=table.flag("kept_apart"),
        asks=table.names("asks"),
        opens_step=_step(table),
        letter_professional=letters.text("professional"),
        letter_public=letters.text("public"),
        basis=_basis(table, default),
    )
    letters.done()
    table.done()
    return outcome


def _step(table: Table) -> StepToOpen | None:
    if not table.has("opens_step"):
        return None
    inner = table.inner("opens_step")
    step = StepToOpen(kind=inner.key("kind"), words=_words(inner, "words"), timescale=inner.text("timescale"))
    inner.done()
    return step


def _recommendation(table: Table) -> Recommendation:
    found = Recommendation(key=table.key(), label=_words(table, "label"))
    table.done()
    return found


def _check(table: Table, default: Basis) -> Check:
    check = Check(
        key=table.key(),
        label=_words(table, "label"),
        hint=_maybe_words(table, "hint"),
        agency=table.text("agency"),
        timescale=table.text("timescale"),
        lawful_bases=table.names("lawful_bases", least=1),
        basis=_basis(table, default),
    )
    table.done()
    return check


def _ground(table: Table) -> LawfulBasis:
    found = LawfulBasis(key=table.key(), label=_words(table, "label"), basis=_basis(table))
    table.done()
    return found


def _timescale(table: Table, *, sealed: bool) -> Timescale:
    unit = table.one_of("unit", _UNITS)
    uncounted = unit in ("at once", "not prescribed")
    timescale = Timescale(
        key=table.key(),
        label=_words(table, "label"),
        unit=unit,
        length=0 if uncounted else table.number("length", least=1),
        by=table.one_of("by", _BYS, "same time" if uncounted or unit in ("minutes", "hours") else None),
        starts=_event(table, "starts", sealed=sealed),
        stops=_event(table, "stops", sealed=sealed),
        basis=_basis(table),
    )
    table.done()
    return timescale


def _event(table: Table, name: str, *, sealed: bool) -> Words:
    """What begins or ends a clock. Only a copy sealed before clocks said it may be without."""
    if sealed and not table.has(name):
        return Words(tuple((language, "") for language in table.languages))
    return _words(table, name)


def _threshold(table: Table) -> Threshold:
    found = Threshold(
        key=table.key(),
        label=_words(table, "label"),
        number=table.number("number", least=0),
        basis=_basis(table),
    )
    table.done()
    return found


def _assessment_kinds(stages: Table | None, languages: tuple[str, ...], basis: Basis) -> tuple[AssessmentKind, ...]:
    if stages is None:
        title = _in_every("Assessment", languages)
        return (AssessmentKind(ONE_ASSESSMENT, title, ONE_ASSESSMENT, ONE_ASSESSMENT, "referral", basis),)
    return tuple(_assessment_kind(table) for table in stages.tables("assessments", "assessment"))


def _assessment_kind(table: Table) -> AssessmentKind:
    kind = AssessmentKind(
        key=table.key(),
        title=_words(table, "title"),
        form=table.key("form"),
        timescale=table.text("timescale"),
        starts=table.one_of("starts", _STARTS),
        basis=_basis(table),
    )
    if kind.form in FILES:
        table.refuse(f"“{kind.form}” is not the form of an assessment", 'Write form = "assessment", or another file')
    table.done()
    return kind


def _plan_kinds(stages: Table | None, languages: tuple[str, ...], basis: Basis) -> tuple[PlanKind, ...]:
    if stages is None:
        return tuple(
            PlanKind(key, _in_every(title, languages), "anyone" if key == "early_help" else "social worker", "", basis)
            for key, title in PLANS.items()
        )
    return tuple(_plan_kind(table) for table in stages.tables("plans", "plan"))


def _plan_kind(table: Table) -> PlanKind:
    kind = PlanKind(
        key=table.one_of("key", _PLANS),
        title=_words(table, "title"),
        lead=table.one_of("lead", _LEADS),
        one_with=table.text("one_with", ""),
        basis=_basis(table),
    )
    table.done()
    return kind


def _in_every(text: str, languages: tuple[str, ...]) -> Words:
    return Words(tuple((language, text) for language in languages))


def _letter(table: Table) -> Letter:
    key = table.key()
    if key not in LETTERS:
        table.refuse("nothing sends such a letter", f"Choose from: {', '.join(LETTERS)}")
    letter = Letter(key, LETTERS[key].audience, _words(table, "subject"), _words(table, "body"))
    table.done()
    return letter
