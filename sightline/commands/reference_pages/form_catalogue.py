"""Every form of the shipped packs, question by question, and what the shipped overlay makes of them."""

from collections.abc import Iterator

from sightline.commands.reference_pages.practice_pack import PACKS, packs, source, table
from sightline.practice.changes import Change, compare
from sightline.practice.overlaid import overlaid, shipped_base
from sightline.practice.parse import parse_pack
from sightline.practice.spec import Form, Pack, Question

HEAD = """\
# Form catalogue

Every form, section and question of the packs that come with the product, by the keys that an
[overlay](../how-to/change-a-form.md) names them by. *Needed* asks for an answer, or for why there is none. An answer is
*kept* in the typed fact of a room, or with the form under the question's key. Written by `./run reference`.
"""
COLUMNS = ("Question", "Asked of", "Needed", "Only where", "An answer is", "Kept", "Kind", "Source")
DOES = {"adds": "Adds", "rewords": "Rewords", "narrows": "Narrows", "drops": "Drops", "breaks": "Breaks"}
ANSWERS = {"text": "a line", "long_text": "prose", "date": "a day", "moment": "a day and time", "number": "a number"}


def page() -> str:
    lines = [HEAD]
    for pack in packs():
        lines += [f"## {pack.title}", *(line for form in pack.forms for line in _form(form)), ""]
    for made, changes in overlays():
        told = f"What “{made.title}” (`{made.key}`) changes"
        lines += [*table(told, ("It", "Where", "Before", "After"), map(_change, changes), level=2), ""]
    return "\n".join(lines)


def overlays() -> list[tuple[Pack, tuple[Change, ...]]]:
    """The overlays that come with the product, each with what it changes of its base."""
    made = [overlaid(file.read_text("utf-8"), file.name, base=shipped_base) for file in sorted(PACKS.glob("*.toml"))]
    return [(one.pack, compare(parse_pack(shipped_base(one.base_key)), one.pack)) for one in made]


def _form(form: Form) -> Iterator[str]:
    yield f"\n### {form.title} (`{form.key}`)"
    for section in form.sections:
        rows = (_question(form, question) for question in section.questions)
        yield from table(f"{section.title} (`{section.key}`)", COLUMNS, rows, level=4)


def _question(form: Form, question: Question) -> tuple[str, ...]:
    return (
        f"{question.label} (`{question.key}`)",
        question.asked_of.replace("_", " "),
        "yes" if question.required else "no",
        _only(form, question),
        _answer(question),
        f"`{question.bound_to}`" if question.bound_to else "with the form",
        *source(question.basis),
    )


def _only(form: Form, question: Question) -> str:
    condition = question.asked_when
    if condition is None:
        return "always"
    looked_at = form.question(condition.question)
    answers = ", ".join(str(one.label) for one in looked_at.options if one.key in condition.answers)
    return f"`{condition.question}` is {answers}"


def _answer(question: Question) -> str:
    if question.options:
        many = "any of" if question.answer == "choices" else "one of"
        return f"{many}: {'; '.join(f'{one.label} (`{one.key}`)' for one in question.options)}"
    return ANSWERS.get(question.answer, question.answer)


def _change(change: Change) -> tuple[str, ...]:
    return DOES[change.kind], change.where, change.before or "not there", change.after or "not there"
