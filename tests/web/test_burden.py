"""The aims are held: a task that costs more than it may, or a page that says otherwise, fails its story."""

from pathlib import Path

import pytest

from tests.web.stories import burden
from tests.web.stories.burden import Task
from tests.web.stories.counting import Tally


def tasks(*, known: int = 6, unknown: int = 10, beside: int = 3, pages: int = 1) -> list[Task]:
    questions = [name for name in burden.QUESTIONS if name != "reason"]

    def played(name: str, number: int, extra: set[str]) -> Task:
        asked = {*questions[:number], *extra}
        return Task(name, Tally(pages=pages, shown=asked, required=asked, answered=asked, filled=asked), asked)

    return [
        played(burden.KNOWN, known, set()),
        played(burden.UNKNOWN, unknown, set()),
        played(burden.DECIDED, beside, {"reason"}),
    ]


def visit(*, clicks: int = 10, pages: int = 2, inputs: int = 6) -> Task:
    once = [name for name in burden.OF_A_VISIT if name not in {"outcome", "words"}][:inputs]
    asked = {*once, "c-one-outcome", "c-one-words", "c-two-outcome", "c-two-words"}
    tally = Tally(pages=pages, clicks=clicks, shown=asked, answered=asked, filled=asked)
    return Task(burden.VISIT, tally, {"when"}, burden.OF_A_VISIT)


def answer(*, more: int = 0) -> Task:
    asked = {"code", "text", "signed", *[f"more-{number}" for number in range(more)]}
    return Task(burden.EVIDENCE, Tally(pages=2, shown=asked, answered=asked, filled=asked), asked, burden.OF_AN_ANSWER)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page, written from tasks that meet their aims."""
    monkeypatch.setattr(burden, "PAGE", tmp_path / "burden.md")
    monkeypatch.setenv("SIGHTLINE_WRITE_DOCS", "1")
    burden.hold_order(burden.Order(tried=5))
    burden.hold_visit(visit())
    burden.hold(tasks())
    burden.hold_evidence(answer())
    monkeypatch.delenv("SIGHTLINE_WRITE_DOCS")
    return tmp_path / "burden.md"


def test_tasks_within_their_aims_are_held(page: Path) -> None:
    burden.hold(tasks())
    burden.hold_visit(visit())
    burden.hold_evidence(answer())
    burden.hold_order(burden.Order(tried=5))


def test_the_parts_stand_in_one_order_whichever_story_was_played_first(page: Path) -> None:
    told = page.read_text(encoding="utf-8")
    assert sorted(burden.PARTS, key=told.index) == list(burden.PARTS)
    assert told.startswith(burden.HEAD)
    assert told.endswith(burden.TAIL + "\n")


@pytest.mark.parametrize("over", [{"known": 7}, {"unknown": 11}, {"beside": 4}, {"pages": 2}])
def test_a_task_over_its_aim_fails(page: Path, over: dict[str, int]) -> None:
    with pytest.raises(AssertionError, match=r"requires|asks|took"):
        burden.hold(tasks(**over))


@pytest.mark.parametrize("over", [{"clicks": 11}, {"pages": 3}, {"inputs": 7}])
def test_a_visit_over_its_aim_fails(page: Path, over: dict[str, int]) -> None:
    with pytest.raises(AssertionError, match=r"asks|took"):
        burden.hold_visit(visit(**over))


def test_an_answer_with_a_fourth_input_fails(page: Path) -> None:
    with pytest.raises(AssertionError, match="asks"):
        burden.hold_evidence(answer(more=1))


def test_one_save_refused_for_order_fails(page: Path) -> None:
    with pytest.raises(AssertionError, match="came back"):
        burden.hold_order(burden.Order(tried=5, refused=["it came back"]))


def test_a_page_that_says_otherwise_fails(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("| 6 |", "| 5 |"), encoding="utf-8")
    with pytest.raises(AssertionError, match="not what the story counted"):
        burden.hold(tasks())


def test_the_page_in_the_repository_has_every_part() -> None:
    told = burden.PAGE.read_text(encoding="utf-8")
    assert told.startswith(burden.HEAD)
    assert told.endswith(burden.TAIL + "\n")
    assert sorted(burden.PARTS, key=told.index) == list(burden.PARTS)
