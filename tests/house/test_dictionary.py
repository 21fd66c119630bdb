"""Every field of every model has its purpose, sensitivity and retention; every room says what it is for."""

from pathlib import Path

import pytest

from sightline.access.dictionary import ABOUT, SENSITIVITY, read_dictionary, rooms

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {room.label: room for room in rooms()}
WITH_MODELS = sorted(label for label, room in ROOMS.items() if list(room.get_models()))
LONGEST_README = 30


@pytest.mark.parametrize("label", WITH_MODELS)
def test_every_field_of_a_room_is_in_its_dictionary(label: str) -> None:
    room = ROOMS[label]
    said = {(words.model, field) for words in read_dictionary(room).values() for field in words.fields}
    kept = {(model.__name__, field.name) for model in room.get_models() for field in model._meta.concrete_fields}
    assert said == kept


@pytest.mark.parametrize("label", WITH_MODELS)
def test_what_a_dictionary_says_is_said_in_its_own_words(label: str) -> None:
    for words in read_dictionary(ROOMS[label]).values():
        assert words.purpose.endswith("."), words.model
        assert words.about in ABOUT, words.model
        for name, field in words.fields.items():
            assert field.purpose.endswith("."), (words.model, name)
            assert field.sensitivity in SENSITIVITY, (words.model, name)
            assert field.retention, (words.model, name)


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in ROOT.glob("sightline/*/__init__.py")))
def test_every_room_says_what_it_is_for(folder: str) -> None:
    words = (ROOT / "sightline" / folder / "README.md").read_text("utf-8")
    assert words.startswith("# ")
    assert len(words.splitlines()) <= LONGEST_README
