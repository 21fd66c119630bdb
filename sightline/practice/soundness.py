"""What a pack may not say, however well it is written.

Each check yields faults, so that an author sees them all at once. Here the law's
part is held: a social worker decides, every outcome but no further action leaves
somebody with something to do, "malicious" alone is no reason, and the questions
that other rooms need are asked.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from sightline.practice.letters import LETTERS, placeholders, stray_braces
from sightline.practice.spec import AskedOf, Form, Outcome, Pack, Question, Threshold, Timescale
from sightline.practice.tables import Fault

FACT = re.compile(r"(front_door|people|partnership|plans|record|recording)\.[a-z_]+\.[a-z_]+")

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
# What an assessment always asks, and of whom: the child's own day, and a judgement that was tested.
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
# Of whom each form can ask; a page knows no other.
FORM_ASKS_OF: dict[str, tuple[AskedOf, ...]] = {
    "contact": ("contact", "person", "child", "adult", "parental_responsibility"),
    "assessment": ("family", "child"),
    "plan": ("family", "child", "parental_responsibility"),
}
MUST_HAVE_TIMESCALES = (
    "contact.decide",
    "contact.immediate",
    "feedback.acknowledge",
    "feedback.outcome",
    "feedback.silence",
    "check.answer",
    "handover.accept",
    "series.window",
    "injury.window",
    "front_door.reading_after_decision",
    "assessment",
    "assessment.authorise",
    "evidence.answer",
    "plan.make",
    "visit.child_in_need",
    "visit.early_help",
    "review.child_in_need.first",
    "review.child_in_need.next",
    "review.early_help.first",
    "review.early_help.next",
    "service.begin",
    "ending.authorise",
    "ending.reading_after",
)
MUST_HAVE_THRESHOLDS = ("series.sources", "no_access.in_a_row", "not_alone.in_a_row")
MUST_HAVE_LISTS = (
    "channel",
    "source",
    "main_need",
    "closure_reason",
    "agency_kind",
    "note_kind",
    "assessment_factor",
    "assessment_outcome",
    "ending_reason",
    "visit_place",
    "sleeping",
)
# Lists whose answers a national return counts: each answer has the return's own code.
CODED_LISTS = ("source", "main_need", "closure_reason", "assessment_factor")
ASKS = ("advice", "allocated_worker", "authority", "main_need")


def unsound(pack: Pack) -> tuple[Fault, ...]:
    """Every fault of a pack whose files have their right shape; none when it is sound."""
    return tuple(
        fault
        for check in (_keys, _forms, _assessment, _outcomes, _reasons, _checks, _rules, _letters, _sources)
        for fault in check(pack)
    )


def _keys(pack: Pack) -> Iterator[Fault]:
    for where, keys in _groups_of_keys(pack):
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Fault(where, f"the key “{key}” is used twice", "Give one of them another key")


def _groups_of_keys(pack: Pack) -> Iterator[tuple[str, list[str]]]:
    """Each group of keys within which none may come twice, and where it stands."""
    yield "decisions.toml, outcomes", [one.key for one in pack.outcomes]
    yield "decisions.toml, recommendations", [one.key for one in pack.recommendations]
    yield "checks.toml, checks", [one.key for one in pack.checks]
    yield "checks.toml, lawful bases", [one.key for one in pack.lawful_bases]
    yield "letters.toml, letters", [one.key for one in pack.letters]
    yield "codes.toml, lists", [one.key for one in pack.lists]
    for one in pack.lists:
        yield f"codes.toml, list “{one.key}”", [option.key for option in one.options]
    for form in pack.forms:
        yield f"{form.key}.toml, sections", [section.key for section in form.sections]
        yield f"{form.key}.toml, questions", [question.key for question in form.questions]
        for question in form.questions:
            yield f"{form.key}.toml, options of “{question.key}”", [option.key for option in question.options]


def _forms(pack: Pack) -> Iterator[Fault]:
    for form in pack.forms:
        asked = {question.bound_to: question for question in form.questions}
        for fact in MUST_ASK.get(form.key, ()):
            if fact not in asked or not asked[fact].required:
                yield Fault(
                    f"{form.key}.toml",
                    f"nothing that must be answered is bound to “{fact}”",
                    f'Add a question with required = true and bound_to = "{fact}"',
                )
        for position, question in enumerate(form.questions):
            yield from _question(form, question, form.questions[:position])
            if question.asked_of not in FORM_ASKS_OF[form.key]:
                yield Fault(
                    f"{form.key}.toml, question “{question.key}”",
                    f"this form cannot ask it of “{question.asked_of}”",
                    f"Choose from: {', '.join(FORM_ASKS_OF[form.key])}",
                )


def _assessment(pack: Pack) -> Iterator[Fault]:
    form = pack.form("assessment")
    asked = {question.key: question for question in form.questions}
    for key, whom in ASSESSMENT_ASKS.items():
        if key not in asked or asked[key].asked_of != whom:
            yield Fault(
                "assessment.toml",
                f"nothing asks “{key}” of the {whom}",
                f'Add a question with that key and asked_of = "{whom}"',
            )
        elif key in ASSESSMENT_ASKS_FOR_A_REASON and not asked[key].required:
            yield Fault(
                f"assessment.toml, question “{key}”",
                "it could be left empty without a word",
                "Write required = true: a reason is then asked for",
            )
    for question in form.questions:
        if question.answer != "long_text" or question.bound_to or question.asked_when:
            yield Fault(
                f"assessment.toml, question “{question.key}”",
                "a part of an assessment is prose, kept with the document and always there to write in",
                'Write answer = "long_text", and take bound_to and asked_when out',
            )


def _question(form: Form, question: Question, earlier: tuple[Question, ...]) -> Iterator[Fault]:
    where = f"{form.key}.toml, question “{question.key}”"
    if question.bound_to:
        if not FACT.fullmatch(question.bound_to):
            yield Fault(
                where,
                f"“{question.bound_to}” is no typed fact",
                "Write room.model.column, or take bound_to out to keep the answer with the form",
            )
        elif any(other.bound_to == question.bound_to for other in earlier):
            yield Fault(
                where,
                f"an earlier question is bound to “{question.bound_to}” too",
                "Ask once: take one of the questions out",
            )
    if question.asked_when is None:
        return
    looked_at = next((other for other in earlier if other.key == question.asked_when.question), None)
    if looked_at is None:
        yield Fault(
            where,
            f"it looks at “{question.asked_when.question}”, which is not asked before it",
            "Look back at an earlier question of the same form, or move this one down",
        )
        return
    if looked_at.asked_of not in ("contact", "family", question.asked_of):
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


def _outcomes(pack: Pack) -> Iterator[Fault]:
    if not any(outcome.is_referral for outcome in pack.outcomes):
        yield Fault("decisions.toml", "no outcome is a referral", "Add an outcome with is_referral = true")
    for outcome in pack.outcomes:
        yield from _outcome(pack, outcome, f"decisions.toml, outcome “{outcome.key}”")


def _outcome(pack: Pack, outcome: Outcome, where: str) -> Iterator[Fault]:
    if not outcome.needs_social_worker:
        yield Fault(
            where,
            "a contact is decided by a social worker",
            "Write needs_social_worker = true; duty staff may recommend",
        )
    if outcome.no_further_action and (outcome.opens_step or not outcome.is_referral):
        yield Fault(
            where,
            "no further action is a referral that opens no step",
            "Write is_referral = true and take opens_step out, or take no_further_action out",
        )
    if not outcome.no_further_action and outcome.opens_step is None:
        yield Fault(
            where,
            "it leaves nobody with anything to do",
            "Add opens_step: every outcome but no further action has one",
        )
    if outcome.is_referral and "main_need" not in outcome.asks:
        yield Fault(where, "a referral has a main need", 'Add "main_need" to asks')
    for asked in outcome.asks:
        if asked not in ASKS:
            yield Fault(where, f"nothing knows how to ask “{asked}”", f"Choose from: {', '.join(ASKS)}")
    if outcome.opens_step:
        yield from _timescale_named(pack, outcome.opens_step.timescale, where)
    for audience in ("professional", "public"):
        letter = outcome.letter_professional if audience == "professional" else outcome.letter_public
        if letter not in LETTERS or LETTERS[letter].audience != audience:
            fit = [key for key, rule in LETTERS.items() if rule.audience == audience]
            yield Fault(
                where,
                f"“{letter}” is no letter for a {audience} source",
                f"Choose from: {', '.join(fit)}",
            )


def _reasons(pack: Pack) -> Iterator[Fault]:
    if "malicious" not in pack.words_that_cannot_stand_alone:
        yield Fault(
            "decisions.toml",
            "“malicious” alone could close a contact",
            'Add "malicious" to words_that_cannot_stand_alone',
        )


def _checks(pack: Pack) -> Iterator[Fault]:
    grounds = {ground.key for ground in pack.lawful_bases}
    agencies = {option.key for one in pack.lists if one.key == "agency_kind" for option in one.options}
    for check in pack.checks:
        where = f"checks.toml, check “{check.key}”"
        yield from _timescale_named(pack, check.timescale, where)
        for ground in check.lawful_bases:
            if ground not in grounds:
                yield Fault(where, f"there is no lawful basis “{ground}”", "Add it under [[lawful_bases]]")
        if check.agency not in agencies:
            yield Fault(
                where,
                f"there is no kind of agency “{check.agency}”",
                "Add it to the list agency_kind",
            )


def _timescale_named(pack: Pack, key: str, where: str) -> Iterator[Fault]:
    if all(timescale.key != key for timescale in pack.timescales):
        yield Fault(where, f"there is no timescale “{key}”", "Add it to timescales.toml")


def _rules(pack: Pack) -> Iterator[Fault]:
    groups: tuple[tuple[str, tuple[Timescale | Threshold, ...], tuple[str, ...]], ...] = (
        ("timescale", pack.timescales, MUST_HAVE_TIMESCALES),
        ("threshold", pack.thresholds, MUST_HAVE_THRESHOLDS),
    )
    for thing, rules, needed in groups:
        for key in needed:
            if all(rule.key != key for rule in rules):
                yield Fault("timescales.toml", f"there is no {thing} “{key}”", f"Add it under [[{thing}s]]")
        for one, other in combinations(rules, 2):
            if _clash(one, other):
                yield Fault(
                    f"timescales.toml, {thing} “{one.key}”",
                    "two rules of this key are in force on the same day",
                    "End one before the other begins with effective_to",
                )


def _clash(one: Timescale | Threshold, other: Timescale | Threshold) -> bool:
    return one.key == other.key and one.basis.effective.overlaps(other.basis.effective)


def _letters(pack: Pack) -> Iterator[Fault]:
    for missing in LETTERS.keys() - {letter.key for letter in pack.letters}:
        yield Fault("letters.toml", f"there is no letter “{missing}”", "Add it under [[letters]]")
    for letter in pack.letters:
        rule = LETTERS[letter.key]
        for language, text in letter.body.texts + letter.subject.texts:
            where = f"letters.toml, letter “{letter.key}” in {language}"
            if stray_braces(text):
                yield Fault(where, "a brace stands alone", "Write a placeholder as {ring}, or take it out")
            for name in sorted(placeholders(text) - rule.must - rule.may - {""}):
                yield Fault(
                    where,
                    f"this letter may not hold “{{{name}}}”",
                    f"Choose from: {', '.join(sorted(rule.must | rule.may))}",
                )
        for language, text in letter.body.texts:
            for name in sorted(rule.must - placeholders(text)):
                yield Fault(
                    f"letters.toml, letter “{letter.key}” in {language}",
                    f"it does not say “{{{name}}}”",
                    "Put it into the body",
                )
        for language, text in letter.subject.texts:
            if placeholders(text):
                yield Fault(
                    f"letters.toml, letter “{letter.key}” in {language}",
                    "a subject line is read by whoever passes the screen",
                    "Keep placeholders to the body",
                )


def _sources(pack: Pack) -> Iterator[Fault]:
    for key in MUST_HAVE_LISTS:
        if all(one.key != key for one in pack.lists):
            yield Fault("codes.toml", f"there is no list “{key}”", "Add it under [[lists]]")
    for one in pack.lists:
        for option in one.options if one.key in CODED_LISTS else ():
            if not option.code:
                yield Fault(
                    f"list “{one.key}”, option “{option.key}”",
                    "the census needs a code for every answer here",
                    'Add code = "…"',
                )
    agencies = {option.key for one in pack.lists if one.key == "agency_kind" for option in one.options}
    for option in (option for one in pack.lists if one.key == "source" for option in one.options):
        where = f"codes.toml, list “source”, option “{option.key}”"
        if option.professional and option.public:
            yield Fault(where, "nobody is both professional and public", "Leave one of them true")
        if option.agency and option.agency not in agencies:
            yield Fault(
                where,
                f"there is no kind of agency “{option.agency}”",
                "Add it to the list agency_kind",
            )
