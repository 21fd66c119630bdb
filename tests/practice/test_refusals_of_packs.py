"""What a pack may not say, one fault at a time, each with where, what and how to mend it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, read_source
from sightline.practice.tables import PackRefused

Values = dict[str, Any]
SOUND: Values = read_source(PACKS / "england-2023").values


def _find(rows: list[Values], key: str) -> Values:
    return next(row for row in rows if row["key"] == key)


def _question(values: Values, key: str) -> Values:
    sections = values["contact"]["sections"]
    return _find([question for section in sections for question in section["questions"]], key)


def _part(values: Values, key: str) -> Values:
    sections = values["assessment"]["sections"]
    return _find([question for section in sections for question in section["questions"]], key)


def _factor(values: Values, key: str) -> Values:
    return _find(_find(values["casework"]["lists"], "assessment_factor")["options"], key)


def _outcome(values: Values, key: str) -> Values:
    return _find(values["decisions"]["outcomes"], key)


def _timescale(values: Values, key: str) -> Values:
    return _find(values["timescales"]["timescales"], key)


def _letter(values: Values, key: str) -> Values:
    return _find(values["letters"]["letters"], key)


def _source(values: Values, key: str) -> Values:
    return _find(_find(values["codes"]["lists"], "source")["options"], key)


def _stage(values: Values) -> Values:
    kind: Values = values["stages"]["assessments"][0]
    return kind


def _unprescribed(values: Values, key: str) -> None:
    clock = _timescale(values, key)
    clock.pop("length")
    clock["unit"] = "not prescribed"


def _twice(rows: list[Values]) -> None:
    rows.append(copy.deepcopy(rows[0]))


def _drop(rows: list[Values], key: str) -> None:
    rows.remove(_find(rows, key))


# Each row: a sentence that must appear, and the change that must bring it out.
FAULTS: list[tuple[str, Callable[[Values], object]]] = [
    ("letters.toml: the file is missing. Add it", lambda v: v.pop("letters")),
    ("poems.toml: no such file belongs to a pack", lambda v: v.update(poems={})),
    ("contact.toml: this should be a table", lambda v: v.update(contact=3)),
    ("pack.toml: “title” is missing", lambda v: v["pack"].pop("title")),
    ("“languages” needs at least 1", lambda v: v["pack"].pop("languages")),
    ("“languages” says the same thing twice", lambda v: v["pack"].update(languages=["en", "en"])),
    ("pack.toml, title: “cy” is missing", lambda v: v["pack"].update(languages=["en", "cy"])),
    (
        "pack.toml, title: “fr” means nothing here. Add the language",
        lambda v: v["pack"]["title"].update(fr="x"),
    ),
    ("“Big Key” cannot be a key. Use small letters", lambda v: v["pack"].update(key="Big Key")),
    (
        "“kind” cannot be “custom”. Choose from: statutory, guidance, local, advice",
        lambda v: v["pack"]["basis"].update(kind="custom"),
    ),
    ("“citation” should be text and not blank", lambda v: v["pack"]["basis"].update(citation=" ")),
    (
        "“effective_from” should be a day",
        lambda v: v["pack"]["basis"].update(effective_from="soon"),
    ),
    ("it ends before it begins", lambda v: v["pack"]["basis"].update(effective_to="2020-01-01")),
    ("“confirmed” should be true or false", lambda v: v["pack"]["basis"].update(confirmed="no")),
    (
        "question “fears”: “requierd” means nothing here. Take it out, or mend its spelling",
        lambda v: _question(v, "fears").update(requierd=True),
    ),
    (
        "outcome “early_help_offer”: “preselected” means nothing here",
        lambda v: _outcome(v, "early_help_offer").update(preselected=True),
    ),
    (
        "there is no list “colours”. Add it to codes.toml",
        lambda v: _question(v, "channel").update(list="colours"),
    ),
    (
        "an answer of long_text has no options",
        lambda v: _question(v, "fears").update(list="channel"),
    ),
    ("question “channel”: there is no option", lambda v: _question(v, "channel").pop("list")),
    (
        "questions: the key “fears” is used twice",
        lambda v: _question(v, "saw_or_heard").update(key="fears"),
    ),
    (
        "nothing that must be answered is bound to “front_door.contact.danger”",
        lambda v: _question(v, "danger_now").update(required=False),
    ),
    (
        "nothing that must be answered is bound to “front_door.familyagreement.told”",
        lambda v: _question(v, "family_knows").pop("bound_to"),
    ),
    (
        "“weather.today” is no typed fact",
        lambda v: _question(v, "interpreter").update(bound_to="weather.today"),
    ),
    (
        "an earlier question is bound to “record.passage.fears” too",
        lambda v: _question(v, "interpreter").update(bound_to="record.passage.fears"),
    ),
    (
        "it looks at “history_bears”, which is not asked before it. Look back",
        lambda v: _question(v, "danger_words")["asked_when"].update(question="history_bears"),
    ),
    (
        "“danger_now” is never answered “perhaps”. Choose from: no, not_known, yes",
        lambda v: _question(v, "danger_words")["asked_when"].update({"is": ["perhaps"]}),
    ),
    (
        "it looks at “family_knows”, which is asked of somebody else",
        lambda v: _question(v, "interpreter").update(asked_when={"question": "family_knows", "is": ["yes"]}),
    ),
    (
        "a contact is decided by a social worker. Write needs_social_worker = true",
        lambda v: _outcome(v, "other_authority").update(needs_social_worker=False),
    ),
    (
        "outcome “advice_and_information”: it leaves nobody with anything to do",
        lambda v: _outcome(v, "advice_and_information").pop("opens_step"),
    ),
    (
        "no further action is a referral that opens no step",
        lambda v: _outcome(v, "referral_no_further_action").update(is_referral=False),
    ),
    ("a referral has a main need", lambda v: _outcome(v, "referral_strategy").pop("asks")),
    (
        "nothing knows how to ask “star_sign”",
        lambda v: _outcome(v, "other_authority").update(asks=["star_sign"]),
    ),
    (
        "outcome “referral_strategy”: there is no timescale “never”",
        lambda v: _outcome(v, "referral_strategy")["opens_step"].update(timescale="never"),
    ),
    (
        "“outcome.professional” is no letter for a public source",
        lambda v: _outcome(v, "other_authority")["feedback"].update(public="outcome.professional"),
    ),
    (
        "no outcome is a referral",
        lambda v: [row.update(is_referral=False) for row in v["decisions"]["outcomes"]],
    ),
    (
        "“malicious” alone could close a contact",
        lambda v: v["decisions"].update(words_that_cannot_stand_alone=["vexatious"]),
    ),
    (
        "outcomes: the key “advice_and_information” is used twice",
        lambda v: _twice(v["decisions"]["outcomes"]),
    ),
    (
        "there is no lawful basis “curiosity”",
        lambda v: v["checks"]["checks"][0].update(lawful_bases=["curiosity"]),
    ),
    (
        "check “health”: there is no kind of agency “circus”",
        lambda v: v["checks"]["checks"][0].update(agency="circus"),
    ),
    (
        "there is no timescale “contact.decide”",
        lambda v: _drop(v["timescales"]["timescales"], "contact.decide"),
    ),
    (
        "there is no threshold “series.sources”",
        lambda v: _drop(v["timescales"]["thresholds"], "series.sources"),
    ),
    (
        "two rules of this key are in force on the same day",
        lambda v: _twice(v["timescales"]["timescales"]),
    ),
    (
        "“length” should be a whole number from 1 to 10000",
        lambda v: _timescale(v, "assessment").update(length=0),
    ),
    ("“unit” cannot be “moons”", lambda v: _timescale(v, "assessment").update(unit="moons")),
    ("timescale “assessment”: “by” is missing", lambda v: _timescale(v, "assessment").pop("by")),
    ("timescale “assessment”: “starts” is missing", lambda v: _timescale(v, "assessment").pop("starts")),
    (
        "timescale “visit.child_in_need”, stops: “en” should be text and not blank",
        lambda v: _timescale(v, "visit.child_in_need")["stops"].update(en=" "),
    ),
    (
        "there is no timescale “review.early_help.next”",
        lambda v: _drop(v["timescales"]["timescales"], "review.early_help.next"),
    ),
    (
        "there is no threshold “no_access.in_a_row”",
        lambda v: _drop(v["timescales"]["thresholds"], "no_access.in_a_row"),
    ),
    ("assessment.toml: the file is missing", lambda v: v.pop("assessment")),
    (
        "assessment.toml: nothing asks “childs_day” of the child",
        lambda v: _part(v, "childs_day").pop("asked_of"),
    ),
    (
        "assessment.toml: nothing asks “benign_explanation” of the family",
        lambda v: _part(v, "benign_explanation").update(key="kind_explanation"),
    ),
    (
        "question “analysis”: it could be left empty without a word. Write required = true",
        lambda v: _part(v, "analysis").pop("required"),
    ),
    (
        "question “housing”: a part of an assessment is prose",
        lambda v: _part(v, "housing").update(answer="date"),
    ),
    (
        "question “housing”: this form cannot ask it of “adult”. Choose from: family, child",
        lambda v: _part(v, "housing").update(asked_of="adult"),
    ),
    (
        "list “assessment_factor”, option “neglect”: the census needs a code",
        lambda v: _factor(v, "neglect").pop("code"),
    ),
    ("there is no list “ending_reason”", lambda v: _drop(v["casework"]["lists"], "ending_reason")),
    (
        "letter “evidence.request” in en: it does not say “{question}”",
        lambda v: _letter(v, "evidence.request")["body"].update(en="{answer_by} {ring}"),
    ),
    ("“day_ends” should be a time", lambda v: v["timescales"].update(day_ends="teatime")),
    (
        "letter “poem”: nothing sends such a letter",
        lambda v: v["letters"]["letters"][0].update(key="poem"),
    ),
    ("there is no letter “notice”", lambda v: _drop(v["letters"]["letters"], "notice")),
    (
        "letter “acknowledgement.public” in en: this letter may not hold “{children}”",
        lambda v: _letter(v, "acknowledgement.public")["body"].update(en="{received} {ring} {children}"),
    ),
    (
        "letter “outcome.professional” in en: it does not say “{next_step}”",
        lambda v: _letter(v, "outcome.professional")["body"].update(en="{outcome} {ring}"),
    ),
    ("a brace stands alone", lambda v: _letter(v, "notice")["body"].update(en="{link} {ring} {")),
    (
        "a subject line is read by whoever passes the screen",
        lambda v: _letter(v, "notice")["subject"].update(en="About {link}"),
    ),
    ("option “police”: the census needs a code", lambda v: _source(v, "police").pop("code")),
    ("nobody is both professional and public", lambda v: _source(v, "police").update(public=True)),
    (
        "option “police”: there is no kind of agency “circus”",
        lambda v: _source(v, "police").update(agency="circus"),
    ),
    ("stages.toml: the file is missing", lambda v: v.pop("stages")),
    (
        'assessment.toml: its key is “appraisal”. Write key = "assessment", as the file is called',
        lambda v: v["assessment"].update(key="appraisal"),
    ),
    ("assessment “assessment”: “contact” is not the form", lambda v: _stage(v).update(form="contact")),
    ("appraisal.toml: the file is missing", lambda v: _stage(v).update(form="appraisal")),
    (
        "assessment “assessment”: there is no timescale “assessment.x”",
        lambda v: _stage(v).update(timescale="assessment.x"),
    ),
    ("“contact.decide” times something else", lambda v: _stage(v).update(timescale="contact.decide")),
    ("“assessment.authorise” times something else", lambda v: _stage(v).update(timescale="assessment.authorise")),
    ("nothing comes before the first assessment", lambda v: _stage(v).update(starts="previous")),
    ("assessment “core”: nothing begins it", lambda v: v["stages"]["assessments"].append(_stage(v) | {"key": "core"})),
    (
        "the key “assessment” is used twice",
        lambda v: _twice(v["stages"]["assessments"]),
    ),
    (
        "list “assessment_outcome”, option “early_help”: there is no kind of assessment “core”",
        lambda v: _find(_find(v["casework"]["lists"], "assessment_outcome")["options"], "early_help").update(
            begins="core"
        ),
    ),
    (
        "only what an assessment leads to begins another",
        lambda v: _source(v, "police").update(begins="assessment"),
    ),
    (
        "outcome “referral_assessment”: the first assessment is timed by “assessment”, and this says otherwise",
        lambda v: _outcome(v, "referral_assessment")["opens_step"].update(timescale="strategy"),
    ),
    (
        "timescale “strategy”: only how long an assessment takes may be left open",
        lambda v: _unprescribed(v, "strategy"),
    ),
    ("it does not say what the plan “protection” is called", lambda v: _drop(v["stages"]["plans"], "protection")),
    ("“key” cannot be “looked_after”", lambda v: v["stages"]["plans"][0].update(key="looked_after")),
    ("a social worker leads a protection plan", lambda v: v["stages"]["plans"][2].update(lead="anyone")),
    ("a protection plan is a plan by itself", lambda v: v["stages"]["plans"][2].update(one_with="early_help")),
    (
        "plan “early_help”: “child_in_need” does not say that they are one plan",
        lambda v: v["stages"]["plans"][0].update(one_with="child_in_need"),
    ),
    ("there is no list “note_kind”", lambda v: _drop(v["codes"]["lists"], "note_kind")),
]


@pytest.mark.parametrize(("sentence", "spoil"), FAULTS, ids=[sentence[:50] for sentence, _ in FAULTS])
def test_a_faulty_pack_is_refused_with_where_what_and_how(sentence: str, spoil: Callable[[Values], object]) -> None:
    values = copy.deepcopy(SOUND)
    spoil(values)
    with pytest.raises(PackRefused) as refused:
        parse_pack(values)
    assert sentence in refused.value.message
    for fault in refused.value.faults:
        assert fault.where
        assert fault.what
        assert fault.mend
        assert str(fault).endswith(".")


def test_every_fault_of_sense_is_named_at_once() -> None:
    values = copy.deepcopy(SOUND)
    _outcome(values, "advice_and_information").pop("opens_step")
    _source(values, "police").pop("code")
    with pytest.raises(PackRefused) as refused:
        parse_pack(values)
    assert len(refused.value.faults) == 2
