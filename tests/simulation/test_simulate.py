"""`./run simulate`: what it refuses, and where it plays."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from sightline.commands import simulate
from sightline.commands.demo import MARK
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.simulation import playing
from sightline.commands.simulation.play import how_far
from sightline.commands.simulation.writing_out import refuse_unless_empty
from tests.universe import Universe


def asked(*words: str) -> Any:
    parser = ArgumentParser()
    simulate.configure(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--children", "0"), "at least one child"),
        (("--years", "26"), "no longer than 25 years"),
        (("--months", "-1"), "at least one child"),
        (("--until", "2999-01-01"), "A play ends before today"),
        (("--fresh",), "--fresh goes with --load"),
        (("--write",), "--write goes with report"),
        (("--seeds", "2"), "--seeds goes with report"),
        (("report", "--seeds", "2", "--load"), "--seeds goes with report"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is_made(
    words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulate, "_stage", lambda _: pytest.fail("Nothing may be made."))
    with pytest.raises(DatabaseRefused, match=sentence):
        simulate.run(asked(*words))


def test_a_day_that_is_none_is_refused_in_our_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked("--until", "2026-13-01")
    assert "2026-13-01 is no day of the calendar. Write it as 2026-03-31." in capsys.readouterr().err


def _played_with(children: int, contacts: int = 0) -> Any:
    story = SimpleNamespace(children=range(children), contacts=range(contacts))
    return SimpleNamespace(story=story, now=datetime(2026, 3, 1, tzinfo=UTC), truth=None)


def test_a_play_that_kept_nothing_says_so_and_one_in_which_nobody_became_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wanted: Any = None
    playing._keep(asked(), wanted, _played_with(3))
    said = capsys.readouterr().out
    assert "Nothing of it is kept." in said
    assert "Nobody became known" not in said
    playing._keep(asked(), wanted, _played_with(0))
    assert "Nobody became known to the service in it." in capsys.readouterr().out


def test_how_far_a_play_is_counts_nothing_before_there_is_anything() -> None:
    assert how_far(_played_with(0)) == "01 March 2026, nobody has been in touch yet"
    assert how_far(_played_with(2, 3)) == "01 March 2026, 2 children known, 3 contacts"


def test_a_database_elsewhere_is_never_played_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://sightline@db.council.example/sightline")
    with pytest.raises(DatabaseRefused, match="only ever played on this machine"):
        simulate.run(asked("--load"))


@pytest.fixture
def at_work(authority: Universe, as_owner: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> str:
    """A database in which people work. They are seen by the operator only once they are committed, so it is said so."""
    name = str(as_owner.info.dbname)
    monkeypatch.setattr(url, "database_name", lambda: name)
    monkeypatch.setattr(simulate, "_is_used", lambda _: True)
    monkeypatch.setattr(roles, "prepare_server", lambda: None)
    monkeypatch.setattr(roles, "drop_database", lambda _: pytest.fail("It is left alone."))
    return name


@pytest.mark.parametrize("fresh", [False, True])
def test_a_database_in_which_people_work_is_left_alone(at_work: str, *, fresh: bool) -> None:
    with pytest.raises(DatabaseRefused, match=f"Somebody works in the database `{at_work}`"):
        simulate._claim(fresh=fresh)


def test_a_fiction_is_thrown_away_only_when_that_is_said(at_work: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "description", lambda _: MARK)
    with pytest.raises(DatabaseRefused, match="--fresh throws that away first"):
        simulate._claim(fresh=False)


def test_files_go_only_where_nothing_is_yet(tmp_path: Path) -> None:
    refuse_unless_empty(tmp_path / "new")
    refuse_unless_empty(tmp_path)
    (tmp_path / "somebody's").touch()
    with pytest.raises(DatabaseRefused, match="There is something in"):
        refuse_unless_empty(tmp_path)


def test_several_seeds_are_played_one_after_another_on_one_server_and_nothing_is_left_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sightline.commands.simulation import playing

    done: list[object] = []

    @contextmanager
    def stage(_: object) -> Iterator[None]:
        done.append("server")
        yield

    monkeypatch.setenv("SIGHTLINE_DEMONSTRATION", "1")
    monkeypatch.setattr(simulate, "_stage", stage)
    monkeypatch.setattr(simulate, "prepare", lambda **_: None)
    monkeypatch.setattr(simulate, "ready", lambda _: None)
    monkeypatch.setattr(roles, "drop_database", lambda _: done.append("gone"))
    monkeypatch.setattr(playing, "run", lambda _, seed: done.append(seed) or {"in_need": seed})
    monkeypatch.setattr(playing, "report_on", lambda _, measured: done.append(len(measured)))
    simulate.run(asked("report", "--seeds", "3"))
    assert done == ["server", 7, "gone", 8, "gone", 9, 3]
