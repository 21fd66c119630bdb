"""The tables of an empty database, made by the migrations in a third of the time; any other is migrated as usual.

Django draws every model anew that is related to one that changes, in case a table was renamed or a key changed its
type. Hundreds of migrations over related models are then mostly drawing. Where a model is new, or only its indexes,
constraints and options change, nobody else's drawing is other than it was: it is drawn alone. That the tables are
the same is asked of both ways by a test.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

FIND = "_find_reload_model"
"""Django's own, which says whom to draw anew. It has no public name for it; if it goes, the test says so."""
ALONE = ("add_model", "_append_option", "_remove_option", "alter_model_options", "alter_model_managers")


def migrate(words: list[str]) -> None:
    """Django's `migrate`, with these words after it."""
    django.setup()
    is_new = not MigrationRecorder(connection).has_table()
    with drawing_alone() if is_new else nullcontext():
        call_command("migrate", *words)


@contextmanager
def drawing_alone() -> Iterator[None]:
    """Inside, what only concerns one model draws no other."""
    kept = {name: getattr(ProjectState, name) for name in (FIND, *ALONE)}

    def found(state: Any, app: str, model: str, *delay: bool) -> set[tuple[str, str]]:
        return {(app, model)} if state.__dict__.get("is_alone") else kept[FIND](state, app, model, *delay)

    changed = {FIND: found} | {name: _alone(kept[name]) for name in ALONE}
    try:
        for name, way in changed.items():
            setattr(ProjectState, name, way)
        yield
    finally:
        for name, way in kept.items():
            setattr(ProjectState, name, way)


def _alone(change: Callable[..., None]) -> Callable[..., None]:
    @wraps(change)
    def changed(state: Any, *words: Any, **named: Any) -> None:
        state.is_alone = True
        try:
            change(state, *words, **named)
        finally:
            del state.is_alone

    return changed


if __name__ == "__main__":
    migrate(sys.argv[1:])
