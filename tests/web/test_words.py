"""No page and no pack uses a word that practitioners have asked us not to use."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "sightline" / "web"

_SPOKEN_ATTRIBUTES = re.compile(r'\b(?:aria-label|placeholder|title|alt|value|data-announce)="([^"]*)"')
_QUOTED = re.compile(r'"([^"]*)"')


def barred_words() -> dict[str, str]:
    """Each word and what to say instead."""
    lines = (WEB / "words.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" => ") for line in lines if line and not line.startswith("#"))
    return {word: instead for word, _, instead in pairs}


def barred_in(text: str) -> list[str]:
    found = []
    for word in barred_words():
        flags = re.NOFLAG if word.isupper() else re.IGNORECASE
        if re.search(rf"(?<![\w.-]){re.escape(word)}s?(?![\w-])", text, flags):
            found.append(word)
    return found


def words_of_template(source: str) -> str:
    """What a reader sees or hears: text, spoken attributes and strings given to tags."""
    source = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", " ", source, flags=re.DOTALL)
    source = re.sub(r"{{.*?}}", lambda m: " ".join(_QUOTED.findall(m.group())), source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}", lambda m: " ".join(_QUOTED.findall(m.group())), source, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", lambda m: f" {' '.join(_SPOKEN_ATTRIBUTES.findall(m.group()))} ", source)


def sentences_of_module(source: str) -> Iterator[str]:
    """Strings with a space in them, save docstrings: keys and names are no words on a page."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if id(node) in docstrings or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str) and " " in node.value:
            yield node.value


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def test_no_template_uses_a_barred_word() -> None:
    templates = sorted((WEB / "templates").rglob("*.html")) + sorted((WEB / "templates").rglob("*.txt"))
    assert len(templates) > 30
    faults = {str(path.relative_to(WEB)): barred_in(words_of_template(path.read_text("utf-8"))) for path in templates}
    assert {path: words for path, words in faults.items() if words} == {}


def test_no_sentence_in_the_pages_code_uses_a_barred_word() -> None:
    faults = {
        f"{path.relative_to(WEB)}: {sentence}"
        for path in sorted(WEB.rglob("*.py"))
        for sentence in sentences_of_module(path.read_text("utf-8"))
        if barred_in(sentence)
    }
    assert faults == set()


def test_no_pack_uses_a_barred_word() -> None:
    faults = {
        f"{path.name}: {text}"
        for path in sorted(ROOT.glob("**/packs/**/*.toml"))
        for text in strings_in(tomllib.loads(path.read_text("utf-8")))
        if barred_in(text)
    }
    assert faults == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<p>This LAC review</p>", "LAC"),
        ("<p>Give word back to the school</p>", "word back"),
        ('<button aria-label="Break-glass access"></button>', "break-glass"),
        ('{% include "x.html" with title="Holder" %}', "holder"),
        ("<p>a pattern of Disguised\ncompliance</p>".replace("\n", " "), "disguised compliance"),
    ],
)
def test_a_barred_word_is_found_wherever_a_reader_meets_it(text: str, word: str) -> None:
    assert word in barred_in(words_of_template(text))


@pytest.mark.parametrize(
    "text",
    ['<input placeholder="Name">', "{{ post.holder }}", '<p class="holder">lac repair</p>', "<p>shareholders</p>"],
)
def test_names_in_code_and_other_words_are_left_alone(text: str) -> None:
    assert barred_in(words_of_template(text)) == []
