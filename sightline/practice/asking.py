"""What a form may not ask, or leave out.

Every look-up is by key: a form of a thousand questions is checked in the time that reading it takes.
"""

import re
from collections.abc import Iterator, Mapping

from sightline.practice.spec import AskedOf, AssessmentKind, Form, Pack, Question
from sightline.practice.tables import Fault

FACT = re.compile(
    r"(assessments|conferences|court|disagreements|enquiries|front_door|partnership|people|plans|record|recording)"
    r"\.[a-z_]+\.[a-z_]+"
)

# Facts without which a contact cannot be decided, and that no pack may leave out.
MUST_ASK: dict[str, tuple[str, ...]] = {
    "contact": (
        "front_door.contact.received_at",
        "front_door.contact.capacity",
        "record.passage.saw_or_heard",
        "front_door.contact.danger",
        "front_door.familyagreement.told",
        "front_door.familyagreement.agrees",
    )
}
# What the assessment that concludes always asks, and of whom: the child's own day, and a judgement
# that was tested.
ASSESSMENT_ASKS: dict[str, AskedOf] = {
    "childs_day": "child",
    "wishes": "child",
    "parents_disagree": "family",
    "what_we_do_not_know": "family",
    "what_has_changed": "family",
    "analysis": "family",
    "colleague_disagrees": "family",
    "change_my_mind": "family",
    "worst_explanation": "family",
    "benign_explanation": "family",
    "decision": "family",
}
ASSESSMENT_ASKS_FOR_A_REASON = ("childs_day", "analysis", "decision")
# However short an earlier assessment is, it sees the child and says what was decided.
EVERY_ASSESSMENT_ASKS: dict[str, AskedOf] = {"childs_day": "child", "decision": "family"}
# Of whom each form can ask; a page knows no other.
OF_ASSESSMENTS: tuple[AskedOf, ...] = ("family", "child")
FORM_ASKS_OF: dict[str, tuple[AskedOf, ...]] = {
    "contact": ("contact", "person", "child", "adult", "parental_responsibility"),
    "plan": ("family", "child", "parental_responsibility"),
}
# Whoever is asked once: their answer stands for everybody on the form.
ASKED_ONCE = ("contact", "family")


def unsound_forms(pack: Pack) -> Iterator[Fault]:
    """Every fault of what a pack's forms ask."""
    for form in pack.forms:
        yield from _must_ask(form)
        yield from _questions(form)
    forms = {form.key: form for form in pack.forms}
    last = pack.assessment_kinds[-1]
    for kind in pack.assessment_kinds:
        yield from _assessment(kind, forms[kind.form], ASSESSMENT_ASKS if kind == last else EVERY_ASSESSMENT_ASKS)
    for key in dict.fromkeys(kind.form for kind in pack.assessment_kinds):
        yield from _prose(forms[key])


def _must_ask(form: Form) -> Iterator[Fault]:
    asked = {question.bound_to: question for question in form.questions}
    for fact in MUST_ASK.get(form.key, ()):
        if fact not in asked or not asked[fact].required:
            yield Fault(
                f"{form.key}.toml",
                f"nothing that must be answered is bound to “{fact}”",
                f'Add a question with required = true and bound_to = "{fact}"',
            )


def _assessment(kind: AssessmentKind, form: Form, asks: Mapping[str, AskedOf]) -> Iterator[Fault]:
    asked = {question.key: question for question in form.questions}
    for key, whom in asks.items():
        if key not in asked or asked[key].asked_of != whom:
            yield Fault(
                f"{form.key}.toml",
                f"nothing asks “{key}” of the {whom}",
                f'Add a question with that key and asked_of = "{whom}"',
            )
        elif key in ASSESSMENT_ASKS_FOR_A_REASON and not asked[key].required:
            yield Fault(
                f"{form.key}.toml, question “{key}”",
                "it could be left empty without a word",
                "Write required = true: a reason is then asked for",
            )


def _prose(form: Form) -> Iterator[Fault]:
    for question in form.questions:
        if question.answer != "long_text" or question.bound_to or question.asked_when:
            yield Fault(
                f"{form.key}.toml, question “{question.key}”",
                "a part of an assessment is prose, kept with the document and always there to write in",
                'Write answer = "long_text", and take bound_to and asked_when out',
            )


def _questions(form: Form) -> Iterator[Fault]:
    may = FORM_ASKS_OF.get(form.key, OF_ASSESSMENTS)
    earlier: dict[str, Question] = {}
    facts: set[str] = set()
    for question in form.questions:
        where = f"{form.key}.toml, question “{question.key}”"
        yield from _binding(question, facts, where)
        yield from _condition(question, earlier, where)
        if question.asked_of not in may:
            yield Fault(where, f"this form cannot ask it of “{question.asked_of}”", f"Choose from: {', '.join(may)}")
        elif form.key == "contact" and not question.bound_to and question.asked_of not in ASKED_ONCE:
            yield Fault(
                where,
                "a contact keeps the answer to a local question once, and not for each person",
                'Write asked_of = "contact", or ask it of each child in the assessment',
            )
        earlier.setdefault(question.key, question)
        facts.add(question.bound_to)


def _binding(question: Question, facts: set[str], where: str) -> Iterator[Fault]:
    if not question.bound_to:
        return
    if not FACT.fullmatch(question.bound_to):
        yield Fault(
            where,
            f"“{question.bound_to}” is no typed fact",
            "Write room.model.column, or take bound_to out to keep the answer with the form",
        )
    elif question.bound_to in facts:
        yield Fault(
            where,
            f"an earlier question is bound to “{question.bound_to}” too",
            "Ask once: take one of the questions out",
        )


def _condition(question: Question, earlier: Mapping[str, Question], where: str) -> Iterator[Fault]:
    if question.asked_when is None:
        return
    looked_at = earlier.get(question.asked_when.question)
    if looked_at is None:
        yield Fault(
            where,
            f"it looks at “{question.asked_when.question}”, which is not asked before it",
            "Look back at an earlier question of the same form, or move this one down",
        )
        return
    if looked_at.asked_of not in (*ASKED_ONCE, question.asked_of):
        yield Fault(
            where,
            f"it looks at “{looked_at.key}”, which is asked of somebody else",
            f'Write asked_of = "{looked_at.asked_of}", or look at another question',
        )
    known = {option.key for option in looked_at.options}
    for answer in question.asked_when.answers:
        if answer not in known:
            yield Fault(
                where,
                f"“{looked_at.key}” is never answered “{answer}”",
                f"Choose from: {', '.join(sorted(known)) or 'nothing, since it has no options'}",
            )
