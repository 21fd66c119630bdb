"""An authority's overlay: what it may do, and each thing that it may not, with the remedy."""

import copy
from typing import Any

import pytest

from sightline.practice.changes import compare, used_before
from sightline.practice.overlay import apply_overlay
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import read_toml
from sightline.practice.spec import Pack
from sightline.practice.tables import PackRefused
from tests.packs import pack_of, values_of

BASE = values_of("england-2023")
HEAD = """
[overlay]
key = "hallowby-2026"
base = "england-2023"
title.en = "How Hallowby works"
basis = { kind = "local", citation = "Practice board, 3 November 2026", effective_from = 2026-12-01 }
"""
BASIS = 'basis = { kind = "local", citation = "Practice board, 3 November 2026", effective_from = 2026-12-01 }'
PETS = f"""
[[add_question]]
form = "contact"
section = "worry"
key = "pets"
label.en = "Are there animals at home?"
answer = "choice"
options = [ {{ key = "yes", label.en = "Yes" }}, {{ key = "no", label.en = "No" }} ]
{BASIS}
"""
WHICH_PETS = f"""
[[add_question]]
form = "contact"
section = "worry"
after = "pets"
key = "which_pets"
label.en = "Which, and who looks after them?"
answer = "long_text"
asked_when = {{ question = "pets", is = ["yes"] }}
{BASIS}
"""


def laid(text: str) -> dict[str, Any]:
    """The base as the overlay of that text changes it."""
    return apply_overlay(BASE, read_toml(HEAD + text, "hallowby.toml"))


def made(text: str) -> Pack:
    """The pack that the overlay of that text makes."""
    return parse_pack(laid(text))


def _keys(pack: Pack, section: str) -> list[str]:
    return [one.key for part in pack.form("contact").sections if part.key == section for one in part.questions]


def test_an_overlay_that_says_nothing_is_its_base_under_another_name() -> None:
    pack, base = made(""), pack_of("england-2023")
    assert (pack.key, str(pack.title)) == ("hallowby-2026", "How Hallowby works")
    assert compare(base, pack) == ()
    assert pack.forms == base.forms


def test_questions_and_sections_are_put_where_the_overlay_says() -> None:
    section = f"""
[[add_section]]
form = "contact"
before = "history"
key = "around"
title.en = "Around the family"
{BASIS}
[[add_question]]
form = "contact"
section = "around"
key = "who_else"
label.en = "Who else should know?"
answer = "text"
{BASIS}
"""
    pack = made(PETS + WHICH_PETS + section)
    assert _keys(pack, "worry")[-2:] == ["pets", "which_pets"]
    assert [one.key for one in pack.form("contact").sections][-2:] == ["around", "history"]
    assert pack.form("contact").question("which_pets").basis.citation.startswith("Practice board")


def test_words_change_and_keys_do_not() -> None:
    pack = made("""
[[reword]]
form = "contact"
question = "fears"
label.en = "What are they afraid of?"
[[reword]]
form = "contact"
section = "worry"
title.en = "In their words"
[[reword]]
list = "channel"
option = "phone"
label.en = "They rang"
[[reword]]
letter = "notice"
subject.en = "A message for you"
[[reword]]
threshold = "series.sources"
label.en = "How many people"
""")
    assert str(pack.form("contact").question("fears").label) == "What are they afraid of?"
    assert str(pack.list("channel").option("phone").label) == "They rang"
    assert str(pack.form("contact").question("channel").options[0].label) == "They rang"
    assert str(pack.letter("notice").subject) == "A message for you"
    assert {change.kind for change in compare(pack_of("england-2023"), pack)} == {"rewords"}


def test_an_optional_question_is_hidden_and_put_in_order_and_an_empty_section_goes() -> None:
    pack = made("""
[[hide]]
form = "assessment"
question = "harm_online"
[[hide]]
form = "assessment"
question = "why_now"
[[hide]]
form = "assessment"
question = "who_is_in_the_family"
[[hide]]
form = "assessment"
question = "who_was_seen"
[[reorder]]
form = "assessment"
section = "outside"
questions = ["who_makes_places_safer", "harm_outside"]
""")
    sections = {one.key: [question.key for question in one.questions] for one in pack.form("assessment").sections}
    assert sections["outside"] == ["who_makes_places_safer", "harm_outside"]
    assert "why" not in sections
    kinds = [change.kind for change in compare(pack_of("england-2023"), pack)]
    assert kinds.count("drops") == 4


def test_a_new_capacity_is_mapped_to_a_code_of_the_census_and_a_local_time_changes() -> None:
    pack = made(f"""
[[add_option]]
list = "source"
after = "school"
key = "nursery"
label.en = "Nursery"
code = "2A"
professional = true
agency = "school"
{BASIS}
[[change_timescale]]
key = "visit.child_in_need"
unit = "weeks"
length = 3
by = "end of day"
{BASIS}
""")
    assert pack.list("source").option("nursery").code == "2A"
    said = {change.where: change for change in compare(pack_of("england-2023"), pack)}
    assert said["list “source”, option “nursery”"].kind == "adds"
    shorter = said["timescale “visit.child_in_need”"]
    assert (shorter.kind, str(shorter)) == (
        "narrows", "timescale “visit.child_in_need”: 4 weeks, end of day → 3 weeks, end of day",
    )  # fmt: skip


HIDDEN = '[[hide]]\nform = "assessment"\nquestion = "harm_online"\n'
EXCHANGED = """
[[reword]]
list = "yes_no_not_known"
option = "no"
label.en = "Nobody is"
[[reword]]
list = "yes_no_not_known"
option = "yes"
label.en = "No"
"""
LONG = "a" * 41
REFUSED: list[tuple[str, str]] = [
    (
        "hide “fears”: “fears” is kept in record.passage.fears, and is needed there. Leave it where it is",
        '[[hide]]\nform = "contact"\nquestion = "fears"',
    ),
    (
        "hide “what_happens_next”: “what_happens_next” must be answered",
        '[[hide]]\nform = "assessment"\nquestion = "what_happens_next"',
    ),
    (
        "hide “wishes”: every assessment asks “wishes”",
        '[[hide]]\nform = "assessment"\nquestion = "wishes"',
    ),
    (
        "add_question “fears”: the key “fears” is used already, and an older record means something by it. Give it",
        PETS.replace('"pets"', '"fears"'),
    ),
    ("the key “pets” is used already", PETS + PETS),
    (
        "the key “harm_online” is used already",
        HIDDEN
        + f'[[add_question]]\nform = "assessment"\nsection = "outside"\nkey = "harm_online"\nlabel.en = "x"\n{BASIS}',
    ),
    (
        "question “which_pets”: it looks at “pets”, which is not asked before it. Look back",
        PETS + WHICH_PETS.replace('after = "pets"', 'before = "pets"'),
    ),
    (
        "question “which_pets”: it looks at “which_pets”, which is not asked before it",
        PETS + WHICH_PETS.replace('question = "pets"', 'question = "which_pets"'),
    ),
    (
        "reorder “worry”: the page of a contact has an order of its own, and local questions stand last on it. Take it",
        '[[reorder]]\nform = "contact"\nsection = "worry"\nquestions = ["fears"]',
    ),
    (
        "reorder “outside”: these are not the questions that are there. Name each of them once: harm_outside",
        '[[reorder]]\nform = "assessment"\nsection = "outside"\nquestions = ["harm_outside"]',
    ),
    (
        "hide “pets”: “which_pets” looks at its answer, and could never be asked. Hide “which_pets” too",
        PETS + WHICH_PETS + '[[hide]]\nform = "contact"\nquestion = "pets"',
    ),
    (
        "hide “yes”: “which_pets” looks for that answer. Hide “which_pets” too",
        PETS + WHICH_PETS + '[[hide]]\nform = "contact"\nquestion = "pets"\noption = "yes"',
    ),
    (
        "hide “police”: a return counts “police” as 6",
        '[[hide]]\nlist = "source"\noption = "police"',
    ),
    (
        "hide “not_known”: the answers of “yes_no_not_known” are known one by one elsewhere",
        '[[hide]]\nlist = "yes_no_not_known"\noption = "not_known"',
    ),
    (
        "add_option “nursery”: a return counts these answers, and this has none of its codes. Choose a code",
        f'[[add_option]]\nlist = "source"\nkey = "nursery"\nlabel.en = "Nursery"\ncode = "2Z"\n{BASIS}',
    ),
    (
        "add_option “maybe”: the answers of “agreement” are known one by one elsewhere",
        f'[[add_option]]\nlist = "agreement"\nkey = "maybe"\nlabel.en = "Maybe"\n{BASIS}',
    ),
    (
        "add_option “maybe”: nothing would follow from it. Name in begins",
        f'[[add_option]]\nlist = "assessment_outcome"\nkey = "maybe"\nlabel.en = "Maybe"\n{BASIS}',
    ),
    (
        "change_timescale “contact.decide”: this time is not local: Working Together to Safeguard Children 2023",
        f'[[change_timescale]]\nkey = "contact.decide"\nunit = "weeks"\nlength = 1\nby = "end of day"\n{BASIS}',
    ),
    (
        "timescale “visit.early_help”: only how long an assessment takes may be left open",
        f'[[change_timescale]]\nkey = "visit.early_help"\nunit = "not prescribed"\n{BASIS}',
    ),
    ("there is no timescale “tea”", f'[[change_timescale]]\nkey = "tea"\nunit = "weeks"\nlength = 1\n{BASIS}'),
    (
        "hide “strategy_discussion”: the answers of “assessment_outcome” are known one by one elsewhere",
        '[[hide]]\nlist = "assessment_outcome"\noption = "strategy_discussion"',
    ),
    (
        "add_option “row”: the answers of “main_need” are known one by one elsewhere",
        f'[[add_option]]\nlist = "main_need"\nkey = "row"\nlabel.en = "A row"\ncode = "N5"\n{BASIS}',
    ),
    (
        "add_option “nearby”: whoever is counted as 1B is no professional",
        f'[[add_option]]\nlist = "source"\nkey = "nearby"\nlabel.en = "x"\ncode = "1B"\nprofessional = true\n{BASIS}',
    ),
    (
        "reword “yes”: “No” is what another answer of “yes_no_not_known” says",
        EXCHANGED,
    ),
    (
        "change_timescale “visit.child_in_need”: once it ended, nothing would say how long this may take",
        '[[change_timescale]]\nkey = "visit.child_in_need"\nunit = "weeks"\nlength = 3\nby = "end of day"\n'
        + BASIS.replace(" }", ", effective_to = 2026-12-31 }"),
    ),
    (
        "timescale “injury.window”: it is counted in days, and this says months",
        f'[[change_timescale]]\nkey = "injury.window"\nunit = "months"\nlength = 4\nby = "end of day"\n{BASIS}',
    ),
    (
        f"list “channel”: the key “{LONG[:21]}” is longer than 20 characters",
        f'[[add_option]]\nlist = "channel"\nkey = "{LONG[:21]}"\nlabel.en = "By drone"\n{BASIS}',
    ),
    (
        f"contact.toml, questions: the key “{LONG}” is longer than 40 characters",
        PETS.replace('"pets"', f'"{LONG}"'),
    ),
    ("add_question “pets”: it cites nothing. Add basis", PETS.replace(BASIS, "")),
    (
        "add_question “pets”, basis: “citation” is missing",
        PETS.replace('citation = "Practice board, 3 November 2026", ', ""),
    ),
    ("an authority does not write law", PETS.replace('kind = "local"', 'kind = "statutory"')),
    ("a local answer is kept with the form", PETS + 'bound_to = "people.need.pets"'),
    (
        "add_question “pets”: an overlay cannot add to the form “plan”. Choose from: contact, assessment",
        PETS.replace('"contact"', '"plan"'),
    ),
    (
        "question “pets”: a contact keeps the answer to a local question once, and not for each person. Write",
        PETS + 'asked_of = "child"',
    ),
    ("add_question “pets”: there is no section “zoo”", PETS.replace('"worry"', '"zoo"')),
    (
        "a part of an assessment is prose",
        PETS.replace('"contact"', '"assessment"').replace('"worry"', '"outside"'),
    ),
    (
        "add_section “empty”: it asks nothing",
        f'[[add_section]]\nform = "contact"\nkey = "empty"\ntitle.en = "x"\n{BASIS}',
    ),
    (
        "reword “fears”: it says no new words. Add one of: label, hint",
        '[[reword]]\nform = "contact"\nquestion = "fears"',
    ),
    (
        "reword “fears”: “required” means nothing here",
        '[[reword]]\nform = "contact"\nquestion = "fears"\nlabel.en = "x"\nrequired = false',
    ),
    ("reword “poem”: there is no letter “poem”", '[[reword]]\nletter = "poem"\nbody.en = "x"'),
    (
        "the overlay: “add_letter” means nothing here. Choose from: overlay, stages, add_section",
        "[[add_letter]]\nkey = 1",
    ),
    (
        "plan “care”: there is no plan “care”. Choose from: early_help, child_in_need, protection",
        f'[[stages.plans]]\nkey = "care"\ntitle.en = "x"\n{BASIS}',
    ),
    (
        "assessment “core”: there is no kind of assessment “core”",
        f'[[stages.assessments]]\nkey = "core"\ntitle.en = "x"\n{BASIS}',
    ),
    (
        "“form” means nothing here. An overlay may give a kind of assessment another title",
        f'[[stages.assessments]]\nkey = "assessment"\ntitle.en = "x"\nform = "plan"\n{BASIS}',
    ),
    (
        "plan “protection”: a social worker leads a protection plan",
        f'[[stages.plans]]\nkey = "protection"\nlead = "anyone"\n{BASIS}',
    ),
    (
        "plan “early_help”: “child_in_need” does not say that they are one plan",
        f'[[stages.plans]]\nkey = "early_help"\none_with = "child_in_need"\n{BASIS}',
    ),
]


@pytest.mark.parametrize(("sentence", "text"), REFUSED, ids=[sentence[:48] for sentence, _ in REFUSED])
def test_an_overlay_that_would_do_harm_is_refused_with_the_remedy(sentence: str, text: str) -> None:
    before = copy.deepcopy(BASE)
    with pytest.raises(PackRefused) as refused:
        made(text)
    assert sentence in refused.value.message
    assert all(fault.where and fault.what and fault.mend for fault in refused.value.faults)
    assert before == BASE


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("it stands on “england-1989”, and this is “england-2023”", ('"england-2023"', '"england-1989"')),
        ("it has the key of its base", ('key = "hallowby-2026"', 'key = "england-2023"')),
        ("is longer than 26 characters", ('key = "hallowby-2026"', 'key = "hallowby-county-council-2026"')),
        ("overlay: it cites nothing", (BASIS, "")),
        ("overlay: “title” is missing", ('title.en = "How Hallowby works"', "")),
        ("overlay: “owner” means nothing here", (BASIS, BASIS + '\nowner = "me"')),
    ],
)
def test_an_overlay_says_what_it_is_and_on_what_it_stands(sentence: str, wrong: tuple[str, str]) -> None:
    with pytest.raises(PackRefused) as refused:
        apply_overlay(BASE, read_toml(HEAD.replace(*wrong), "hallowby.toml"))
    assert sentence in refused.value.message


def test_every_fault_of_an_overlay_is_named_at_once() -> None:
    with pytest.raises(PackRefused) as refused:
        made(PETS + PETS + '[[hide]]\nform = "contact"\nquestion = "fears"\n[[reword]]\nletter = "poem"')
    assert len(refused.value.faults) == 3


def test_what_would_give_one_key_two_meanings_breaks() -> None:
    old = made(PETS + WHICH_PETS)
    other = made(PETS.replace('answer = "choice"', 'answer = "text"').replace("options = ", "# "))
    said = compare(old, other)
    assert [change.kind for change in said][:2] == ["breaks", "drops"]
    assert str(said[0]) == "form “contact”, question “pets”: an answer of choice → an answer of text"
    assert (
        str(said[1]) == "form “contact”, question “which_pets”: Which, and who looks after them? → not there any more"
    )


def test_a_key_that_was_dropped_is_not_free_for_something_else() -> None:
    first, without = made(PETS), made("")
    other = made(PETS.replace('answer = "choice"', 'answer = "text"').replace("options = ", "# "))
    assert compare(without, other)[0].kind == "adds"
    (again,) = used_before([first, without], other)
    assert again.where == "form “contact”, question “pets”"
    assert used_before([first, without], made(PETS + WHICH_PETS)) == ()


def test_another_era_is_no_small_change() -> None:
    kinds = {change.kind for change in compare(pack_of("england-2023"), pack_of("england-2006"))}
    assert "breaks" in kinds
    assert {change.kind for change in compare(pack_of("england-2023"), pack_of("england-2026"))} == {"adds", "rewords"}
