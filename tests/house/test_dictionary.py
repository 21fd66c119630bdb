"""Every field of every table has its purpose, ground, readers and retention; every room says what it is for."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from sightline.access.dictionary import (
    ABOUT,
    PACKAGE,
    SENSITIVITY,
    FieldWords,
    ModelWords,
    read_dictionary,
    read_law,
    read_library_tables,
    rooms,
)

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {room.label: room for room in rooms()}
WITH_MODELS = sorted(label for label, room in ROOMS.items() if list(room.get_models()))
DICTIONARIES = {label: read_dictionary(ROOMS[label]) for label in WITH_MODELS} | {"libraries": read_library_tables()}
LONGEST_README = 30


@pytest.mark.parametrize("label", WITH_MODELS)
def test_every_field_of_a_room_is_in_its_dictionary(label: str) -> None:
    said = {(words.model, field) for words in DICTIONARIES[label].values() for field in words.fields}
    kept = {
        (model.__name__, field.name) for model in ROOMS[label].get_models() for field in model._meta.concrete_fields
    }
    assert said == kept


def test_every_field_of_a_librarys_table_is_in_the_dictionary() -> None:
    said = {(words.model, field) for words in DICTIONARIES["libraries"].values() for field in words.fields}
    theirs = [m for m in apps.get_models(include_auto_created=True) if not m.__module__.startswith(PACKAGE)]
    assert said == {(model._meta.label, field.name) for model in theirs for field in model._meta.concrete_fields}


@pytest.mark.parametrize("label", DICTIONARIES)
def test_what_a_dictionary_says_is_said_in_its_own_words(label: str) -> None:
    for words in DICTIONARIES[label].values():
        assert words.purpose.endswith("."), words.model
        assert words.about in ABOUT, words.model
        for name, field in _fields(words).items():
            assert field.purpose.endswith("."), (words.model, name)
            assert field.sensitivity in SENSITIVITY, (words.model, name)


@pytest.mark.parametrize("label", DICTIONARIES)
def test_every_field_has_a_ground_a_reader_and_a_time(label: str) -> None:
    law = read_law()
    for words in DICTIONARIES[label].values():
        for name, field in _fields(words).items():
            where = f"{label}: {words.model}.{name}"
            assert field.retention, where
            assert field.basis in law.bases, where
            assert field.readers, where
            assert set(field.readers) <= set(law.readers), where
            assert set(field.conditions) <= set(law.conditions), where


@pytest.mark.parametrize("label", DICTIONARIES)
def test_whatever_is_special_has_a_condition_and_whatever_is_personal_a_basis(label: str) -> None:
    for words in DICTIONARIES[label].values():
        for name, field in _fields(words).items():
            assert field.conditions or field.sensitivity != "special", f"{words.model}.{name}"
            assert field.sensitivity == "none" or field.basis != "not_personal", f"{words.model}.{name}"


def test_the_table_of_the_law_is_used_and_cited() -> None:
    law = read_law()
    fields = [
        field
        for dictionary in DICTIONARIES.values()
        for words in dictionary.values()
        for field in _fields(words).values()
    ]
    assert {field.basis for field in fields} == set(law.bases)
    assert {key for field in fields for key in field.conditions} == set(law.conditions)
    assert {key for field in fields for key in field.readers} == set(law.readers)
    assert all(re.search(r"article \d", ground.citation) for ground in [*law.bases.values(), *law.conditions.values()])


def _fields(words: ModelWords) -> dict[str, FieldWords]:
    return words.fields | words.columns


# --- asked of the database itself ---------------------------------------------------------------


def _tables() -> dict[str, ModelWords]:
    """What is said of each table, by its name in the database."""
    found = {
        ROOMS[label].get_model(name)._meta.db_table: words
        for label in WITH_MODELS
        for name, words in DICTIONARIES[label].items()
    }
    for label, words in DICTIONARIES["libraries"].items():
        found[apps.get_model(label)._meta.db_table if "." in label else label] = words
    return found


@pytest.mark.django_db
def test_every_column_of_the_database_is_in_a_dictionary() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        there = set(cursor.fetchall())
    columns = {
        model._meta.db_table: {field.name: field.column for field in model._meta.concrete_fields}
        for model in apps.get_models(include_auto_created=True)
    }
    said = {
        (table, columns.get(table, {}).get(name, name)) for table, words in _tables().items() for name in _fields(words)
    }
    # What the database writes by itself, outside the models, is said under `columns`.
    assert said == there


@pytest.mark.django_db
def test_whoever_a_dictionary_says_reads_a_table_is_whom_its_policies_let_read_it() -> None:
    fences, law = _reading_policies(), read_law()
    wrong = {}
    for table, words in _tables().items():
        said = {law.readers[key].fence for key in words.readers}
        if said != (let := _let_through(table, fences)):
            wrong[table] = f"its dictionary says {sorted(said)}, its policies {sorted(let)}"
    assert wrong == {}


@cache
def _reading_policies() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, qual FROM pg_policies WHERE schemaname = 'public' AND cmd = 'SELECT'")
        return {table: re.sub(r"\s+", " ", rule) for table, rule in cursor.fetchall()}


def _let_through(table: str, policies: dict[str, str], climbed: tuple[str, ...] = ()) -> set[str]:
    """Whom the policy of a table names, and the policies of the tables that it climbs to."""
    rule = policies.get(table, "true")
    if rule in {"true", "false"}:
        return {"everybody" if rule == "true" else "nobody"}
    found = set(re.findall(r"'(\w+)'::text = ANY \(\(g\.g_sections", rule))
    asked = re.findall(r"access_may_see\([^,]+, ([^)]*)\)", rule)
    found |= {named[1] for section in asked if (named := re.search(r"'(\w+)'", section))}
    if re.search(r"section\)::text = ANY \(\(g\.g_sections", rule) or any("'" not in section for section in asked):
        found.add("own section")
    if "access_actor()" in rule:
        found.add("account")
    if "partnership_own_agency()" in rule:
        found.add("agency")
    # A grant's reader is somebody's principal too; here it is who carries the row.
    if "access_principals()" in rule.replace("(g.g_reader = ANY (( SELECT access_principals()", ""):
        found.add("principal")
    for below in re.findall(r"(?:FROM|JOIN) (\w+)", rule):
        if below in policies and below not in {"access_grant", table, *climbed}:
            found |= _let_through(below, policies, (*climbed, table))
    return found


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in ROOT.glob("sightline/*/__init__.py")))
def test_every_room_says_what_it_is_for(folder: str) -> None:
    words = (ROOT / "sightline" / folder / "README.md").read_text("utf-8")
    assert words.startswith("# ")
    assert len(words.splitlines()) <= LONGEST_README
