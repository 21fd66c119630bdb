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


def enquiry(*, more: int = 0) -> Task:
    asked = {"children", "why", *[f"more-{number}" for number in range(more)]}
    questions = {**burden.OF_AN_ENQUIRY, **dict.fromkeys(["0", "1"], "more")}
    return Task(burden.OPENED, Tally(pages=1, shown=asked, answered=asked, filled=asked), {"why"}, questions)


def conference(*, more: int = 0, pages: int = 1, view: int = 0) -> tuple[Task, Task, Task]:
    """Convened for two who were confirmed, a view that came by a link, and an outcome."""
    four = {"children", "starts", "place", "chair", *list(burden.OF_A_CONFERENCE)[:more]}
    asked = four | {"person-one-come", "person-one-safe", "agency-two-come"}
    said = {"code", "text", "for_plan", "signed", *[f"more-{number}" for number in range(view)]}
    convened = Tally(pages=1, shown=asked, answered=asked, filled=asked)
    viewed = Tally(pages=2, shown=said, answered=said, filled=said)
    decided = Tally(pages=pages, shown={"held_at"}, answered={"held_at"}, filled={"held_at"})
    return (
        Task(burden.CONVENED, convened, {"starts"}, burden.OF_A_CONFERENCE),
        Task(burden.VIEW, viewed, {"text"}, burden.OF_A_VIEW),
        Task(burden.OUTCOME, decided, {"held_at"}, burden.OF_AN_OUTCOME),
    )


def disagreement(*, more: int = 0, pages: int = 1) -> tuple[Task, Task]:
    raised = {"side", "words", "with_words", "safety", *["about"][:more]}
    further = {"came_of", "post", "resolver"}
    return (
        Task(burden.RAISED, Tally(pages=pages, shown=raised, answered=raised, filled=raised), {"side"},
             burden.OF_A_DISAGREEMENT),
        Task(burden.ESCALATED, Tally(pages=1, shown=further, answered=further, filled=further), {"post"},
             burden.OF_A_DISAGREEMENT),
    )  # fmt: skip


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page, written from tasks that meet their aims."""
    monkeypatch.setattr(burden, "PAGE", tmp_path / "burden.md")
    monkeypatch.setenv("SIGHTLINE_WRITE_DOCS", "1")
    burden.hold_order(burden.Order(tried=5))
    burden.hold_visit(visit())
    burden.hold(tasks())
    burden.hold_evidence(answer())
    burden.hold_enquiry(enquiry())
    burden.hold_conference(*conference())
    burden.hold_disagreement(*disagreement())
    monkeypatch.delenv("SIGHTLINE_WRITE_DOCS")
    return tmp_path / "burden.md"


def test_tasks_within_their_aims_are_held(page: Path) -> None:
    burden.hold(tasks())
    burden.hold_visit(visit())
    burden.hold_evidence(answer())
    burden.hold_order(burden.Order(tried=5))
    burden.hold_enquiry(enquiry())
    burden.hold_conference(*conference())
    burden.hold_disagreement(*disagreement())


@pytest.mark.parametrize("over", [{"more": 1}, {"pages": 2}, {"view": 1}])
def test_a_conference_over_one_of_its_aims_fails(page: Path, over: dict[str, int]) -> None:
    with pytest.raises(AssertionError, match=r"asks|took"):
        burden.hold_conference(*conference(**over))


@pytest.mark.parametrize("over", [{"more": 1}, {"pages": 2}])
def test_a_disagreement_over_one_of_its_aims_fails(page: Path, over: dict[str, int]) -> None:
    with pytest.raises(AssertionError, match=r"asks|took"):
        burden.hold_disagreement(*disagreement(**over))


def test_an_enquiry_with_a_third_input_fails(page: Path) -> None:
    with pytest.raises(AssertionError, match="asks"):
        burden.hold_enquiry(enquiry(more=1))


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
