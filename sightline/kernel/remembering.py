"""What one act asks more than once, and is answered once.

For what everybody reads and hardly anybody changes: which posts there are, which practice pack is in force. Never
for who may see whom, nor for anything about a person. What is remembered ends with the act or the request in which
it was asked; whoever changes what is remembered calls `forget`, and so does an act that is undone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Key = TypeVar("Key")

_remembered: ContextVar[dict[Any, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it a question that is `asked_once` is sent once. One within another is part of the outer one."""
    if _remembered.get() is not None:
        yield
        return
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """What was remembered may hold no longer: whatever is asked next is asked anew."""
    remembered = _remembered.get()
    if remembered is not None:
        remembered.clear()


def asked_once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember what this answers, by what it is asked with. The answer is shared: it must be one that nobody changes.

    Outside `remembering` it is asked each time. A refusal is not remembered.
    """

    @wraps(question)
    def asked(*given: Asked.args, **named: Asked.kwargs) -> Answer:
        remembered = _remembered.get()
        if remembered is None:
            return question(*given, **named)
        key = (question, given, tuple(sorted(named.items())))
        if key not in remembered:
            answer = question(*given, **named)
            remembered[key] = answer
        found: Answer = remembered[key]
        return found

    return asked


def asked_once_each(
    question: Callable[[list[Key]], Mapping[Key, Answer]],
) -> Callable[[Iterable[Key]], dict[Key, Answer]]:
    """The same for a question about several at once: it is sent for those of them that have no answer yet.

    It may answer for more than it was asked about. For whom it has no answer it is asked again each time.
    """

    @wraps(question)
    def asked(keys: Iterable[Key]) -> dict[Key, Answer]:
        wanted, remembered = list(dict.fromkeys(keys)), _remembered.get()
        known: dict[Key, Answer] = {} if remembered is None else remembered.setdefault(question, {})
        missing = [key for key in wanted if key not in known]
        if missing:
            known.update(question(missing))
        return {key: known[key] for key in wanted if key in known}

    return asked
