"""An authority's own file on the pack that it stands on: it adds, rewords, puts in order, hides. Pure.

`apply_overlay` gives the values of the two together, and `parse.parse_pack` then reads them like any
pack's. What is refused here is what only an overlay can do wrong: take away what the law or another
room needs, use a key again, leave an answer without its question, change a time that is not its own.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

from sightline.practice.overlaying import WORDED, Base, Rows, Values, find
from sightline.practice.tables import Fault, PackRefused, Table

Step = Callable[[Base, Table], None]

QUESTION = ("key", "label", "hint", "answer", "required", "asked_of", "asked_when", "options", "list", "basis")
OPTION = ("key", "label", "hint", "code", "professional", "public", "agency", "begins")
LENGTH = ("unit", "length", "by")
# How a row is spoken of: by the first of these that it names.
NAMES = ("key", "option", "question", "section", *WORDED, "list", "form")
# Lists whose answers a room knows one by one, or keeps as the return's code alone.
CLOSED_LISTS = (
    "yes_no_not_known",
    "agreement",
    "agency_kind",
    "meeting_agencies",
    "assessment_factor",
    "protection_category",
    "pre_proceedings_outcome",
    "main_need",
    "ethnicity",
    "disability",
    "upn_unknown",
)
# To these an answer may be added, and none may go: what follows from each is known by its key.
FOLLOWED = ("assessment_outcome",)
# A step keeps pack, version and clock in sixty characters, and the longest name of a clock has twenty-nine.
LONGEST_PACK_KEY = 26


def apply_overlay(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The values of ``base`` as ``overlay`` changes them; neither is touched.

    Raises `PackRefused` with every fault that can be found: where, what, and how to mend it.
    """
    made = Base(deepcopy(dict(base)))
    made.remember()
    languages = tuple(made.values["pack"].get("languages", ()))
    file = Table(overlay, "the overlay", languages)
    steps: list[Step] = [_head, *(partial(_each, name) for name in STEPS), _stages, _nothing_else]
    faults = [fault for step in steps for fault in _tried(step, made, file)]
    faults += made.orphans()
    if faults:
        raise PackRefused(*faults)
    return made.values


def _tried(step: Step, made: Base, table: Table) -> tuple[Fault, ...]:
    try:
        step(made, table)
    except PackRefused as refused:
        return refused.faults
    return ()


def _each(name: str, made: Base, file: Table) -> None:
    """One step for each row under that name. A faulty row does not hide another's fault."""
    faults: list[Fault] = []
    for row in file.tables(name, name, least=0):
        row.where = f"the overlay, {name} “{_spoken_of(row)}”"
        faults += _tried(STEPS[name], made, row)
    if faults:
        raise PackRefused(*faults)


def _spoken_of(row: Table) -> str:
    """The narrowest thing that a row names."""
    said = row.only(NAMES)
    return next((str(said[name]) for name in NAMES if name in said), "without a key")


def _nothing_else(made: Base, file: Table) -> None:
    file.done(f"Choose from: overlay, stages, {', '.join(STEPS)}")


def _head(made: Base, file: Table) -> None:
    head = file.inner("overlay")
    key, base, title = head.key(), head.text("base"), head.words("title")
    if base != made.values["pack"]["key"]:
        head.refuse(f"it stands on “{base}”, and this is “{made.values['pack']['key']}”", "Name the pack it stands on")
    if len(key) > LONGEST_PACK_KEY:
        head.refuse(
            f"the key “{key}” is longer than {LONGEST_PACK_KEY} characters, and every record keeps it",
            "Shorten it: the title has room for the whole name",
        )
    if key == base:
        head.refuse("it has the key of its base", "Give it a key of its own, such as the authority and the year")
    cited(head, local=False)
    made.values["pack"].update(key=key, title=dict(title), basis=head.raw("basis"))
    head.done()


def cited(row: Table, *, local: bool = True) -> None:
    """Refuses what does not say its kind, its source and its first day; and what is ours and calls itself law."""
    if not row.has("basis"):
        row.refuse(
            "it cites nothing",
            'Add basis = { kind = "local", citation = "…", effective_from = 2026-11-21 }',
        )
    basis = row.inner("basis")
    kind = basis.text("kind")
    basis.text("citation")
    basis.day("effective_from")
    if local and kind == "statutory":
        basis.refuse(
            "an authority does not write law", 'Write kind = "local", or "guidance" or "advice" and its source'
        )


def _add_section(made: Base, row: Table) -> None:
    form = made.form(row, "add to")
    key = made.new_key(row, f"sections of {form['key']}")
    section = {"key": key, "title": dict(row.words("title")), "questions": []}
    cited(row)
    Rows(form["sections"], "section").put(row, section)
    made.added_sections.append((row.where, section))
    row.done()


def _add_question(made: Base, row: Table) -> None:
    form = made.form(row, "add to")
    section = find(form["sections"], row, "section", row.key("section"))
    if row.has("bound_to"):
        row.refuse("a local answer is kept with the form, never in another room", "Take bound_to out")
    key = made.new_key(row, f"questions of {form['key']}")
    row.words("label")
    cited(row)
    question = row.only(QUESTION)
    question["key"] = key
    Rows(section["questions"], "question").put(row, question)
    made.asked[form["key"]][key] = question
    row.done()


def _add_option(made: Base, row: Table) -> None:
    rows, one = made.options(row)
    if one in CLOSED_LISTS:
        row.refuse(
            f"the answers of “{one}” are known one by one elsewhere", "Reword one, or ask a question of your own"
        )
    key = made.new_key(row, f"options of {one}")
    row.words("label")
    cited(row)
    codes = list(dict.fromkeys(option["code"] for option in rows if option.get("code")))
    if codes and row.text("code", "") not in codes:
        row.refuse(
            "a return counts these answers, and this has none of its codes", f"Choose a code from: {', '.join(codes)}"
        )
    if one == "source":
        _refuse_other_kind_of_person(rows, row)
    if one == "assessment_outcome" and not row.has("begins"):
        row.refuse("nothing would follow from it", "Name in begins the kind of assessment that it begins")
    option = row.only(OPTION)
    option["key"] = key
    Rows(rows, "option").put(row, option)
    row.done()


def _refuse_other_kind_of_person(rows: Iterable[Values], row: Table) -> None:
    """Who a member of the public is stays apart from what they say, and no letter to them speaks of a family."""
    code = row.text("code", "")
    same = [option for option in rows if option.get("code") == code]
    for name, who in (("professional", "professional"), ("public", "member of the public")):
        if row.flag(name) and not any(option.get(name) for option in same):
            row.refuse(f"whoever is counted as {code} is no {who}", f"Take {name} out, or choose another code")


def _reword(made: Base, row: Table) -> None:
    thing, may = made.named(row)
    said = [name for name in may if row.has(name)]
    if not said:
        row.refuse("it says no new words", f"Add one of: {', '.join(may)}")
    for name in said:
        thing[name] = dict(row.words(name))
    row.done()


def _hide(made: Base, row: Table) -> None:
    if row.has("question") and not row.has("option"):
        made.hide_question(row)
    else:
        made.hide_option(row, (*CLOSED_LISTS, *FOLLOWED))
    row.done()


def _reorder(made: Base, row: Table) -> None:
    form = made.form(row, "put in order")
    if form["key"] == "contact":
        row.refuse(
            "the page of a contact has an order of its own, and local questions stand last on it",
            "Take it out: your own questions follow before and after, and reorder works in assessments: "
            + ", ".join(made.assessments),
        )
    if row.has("section"):
        section = find(form["sections"], row, "section", row.key("section"))
        Rows(section["questions"], "question").in_order(row, row.names("questions", least=1))
    else:
        Rows(form["sections"], "section").in_order(row, row.names("sections", least=1))
    row.done()


def _change_timescale(made: Base, row: Table) -> None:
    rows, key = made.values["timescales"]["timescales"], row.key()
    there = [one for one in rows if one["key"] == key]
    if not there:
        row.refuse(f"there is no timescale “{key}”", "Look up the timescales of the pack that it stands on")
    for one in there:
        if one["basis"]["kind"] != "local":
            row.refuse(
                f"this time is not local: {one['basis']['citation']}",
                "Leave it as it is. Only a timescale of kind “local” is the authority's own",
            )
    cited(row)
    if row.inner("basis").has("effective_to"):
        row.refuse(
            "once it ended, nothing would say how long this may take",
            "Take effective_to out; another overlay changes it again",
        )
    changed = {**there[-1], "basis": row.raw("basis")}
    for name in LENGTH:
        changed.pop(name, None)
    changed.update(row.only(LENGTH))
    rows[:] = [one for one in rows if one["key"] != key or one is there[-1]]
    rows[rows.index(there[-1])] = changed
    row.done()


def _stages(made: Base, file: Table) -> None:
    if not file.has("stages"):
        return
    stages = file.inner("stages")
    for row in stages.tables("assessments", "assessment", least=0):
        kind = find(made.values["stages"]["assessments"], row, "kind of assessment", row.key())
        cited(row, local=False)
        kind.update(title=dict(row.words("title")), basis=row.raw("basis"))
        row.done("An overlay may give a kind of assessment another title; its form, time and place are the base's")
    for row in stages.tables("plans", "plan", least=0):
        plan = find(made.values["stages"]["plans"], row, "plan", row.key())
        cited(row, local=False)
        if row.has("title"):
            row.words("title")
        plan.update(row.only(("title", "lead", "one_with", "basis")))
        row.done()
    stages.done()


STEPS: dict[str, Step] = {
    "add_section": _add_section,
    "add_question": _add_question,
    "add_option": _add_option,
    "reword": _reword,
    "hide": _hide,
    "reorder": _reorder,
    "change_timescale": _change_timescale,
}
