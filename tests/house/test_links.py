"""Every link of the written pages leads somewhere, also to the heading that it names."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", "var", "node_modules", ".git"}
PAGES = sorted(
    path for path in ROOT.rglob("*.md") if not NOT_OURS & set(path.relative_to(ROOT).parts) and path.is_file()
)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")


def _links(page: Path) -> list[str]:
    found = LINK.findall(CODE.sub("", page.read_text("utf-8")))
    return [inline or by_name for inline, by_name in found]


def _headings(page: Path) -> set[str]:
    titles = re.findall(
        r"^#+\s+(.+)$", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_within_the_checkout_leads_to_a_file(page: Path) -> None:
    for link in _links(page):
        if link.startswith(ELSEWHERE):
            continue
        name, _, heading = unquote(link).partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the checkout"
        if heading and target.suffix == ".md":
            assert heading in _headings(target), f"{link} names a heading that is not there"


def test_the_pages_are_found() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/explanation/architecture.md"} <= {
        str(page.relative_to(ROOT)) for page in PAGES
    }


ROOMS = sorted(path.parent for path in (ROOT / "sightline").glob("*/README.md"))
NAMED = re.compile(r"`([a-z_]+(?:\.[a-z_]+)*)(?:\([^)`]*\))?`|`([A-Z][A-Za-z]+)`")
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.name)
def test_what_a_room_s_page_names_is_in_that_room(room: Path) -> None:
    sources = [path for path in room.rglob("*") if path.suffix in {".py", ".toml"}]
    words = set(re.findall(r"\w+", "\n".join(path.read_text("utf-8") for path in sources)))
    words |= {part for path in room.rglob("*") for part in (path.name, path.stem)} | {path.name for path in ROOMS}
    for lower, upper in NAMED.findall((room / "README.md").read_text("utf-8")):
        name = lower or upper
        assert name in words or set(name.split(".")) <= words, f"{name} is named and is not in {room.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_path_that_a_page_names_is_there(page: Path) -> None:
    for path in PATH.findall(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        around = (ROOT, ROOT / "sightline", page.parent)
        assert path.startswith("var/") or any((start / path).exists() for start in around), f"{path} is not there"
