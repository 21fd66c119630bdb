"""What a pack may not say, however well it is written.

Each check yields faults, so that an author sees them all at once. Here the law's
part is held: a social worker decides, every outcome but no further action leaves
somebody with something to do, "malicious" alone is no reason, and the questions
that other rooms need are asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from sightline.practice.asking import unsound_forms
from sightline.practice.letters import LETTERS, placeholders, stray_braces
from sightline.practice.spec import Outcome, Pack, Threshold, Timescale
from sightline.practice.stages import unsound_stages
from sightline.practice.tables import Fault

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
# Clocks whose length a room reads as a number of days.
COUNTED_IN_DAYS = ("series.window", "injury.window", "front_door.reading_after_decision")
# What a record has room for of a key that somebody chose or answered, and where there is less.
LONGEST_KEY = 40
LONGEST_KEY_OF: Mapping[str, int] = {"channel": 20}
ASKS = ("advice", "allocated_worker", "authority", "main_need")


def unsound(pack: Pack) -> tuple[Fault, ...]:
    """Every fault of a pack whose files have their right shape; none when it is sound."""
    return tuple(
        fault
        for check in (
            _keys,
            unsound_forms,
            unsound_stages,
            _outcomes,
            _reasons,
            _checks,
            _rules,
            _letters,
            _sources,
        )
        for fault in check(pack)
    )


def _keys(pack: Pack) -> Iterator[Fault]:
    for where, keys in _groups_of_keys(pack):
        for key in sorted(key for key, times in Counter(keys).items() if times > 1):
            yield Fault(where, f"the key “{key}” is used twice", "Give one of them another key")
        yield from _too_long(where, keys, LONGEST_KEY)
    for one in pack.lists:
        if one.key in LONGEST_KEY_OF:
            yield from _too_long(f"list “{one.key}”", [option.key for option in one.options], LONGEST_KEY_OF[one.key])


def _too_long(where: str, keys: Iterable[str], most: int) -> Iterator[Fault]:
    for key in keys:
        if len(key) > most:
            yield Fault(where, f"the key “{key}” is longer than {most} characters", "Shorten it; its words have room")


def _groups_of_keys(pack: Pack) -> Iterator[tuple[str, list[str]]]:
    """Each group of keys within which none may come twice, and where it stands."""
    yield "decisions.toml, outcomes", [one.key for one in pack.outcomes]
    yield "decisions.toml, recommendations", [one.key for one in pack.recommendations]
    yield "checks.toml, checks", [one.key for one in pack.checks]
    yield "checks.toml, lawful bases", [one.key for one in pack.lawful_bases]
    yield "letters.toml, letters", [one.key for one in pack.letters]
    yield "stages.toml, assessments", [one.key for one in pack.assessment_kinds]
    yield "stages.toml, plans", [one.key for one in pack.plan_kinds]
    yield "codes.toml, lists", [one.key for one in pack.lists]
    for one in pack.lists:
        yield f"codes.toml, list “{one.key}”", [option.key for option in one.options]
    for form in pack.forms:
        yield f"{form.key}.toml, sections", [section.key for section in form.sections]
        yield f"{form.key}.toml, questions", [question.key for question in form.questions]
        for question in form.questions:
            yield f"{form.key}.toml, options of “{question.key}”", [option.key for option in question.options]


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
        for one, other in _of_one_key(rules):
            if one.basis.effective.overlaps(other.basis.effective):
                yield Fault(
                    f"timescales.toml, {thing} “{one.key}”",
                    "two rules of this key are in force on the same day",
                    "End one before the other begins with effective_to",
                )
    for clock in pack.timescales:
        if clock.key in COUNTED_IN_DAYS and clock.unit != "days":
            where = f"timescales.toml, timescale “{clock.key}”"
            yield Fault(where, f"it is counted in days, and this says {clock.unit}", 'Write unit = "days"')


def _of_one_key(rules: Iterable[Timescale | Threshold]) -> Iterator[tuple[Timescale | Threshold, ...]]:
    """Each pair of rules that have one key, without looking at every pair that there is."""
    by_key: dict[str, list[Timescale | Threshold]] = {}
    for rule in rules:
        by_key.setdefault(rule.key, []).append(rule)
    for same in by_key.values():
        yield from combinations(same, 2)


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
