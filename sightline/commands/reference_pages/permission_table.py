"""Who may do what: each room's `may_…` is asked, for every role, what it answers.

The acts beside it are those whose code calls its `refuse_unless_…`, so that a page of words cannot
say something else than the refusal does. Permissions that also ask whose post or whose record it is
are named with what they ask, since a role alone does not answer them.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from uuid import UUID

import sightline
from sightline.access.dictionary import rooms
from sightline.doorway.actor import Actor
from sightline.doorway.roles import ROLE_LABELS, Role

PACKAGE = Path(sightline.__file__).parent
NOBODY = UUID(int=0)
HEAD = """\
# Who may do what

What each role may do, asked of the code that refuses. Whose record it may be done on is the access
rule's matter (`sightline/access/README.md`): a role gives sight of nobody. *If registered* means a
social worker registered with Social Work England. Written by `./run reference`.
"""


@dataclass(frozen=True)
class Asked:
    """One permission: what it says of itself, what it asks besides the role, and which acts it guards."""

    room: str
    name: str
    says: str
    besides: tuple[str, ...]
    answers: Callable[..., bool]
    acts: tuple[str, ...]


def page() -> str:
    lines = [HEAD]
    for room in sorted(room.label for room in rooms()):
        asked = list(_asked_in(room))
        if asked:
            lines += [f"## {room}", "", "| What | Who | Acts that ask it |", "|---|---|---|"]
            lines += [*map(_row, asked), ""]
    return "\n".join(lines)


def _row(asked: Asked) -> str:
    acts = ", ".join(f"`{name}`" for name in asked.acts) or "pages, to show or hide what they offer"
    return f"| `{asked.name}`: {asked.says} | {_who(asked)} | {acts} |"


def _who(asked: Asked) -> str:
    if asked.besides:
        return "Asked of the " + " and the ".join(asked.besides) + ", and not of the role alone"
    said = [words for role in Role if (words := _for_role(asked, role))]
    return "; ".join(said) or "Nobody who signs in: an operator, by a command"


def _for_role(asked: Asked, role: Role) -> str:
    registered, unregistered = (
        asked.answers(Actor(id=NOBODY, name="", role=role, registered=each)) for each in (True, False)
    )
    if unregistered:
        return ROLE_LABELS[role]
    return f"{ROLE_LABELS[role]}, if registered" if registered else ""


def _asked_in(room: str) -> Iterator[Asked]:
    module = _permissions_of(room)
    if module is None:
        return
    for name, answers in vars(module).items():
        if name.startswith("may_") and inspect.isfunction(answers) and answers.__module__ == module.__name__:
            besides = tuple(word.replace("_", " ") for word in list(inspect.signature(answers).parameters)[1:])
            says = (inspect.getdoc(answers) or name).split("\n\n")[0].replace("\n", " ")
            yield Asked(room, name, says, besides, answers, _acts_that_ask(module, name))


def _permissions_of(room: str) -> ModuleType | None:
    name = f"sightline.{room}.permissions"
    return import_module(name) if find_spec(name) else None


def _acts_that_ask(module: ModuleType, may: str) -> tuple[str, ...]:
    """Acts that call one of the refusals that ask `may`, in whichever room they stand."""
    refusals = {
        name
        for name, made in vars(module).items()
        if inspect.isfunction(made) and name != may and not name.startswith("may_") and may in made.__code__.co_names
    }
    return tuple(sorted(act for act, called in _calls_of_acts() if called & refusals))


@cache
def _calls_of_acts() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (function.name, frozenset(_called(function)))
        for file in sorted(PACKAGE.rglob("*.py"))
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef) and any(map(_is_act, function.decorator_list))
    )


def _is_act(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "act"


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr
