"""What one act asks more than once is asked once, and never longer than the act."""

from collections.abc import Callable

import pytest

from sightline.kernel.errors import NotFound
from sightline.kernel.remembering import asked_once, asked_once_each, forget, remembering


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def question(asked: list[str]) -> Callable[..., int]:
    @asked_once
    def how_long(word: str, *, more: int = 0) -> int:
        asked.append(word)
        return len(word) + more

    return how_long


def test_within_an_act_a_question_is_asked_once(question: Callable[..., int], asked: list[str]) -> None:
    with remembering():
        assert [question("desk"), question("desk"), question("desk", more=1), question("post")] == [4, 4, 5, 4]
    assert asked == ["desk", "desk", "post"]


def test_nothing_is_remembered_outside_nor_after_it(question: Callable[..., int], asked: list[str]) -> None:
    question("desk")
    for _ in range(2):
        with remembering():
            question("desk")
    question("desk")
    assert asked == ["desk"] * 4


def test_an_act_within_another_remembers_with_it(question: Callable[..., int], asked: list[str]) -> None:
    with remembering():
        question("desk")
        with remembering():
            question("desk")
        question("desk")
    assert asked == ["desk"]


def test_what_was_changed_is_asked_anew(question: Callable[..., int], asked: list[str]) -> None:
    with remembering():
        question("desk")
        forget()
        question("desk")
    assert asked == ["desk", "desk"]


def test_a_refusal_is_not_remembered(asked: list[str]) -> None:
    @asked_once
    def refuses() -> None:
        asked.append("refused")
        raise NotFound("There is no such post.")

    with remembering():
        for _ in range(2):
            with pytest.raises(NotFound):
                refuses()
    assert asked == ["refused", "refused"]


def test_of_several_only_those_without_an_answer_are_asked(asked: list[str]) -> None:
    @asked_once_each
    def long_words(words: list[str]) -> dict[str, int]:
        asked.extend(words)
        return {word: len(word) for word in words if len(word) > 3}

    with remembering():
        assert long_words(["desk", "bed"]) == {"desk": 4}
        assert long_words(["post", "desk", "bed"]) == {"post": 4, "desk": 4}
        forget()
        assert long_words(["desk"]) == {"desk": 4}
    assert long_words(["desk"]) == {"desk": 4}
    # Of a bed there was no answer, and there may be one by now.
    assert asked == ["desk", "bed", "post", "bed", "desk", "desk"]
