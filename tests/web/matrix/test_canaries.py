"""Words that stand in one protected place each: they reach nobody whom the rule does not let read that place.

Every address was asked by every persona (`walk`); each answer is searched whole, with its headers.
"""

import re
from collections.abc import Iterable

from django.db import connection

from tests.web.matrix.canaries import CANARIES
from tests.web.matrix.fingerprint import words_in
from tests.web.matrix.personas import PERSONAS, Canary, may_read
from tests.web.matrix.walk import Answer, Walk, repeated_beside
from tests.web.matrix.world import World

BROUGHT_BY_LINK = "message-link"
"""Whoever brings both the link and its code is the recipient, signed in or not."""


def _answers(walked: Walk) -> Iterable[Answer]:
    return (answer for answer in walked.answers if (answer.name, answer.method) != (BROUGHT_BY_LINK, "POST"))


def _holds(answer: Answer, canary: Canary) -> bool:
    return canary.text.encode() in answer.body or canary.text in answer.head


def test_no_answer_holds_words_that_its_reader_may_not_read(walked: Walk) -> None:
    leaks = [
        f"{canary.text} in {answer.cell}"
        for canary in CANARIES
        for answer in _answers(walked)
        if _holds(answer, canary) and not may_read(answer.persona, canary)
    ]
    assert not leaks, "\n".join(leaks)


def test_every_word_that_somebody_may_read_is_read_by_somebody(walked: Walk) -> None:
    # Else a page that shows nothing to anybody would pass.
    read = {canary.text for canary in CANARIES for answer in _answers(walked) if _holds(answer, canary)}
    readable = {canary.text for canary in CANARIES if any(may_read(persona, canary) for persona in PERSONAS)}
    assert read == readable


def test_every_word_stands_in_the_database(world: World) -> None:
    kept = "\n".join(words_in(table) for table in connection.introspection.table_names())
    assert [canary.text for canary in CANARIES if canary.text not in kept] == []


def test_nothing_about_anybody_stands_in_an_address_or_a_title(walked: Walk) -> None:
    for answer in walked.answers:
        title = re.search(rb"<title>(.*?)</title>", answer.body, re.DOTALL)
        links = re.findall(rb'(?:href|action|src|data-[\w-]*url)="([^"]*)"', answer.body)
        said = b" ".join([title[1] if title else b"", *links]).decode()
        # A file's own name goes with the file, and to its readers alone.
        head = answer.head if answer.name != "document" else ""
        for canary in CANARIES:
            assert canary.text not in f"{answer.path} {said} {head}", answer.cell


def test_no_letter_says_anything_about_anybody(world: World) -> None:
    assert len(world.letters) >= 6
    for letter in world.letters:
        parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
        said = "\n".join([str(letter.items()), *parts])
        assert "/m/" in said
        for canary in CANARIES:
            assert canary.text not in said


def test_what_is_kept_beside_the_record_repeats_nothing_of_it(world: World, walked: Walk) -> None:
    assert repeated_beside() == frozenset()
    assert walked.beside == set()
