"""What was agreed and what each agency last said: nothing done is overdue, and no voice hides another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from sightline.kernel.references import new_id
from sightline.kernel.when import When
from sightline.record.queries import EntryView, OpenStep, PassageView, SubjectView
from sightline.web.presenters.at_once import agreed_rows, agreed_words, said_of, said_rows

AT = datetime(2026, 5, 12, 10, tzinfo=UTC)
ROSIE, JACK, HOSPITAL = new_id(), new_id(), new_id()
LATE = OpenStep(
    id=new_id(), kind="action", words="Rings the club", post=new_id(), opened_at=AT, due_at=AT - timedelta(days=9),
    due_rule="", closed_at=None, outcome="", arose_from=None, subject=None, people=(ROSIE,),
)  # fmt: skip
DONE = replace(LATE, closed_at=AT, outcome="She rang.")
BEGUN = replace(LATE, closed_at=AT, outcome="Began on 3 May")


def test_what_is_done_is_never_overdue_and_help_that_began_is_not_done() -> None:
    assert agreed_words([LATE, DONE, BEGUN], AT) == "1 done, 1 begun, 1 to do, 1 of them overdue"
    said = [str(row[1]) for row in agreed_rows([LATE, DONE, BEGUN], AT)]
    assert [text.startswith("Overdue") for text in said] == [True, False, False]


def _said(text: str, days: int, **about: Any) -> EntryView:
    passage = PassageView("", "ordinary", "", "ordinary", text, about.get("about", (ROSIE,)))
    key, when = new_id(), AT - timedelta(days=days)
    return EntryView(
        key, key, "view", When.exactly(when), when, new_id(), HOSPITAL, "", None, None, "", (passage,),
        tuple(cast("SubjectView", SimpleNamespace(person=one)) for one in (ROSIE, JACK)), (),
    )  # fmt: skip


def _view(entry: EntryView, title: str) -> Any:
    return SimpleNamespace(agency_post=new_id(), title=title, said=SimpleNamespace(entry=entry.id, for_plan_words=""))


def test_two_posts_of_one_hospital_both_stand_and_words_about_two_children_say_so() -> None:
    doctor, visitor = _said("His arm is broken.", 1, about=(ROSIE, JACK)), _said("She is well.", 2)
    rows = said_rows(
        said_of(
            [doctor, visitor], [_view(doctor, "Paediatrics"), _view(visitor, "Health visitors")],
            {HOSPITAL: "Hallowby General"}, child=ROSIE, names={ROSIE: "Rosie", JACK: "Jack"},
        )
    )  # fmt: skip
    assert [one["agency"] for one in rows] == ["Hallowby General, Paediatrics", "Hallowby General, Health visitors"]
    assert [", about Rosie and Jack" in one["detail"] for one in rows] == [True, False]


def test_a_report_from_one_post_stands_beside_the_later_view_of_another() -> None:
    view, report = _said("She is well.", 1), _said("Her weight fell.", 9)
    found = said_of(
        [view, report], [_view(view, "Health visitors")], {HOSPITAL: "Hallowby General"}, child=ROSIE,
        voices={report.id: (new_id(), "Paediatrics")},
    )  # fmt: skip
    assert [one.text for one in found] == ["She is well.", "Her weight fell."]
