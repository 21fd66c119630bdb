"""Rooms stand on floors: imports, foreign keys, and writing go downwards only."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from sightline.access.dictionary import rooms

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sightline"
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
FLOOR_OF = {
    room.strip(): height for height, layer in enumerate(reversed(CONTRACT["layers"])) for room in layer.split("|")
}
WRITERS = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "delete", "bulk_update", "save"}


def foreign_keys() -> list[ForeignKey]:
    ours = {room.label for room in rooms()}
    return [
        field
        # The tables between two models that Django makes by itself have keys as well.
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
    ]


def test_the_contract_is_exhaustive_and_names_every_package_and_module() -> None:
    assert CONTRACT["type"] == "layers"
    assert CONTRACT["exhaustive"] is True
    assert CONTRACT["containers"] == ["sightline"]
    there = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    there |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert there <= set(FLOOR_OF)


def test_import_linter_finds_no_import_from_above() -> None:
    # In a process of its own: it sets up logging anew, and every logger that was there before falls silent.
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_nothing_is_imported_from_above() -> None:
    """The same question as import-linter's, asked of the source itself: also of imports inside functions."""
    upward = []
    for path in PACKAGE.rglob("*.py"):
        here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for module in _imported(ast.parse(path.read_text("utf-8"))):
            there = module.split(".")[1] if "." in module else here
            if there in FLOOR_OF and there != here and FLOOR_OF[there] >= FLOOR_OF.get(here, 99):
                upward.append(f"{path.relative_to(ROOT)} imports {module}")
    assert upward == []


def _imported(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sightline"):
            found += [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.startswith("sightline")]
    return found


def test_there_are_foreign_keys_to_judge() -> None:
    assert len(foreign_keys()) > 30


@pytest.mark.parametrize("field", foreign_keys(), ids=str)
def test_a_foreign_key_points_to_a_lower_floor_and_leaves_nothing_there(field: ForeignKey) -> None:
    here, there = field.model._meta.app_label, field.remote_field.model._meta.app_label
    if here == there:
        return
    assert FLOOR_OF[there] < FLOOR_OF[here], f"{here} may not point up to {there}"
    assert field.remote_field.related_name == "+", "across rooms a key leaves no name on the other model"


def test_no_room_writes_to_another_rooms_tables() -> None:
    """Only a room's own operations write it. Reading another room's models is left to review."""
    assert _foreign_writes() == []


def _foreign_writes() -> list[str]:
    found = []
    for path in PACKAGE.rglob("*.py"):
        here = path.relative_to(PACKAGE).parts[0]
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        rooms_of = _models_named_in(tree)
        found += [
            f"{path.relative_to(ROOT)}:{call.lineno} writes {model}"
            for model, call in _writes(tree)
            if rooms_of.get(model, here) != here
        ]
    return found


def _models_named_in(tree: ast.AST) -> dict[str, str]:
    """Each model that a file imports, by the name it has there, with its room: two rooms may use the same noun."""
    return {
        name.asname or name.name: node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".models")
        for name in node.names
        if node.module.startswith("sightline.")
    }


def test_a_write_to_another_rooms_table_is_found_also_under_another_name() -> None:
    tree = ast.parse("from sightline.record.models import Step as S\nS.objects.filter(id=1).update(kind='x')")
    assert _models_named_in(tree) == {"S": "record"}
    assert [model for model, _ in _writes(tree)] == ["S"]


def _writes(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Calls such as `Model.objects.filter(…).update(…)`: the model they begin with."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            first, through_objects = node.func.value, False
            while isinstance(first, ast.Attribute | ast.Call):
                through_objects |= isinstance(first, ast.Attribute) and first.attr == "objects"
                first = first.func if isinstance(first, ast.Call) else first.value
            if isinstance(first, ast.Name) and through_objects:
                found.append((first.id, node))
    return found
