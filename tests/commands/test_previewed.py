"""What a preview is made of: the clocks as they will be, and a file that replaces nothing else."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from sightline.commands import practice
from sightline.commands.__main__ import main
from sightline.commands.previewed import begun
from sightline.practice.overlay import apply_overlay
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, read_source, read_toml

OVERLAY = """
[overlay]
key = "hallowby-2027"
base = "england-2023"
title.en = "How Hallowby works"
basis = { kind = "local", citation = "Practice board", effective_from = 2027-01-04 }
[[change_timescale]]
key = "injury.window"
unit = "days"
length = 200
by = "end of day"
basis = { kind = "local", citation = "Practice board", effective_from = 2027-01-04 }
"""
TODAY = date(2026, 11, 22)


def test_a_time_that_is_to_change_is_previewed_as_it_will_be() -> None:
    pack = parse_pack(apply_overlay(read_source(PACKS / "england-2023").values, read_toml(OVERLAY, "overlay")))
    shown = begun(pack, TODAY)
    assert shown.timescale("injury.window", TODAY).length == 200
    assert shown.timescale("assessment", TODAY) == pack.timescale("assessment", TODAY)
    assert shown.pin == pack.pin


@pytest.mark.parametrize("out", ["overlay.toml", "nowhere/preview.html"])
def test_a_preview_is_written_to_a_page_and_over_no_other_file(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(practice, "database", nullcontext)
    file = tmp_path / "overlay.toml"
    file.write_text(OVERLAY, "utf-8")
    words = ["preview", str(file), "--child", "Rosie", "--as", "a@hallowby.example", "--out", str(tmp_path / out)]
    assert main(["practice", *words]) == 1
    assert "ends in .html, in a folder that is there" in capsys.readouterr().err
    assert file.read_text("utf-8") == OVERLAY


def test_a_preview_is_for_whoever_asked_alone_whatever_stood_there(tmp_path: Path) -> None:
    other, out = tmp_path / "others.html", tmp_path / "preview.html"
    other.write_text("theirs", "utf-8")
    out.symlink_to(other)
    practice._write(out, "of a child")
    assert (other.read_text("utf-8"), out.is_symlink()) == ("theirs", False)
    assert out.stat().st_mode & 0o777 == 0o600
