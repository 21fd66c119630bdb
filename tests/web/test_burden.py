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


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page, written from tasks that meet their aims."""
    monkeypatch.setattr(burden, "PAGE", tmp_path / "burden.md")
    monkeypatch.delenv("SIGHTLINE_WRITE_DOCS", raising=False)
    (tmp_path / "burden.md").write_text(burden.written(tasks()), encoding="utf-8")
    return tmp_path / "burden.md"


def test_tasks_within_their_aims_are_held(page: Path) -> None:
    burden.hold(tasks())


@pytest.mark.parametrize("over", [{"known": 7}, {"unknown": 11}, {"beside": 4}, {"pages": 2}])
def test_a_task_over_its_aim_fails(page: Path, over: dict[str, int]) -> None:
    with pytest.raises(AssertionError, match=r"requires|asks|took"):
        burden.hold(tasks(**over))


def test_a_page_that_says_otherwise_fails(page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("| 6 |", "| 5 |"), encoding="utf-8")
    with pytest.raises(AssertionError, match="not what the story counted"):
        burden.hold(tasks())
