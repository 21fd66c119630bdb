"""Another's judge is asked only for what its own head says plainly, and what cannot be asked is said."""

import json
import sys
from pathlib import Path

import pytest

from sightline.commands.census_proof import Proved
from sightline.commands.judging import NoJudge, ask, needs, schema_for


def _script(folder: Path, head: str, body: str = "") -> Path:
    path = folder / "judge.py"
    path.write_text(f'"""{head}\n"""\n{body}', "utf-8")
    return path


def test_what_a_judge_needs_stands_in_its_head(tmp_path: Path) -> None:
    said = _script(tmp_path, "Judges.\n  pip install csc-validator-be-cin 'numpy<2' pytest")
    assert needs(said) == ["csc-validator-be-cin", "numpy<2", "pytest"]


@pytest.mark.parametrize("words", ["", "--index-url http://elsewhere.example x", "git+https://x.example/y", "./x"])
def test_nothing_but_plain_names_is_installed(tmp_path: Path, words: str) -> None:
    with pytest.raises(NoJudge, match="does not say plainly"):
        needs(_script(tmp_path, f"Judges.\n  pip install {words}"))


def test_a_judge_or_a_schema_that_is_not_there_is_asked_for_by_its_option(tmp_path: Path) -> None:
    with pytest.raises(NoJudge, match="--judge"):
        needs(tmp_path / "none.py")
    with pytest.raises(NoJudge, match="--samples"):
        schema_for(tmp_path, 2027)


def test_a_verdict_is_read_and_a_judge_that_broke_down_is_no_clean_file(tmp_path: Path) -> None:
    file = tmp_path / "census.xml"
    file.write_text("<Message/>")
    told = json.dumps({"rules": 109, "violations": {"4220": 2}})
    found = ask(_script(tmp_path, "x", f"print({told!r}); raise SystemExit(1)"), Path(sys.executable), file, 2027)
    assert (found.rules, found.found) == (109, {"4220": 2})
    with pytest.raises(NoJudge, match="could not run"):
        ask(_script(tmp_path, "x", "raise SystemExit('no table')"), Path(sys.executable), file, 2027)


def test_a_proof_is_sound_only_when_nobody_found_anything() -> None:
    clean = {"name": "x", "children": 1, "otherwise": (), "refused": (), "theirs": {}, "failed": (), "ours": {}}
    assert Proved(**clean).sound
    found = {"otherwise": ("C1",), "refused": ("a",), "theirs": {"1": 1}, "failed": ("b",), "ours": {"2": 1}}
    assert not any(Proved(**clean | {name: value}).sound for name, value in found.items())
    assert "NO, not C1" in "\n".join(Proved(**clean | {"otherwise": ("C1",)}).lines())
