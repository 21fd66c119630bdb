"""No pack that may be published makes a page that cannot be completed, loses an answer, or changes an older record."""

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.practice.answers import kept, local_questions
from sightline.practice.changes import compare
from sightline.practice.overlay import apply_overlay
from sightline.practice.parse import parse_pack
from sightline.practice.rules import is_asked, unanswered
from sightline.practice.shipped import seal_of
from sightline.practice.spec import Form, Pack, Question
from sightline.practice.tables import PackRefused
from sightline.web.front_door.local_questions import PREFIX, LocalForm
from tests.practice.drawn import BASE, BASIS, ONCE, Drawn, Values, ask, filled_in, fresh, option_keys, overlays

MONDAY = date(2026, 11, 23)
SEAL = seal_of(BASE)
EACH = {"contact": ("person", "child", "adult", "parental_responsibility"), "assessment": ("child",)}
some = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def _made(drawn: Drawn) -> tuple[Values, Pack]:
    values = apply_overlay(BASE, drawn.overlay())
    return values, parse_pack(values)


def _of(form: Form, *whom: str) -> list[Question]:
    return [question for question in form.questions if question.asked_of in whom]


@some
@given(overlays(), st.data())
def test_every_page_that_asks_can_be_completed_by_answering_what_it_asks(drawn: Drawn, data: st.DataObject) -> None:
    _values, pack = _made(drawn)
    draw: Any = data.draw
    for key, each in EACH.items():
        form = pack.form(key)
        once = filled_in(draw, form, ONCE, {})
        assert unanswered(_of(form, *ONCE), once) == ()
        for whom in each:
            theirs = filled_in(draw, form, (whom,), once)
            assert unanswered(_of(form, whom), theirs) == ()


@some
@given(overlays(), st.data())
def test_the_contact_page_takes_every_answer_to_our_own_questions_and_keeps_it(
    drawn: Drawn, data: st.DataObject
) -> None:
    _values, pack = _made(drawn)
    asked = pack.form("contact")
    answers = filled_in(data.draw, asked, ONCE, {})  # type: ignore[arg-type]  # drawing from data is drawing
    own = {question.key for question in local_questions(asked)}
    assert own == {question.key for question in asked.questions if not question.bound_to}
    page = LocalForm({f"{PREFIX}-{key}": answers.get(key, "") for key in own}, asked=asked, today=MONDAY)
    assert page.is_valid()
    page.refuse_unanswered({key: answer for key, answer in answers.items() if key not in own})
    assert not page.errors
    assert set(kept(asked, page.answers())) == own & set(answers)
    assert {field.name for part in page.by_section for field in part.fields} == own


@some
@given(overlays())
def test_nothing_is_missing_that_is_hidden_or_not_asked(drawn: Drawn) -> None:
    _values, pack = _made(drawn)
    hidden = {(row["form"], row["question"]) for row in drawn.rows.get("hide", [])}
    for form in pack.forms:
        assert not hidden & {(form.key, question.key) for question in form.questions}
        missing = unanswered(form.questions, {})
        assert all(question.required and is_asked(question, {}) for question in missing)
        assert not [question for question in missing if question.asked_when]


@some
@given(overlays(), overlays(), st.data())
def test_what_was_written_is_found_and_shown_as_it_was_whatever_is_published_after(
    first: Drawn, second: Drawn, data: st.DataObject
) -> None:
    values, pack = _made(first)
    sealed, seal = json.dumps(values), seal_of(values)
    answers = filled_in(data.draw, pack.form("contact"), ONCE, {})  # type: ignore[arg-type]  # drawing from data is drawing
    shown = parse_pack(json.loads(sealed), version=1)
    _made(second)
    assert (seal_of(values), seal_of(BASE)) == (seal, SEAL)
    again = parse_pack(json.loads(sealed), version=1)
    assert again == shown
    for key, answer in answers.items():
        question = again.form("contact").question(key)
        chosen = answer if isinstance(answer, list) else [answer]
        assert not question.options or {option.key for option in question.options} >= set(chosen)


@some
@given(overlays(), overlays())
def test_where_nothing_breaks_a_key_means_the_same_in_both(first: Drawn, second: Drawn) -> None:
    (_, old), (_, new) = _made(first), _made(second)
    broken = [change for change in compare(old, new) if change.kind == "breaks"]
    before, after = _meanings(old), _meanings(new)
    # An answer that a return counts may not go either: what was recorded under it would be counted no more.
    counted = {(one.key, option.key) for one in old.lists for option in one.options if option.code}
    differ = [key for key in before if before[key] != after.get(key, () if key in counted else before[key])]
    assert bool(broken) == bool(differ)
    assert not any(change.kind == "breaks" for change in compare(parse_pack(BASE), new))


def _meanings(pack: Pack) -> dict[tuple[str, str], tuple[str, ...]]:
    """What an answer under each key stands for: of which kind it is, whose, where it is kept, what a return counts."""
    asked = {
        (form.key, one.key): (one.answer, one.asked_of, one.bound_to) for form in pack.forms for one in form.questions
    }
    return asked | {(one.key, option.key): (option.code,) for one in pack.lists for option in one.options}


Spoil = Callable[[st.DrawFn, Drawn], None]


def _key_again(draw: st.DrawFn, drawn: Drawn) -> None:
    there = [one["key"] for section in BASE["contact"]["sections"] for one in section["questions"]]
    row = ask(draw, drawn, 90, "worry")
    drawn.rows["add_question"][-1]["key"] = row["key"] = draw(
        st.sampled_from([*there, *(o["key"] for o in drawn.local[:-1])])
    )


def _forward(draw: st.DrawFn, drawn: Drawn) -> None:
    row = ask(draw, drawn, 90, "source")
    later = [one for key in ("worry", "family") for one in drawn.sections[key] if option_keys(one)]
    at = draw(st.sampled_from([row, *later]))
    looks = {"question": at["key"], "is": (option_keys(at) or ["yes"])[:1]}
    drawn.rows["add_question"][-1]["asked_when"] = looks


def _needed(draw: st.DrawFn, drawn: Drawn) -> None:
    needed = [
        {"form": form, "question": question["key"]}
        for form in ("contact", "assessment", "plan")
        for section in BASE[form]["sections"]
        for question in section["questions"]
        if question.get("bound_to") or question.get("required")
    ]
    drawn.add("hide", draw(st.sampled_from(needed)))


def _orphan(draw: st.DrawFn, drawn: Drawn) -> None:
    options = [{"key": "a", "label": {"en": "A"}}, {"key": "b", "label": {"en": "B"}}]
    looked_at = {"key": "looked_at", "answer": "choice", "options": options}
    looking = {"key": "looking", "answer": "text", "asked_when": {"question": "looked_at", "is": ["a"]}}
    for row in (looked_at, looking):
        drawn.add(
            "add_question", {"form": "contact", "section": "history", "label": {"en": "?"}, "basis": BASIS, **row}
        )
    also = draw(st.sampled_from([{}, {"option": "a"}]))
    drawn.add("hide", {"form": "contact", "question": "looked_at", **also})


def _uncoded(draw: st.DrawFn, drawn: Drawn) -> None:
    code = draw(st.sampled_from([{}, {"code": "ZZ"}]))
    one = draw(st.sampled_from(["source", "main_need", "closure_reason"]))
    drawn.add("add_option", {"list": one, "key": "uncoded", "label": {"en": "?"}, "basis": BASIS, **code})


def _not_ours_to_time(draw: st.DrawFn, drawn: Drawn) -> None:
    law = [one["key"] for one in BASE["timescales"]["timescales"] if one["basis"]["kind"] != "local"]
    length = {"unit": "weeks", "length": 20, "by": "end of day", "basis": BASIS}
    drawn.add("change_timescale", {"key": draw(st.sampled_from(law)), **length})


def _uncited(draw: st.DrawFn, drawn: Drawn) -> None:
    ask(draw, drawn, 90, draw(st.sampled_from(list(drawn.sections))))
    del drawn.rows["add_question"][-1]["basis"]


@pytest.mark.parametrize(
    "spoil",
    [_key_again, _forward, _needed, _orphan, _uncoded, _not_ours_to_time, _uncited],
    ids=lambda one: one.__name__,
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=overlays(), data=st.data())
def test_whatever_would_do_harm_is_refused_with_where_what_and_how_to_mend_it(
    spoil: Spoil, drawn: Drawn, data: st.DataObject
) -> None:
    drawn = copy.deepcopy(drawn)
    spoil(data.draw, drawn)  # type: ignore[arg-type]  # drawing from data is drawing
    with pytest.raises(PackRefused) as refused:
        _made(drawn)
    assert refused.value.faults
    for fault in refused.value.faults:
        assert fault.where.strip()
        assert fault.what.strip()
        assert fault.mend.strip()


def test_an_overlay_drawn_without_anything_says_nothing() -> None:
    assert compare(parse_pack(BASE), _made(fresh())[1]) == ()
