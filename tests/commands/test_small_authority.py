"""The demonstration as a small authority: whole or not there at all, and families with a year behind them."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from sightline.commands import demo, small_authority
from sightline.commands.demonstration.authority import open_authority
from sightline.commands.demonstration.building import diary_of
from sightline.commands.demonstration.families import (
    BEFORE,
    BETWEEN,
    beckett,
    beckett_between,
    khan,
    khan_before,
    whitcombe,
    whitcombe_before,
    yusuf,
    yusuf_between,
)
from sightline.commands.demonstration.long_telling import LongTelling
from sightline.commands.postgres import roles, url
from sightline.commands.simulation import playing
from sightline.commands.simulation.replication import Wished, shares
from sightline.doorway.acts import acting
from sightline.front_door.queries import ContactView, list_contacts
from sightline.people.whereabouts_queries import list_addresses
from sightline.practice.operations import publish_shipped_packs
from sightline.record.queries import list_episodes
from tests.universe import QUICK

NAME = "test_sightline_half_made"


@pytest.fixture
def half_made(django_db_setup: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database that a demonstration is being made in."""
    monkeypatch.setattr(url, "database_name", lambda: NAME)
    roles.prepare_database(NAME)
    try:
        yield NAME
    finally:
        roles.drop_database(NAME)


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_what_is_stopped_half_way_leaves_no_database(half_made: str, stopped: type[BaseException]) -> None:
    def make() -> None:
        with small_authority._whole_or_not_at_all():
            assert roles.description(half_made) == demo.HALF_MADE
            raise stopped

    with pytest.raises(stopped):
        make()
    assert not roles.exists(half_made)


def test_what_is_whole_is_a_demonstration(half_made: str) -> None:
    with small_authority._whole_or_not_at_all():
        pass
    assert roles.description(half_made) == demo.MARK


def test_a_copy_that_fails_leaves_no_database(half_made: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(playing, "replicate", refused)
    played: Any = SimpleNamespace(truth=SimpleNamespace(rows=[]))
    with pytest.raises(RuntimeError):
        playing._copy(Wished(1, 10, 1.0, 7, tmp_path), played)
    assert not roles.exists(half_made)


def test_one_that_was_left_half_made_is_made_anew(half_made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever killed it could not clear up."""
    roles.describe(half_made, demo.HALF_MADE)
    monkeypatch.setattr(roles, "prepare_server", lambda: None)
    demo._claim(fresh=False)
    assert roles.description(half_made) == demo.MARK


@pytest.mark.parametrize(
    ("children", "played", "copies"), [(100, 100, 0), (400, 400, 0), (2000, 400, 4), (900, 300, 2)]
)
def test_a_few_are_played_and_the_rest_are_copies(children: int, played: int, copies: int) -> None:
    assert shares(children, most=400) == (played, copies)


@pytest.mark.parametrize(
    ("words", "made"), [((), "small 2000"), (("--children", "300"), "small 300"),
                        (("--families-only",), "families"), (("--empty",), "nobody")],
)  # fmt: skip
def test_one_says_how_much_of_an_authority_one_wants(
    words: tuple[str, ...], made: str, monkeypatch: pytest.MonkeyPatch, django_db_setup: None
) -> None:
    from sightline.commands import demonstration

    asked: list[str] = []
    monkeypatch.setattr(small_authority, "load", lambda *, children: asked.append(f"small {children}"))
    monkeypatch.setattr(demonstration, "load", lambda *, empty: asked.append("nobody" if empty else "families"))
    monkeypatch.setattr(demo, "ready", lambda _: None)
    parser = ArgumentParser()
    demo.configure(parser)
    demo._load(parser.parse_args(words))
    assert asked == [made]


# --- a year of the families ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[LongTelling]:
    """The four families whose stories go back a year."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK), transaction.atomic():
        publish_shipped_packs(at=datetime.now(UTC))
        diary = diary_of(datetime.now(UTC))
        story = LongTelling(open_authority(opening=diary.opening), diary)
        for chapter in (khan_before, whitcombe_before, beckett, khan, whitcombe, yusuf, *BETWEEN):
            chapter.tell(story)
        yield story
        transaction.set_rollback(True)


def contact_of(story: LongTelling, title: str) -> ContactView:
    """A contact as one of those sees it who still may."""
    for reader in ("sanjay", "tomas", "gareth", "jane", "aoife"):
        with acting(story.who(reader).id):
            found = list_contacts([story.contacts[title]])
        if found:
            return found[0]
    raise AssertionError(title)


def test_every_chapter_of_the_year_is_told() -> None:
    assert {*BEFORE, *BETWEEN} == {khan_before, whitcombe_before, beckett_between, yusuf_between}


@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("Mina Khan-Rossi", (khan_before.SHELTER, khan_before.PARTED, khan_before.HEADACHES, khan.LATE)),
        ("Skye Whitcombe", (whitcombe_before.SHOUTING, whitcombe_before.CLASS, whitcombe.DRAWING)),
        ("Tyler Beckett", (beckett.NOW, beckett_between.CLUB)),
        ("Zainab Yusuf", (yusuf.MOVED, yusuf_between.LESSONS, yusuf_between.SLEEP, yusuf.FIGHT)),
    ],
)
def test_one_child_is_one_person_through_all_of_it(year: LongTelling, who: str, titles: tuple[str, ...]) -> None:
    for title in titles:
        assert year.people[who] in contact_of(year, title).people, title


def test_they_go_back_most_of_a_year(year: LongTelling) -> None:
    first = contact_of(year, khan_before.SHELTER)
    assert year.diary.now - first.received_at > timedelta(days=300)


def test_mina_was_assessed_before_and_it_ended(year: LongTelling) -> None:
    with acting(year.who("sanjay").id):
        (episode,) = list_episodes([year.people["Mina Khan-Rossi"]])
    assert episode.closed_on is not None


def test_mina_has_two_homes_and_the_becketts_have_moved(year: LongTelling) -> None:
    with acting(year.who("sanjay").id):
        mina = {one.lines for one in list_addresses(person=year.people["Mina Khan-Rossi"]) if one.true_to is None}
    with acting(year.who("gareth").id):
        tyler = {one.lines for one in list_addresses(person=year.people["Tyler Beckett"]) if one.true_to is None}
    assert mina == {"27 Lime Walk, Hallowby", "5 Observatory Hill, Hallowby"}
    assert tyler == {"Flat 1, 3 Weaver's Court, Hallowby"}
