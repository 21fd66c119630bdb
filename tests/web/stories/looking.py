"""What is looked at on each page: accessibility at two widths, the title, the address, the words; and its picture."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.web.test_words import barred_in

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "docs" / "pictures"
AXE = ROOT / "tests" / "web" / "axe.min.js"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}
TALLEST = 2200


@dataclass
class Album:
    """Takes pictures when it was asked to, and remembers which pages were looked at."""

    takes: bool
    seen: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str, width: str, within: int) -> None:
        if self.takes:
            PICTURES.mkdir(parents=True, exist_ok=True)
            height = min(page.evaluate("document.documentElement.scrollHeight"), within or TALLEST)
            page.evaluate("document.activeElement && document.activeElement.blur()")
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(
                path=PICTURES / f"{name}-{width}.png", full_page=True, animations="disabled",
                clip={"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height},
            )  # fmt: skip


def look_closely(
    page: Page, names: Collection[str], album: Album, picture: str = "", *, widths: str = "both", within: int = 0
) -> None:
    """The page is clean for the accessibility checker at both widths, and says nothing where it should not."""
    album.seen.append(page.url)
    look_at_words(page, names)
    before = page.viewport_size
    for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        _is_accessible(page, width)
        _does_not_scroll_sideways(page, width)
        if picture and widths in ("both", width):
            album.take(page, picture, width, within)
    page.set_viewport_size(before)


def look_at_words(page: Page, names: Collection[str]) -> None:
    """The page uses no word that practitioners have asked us not to use, and names nobody where others may read."""
    _title_names_nobody(page, names)
    _uses_no_barred_word(page)


def _title_names_nobody(page: Page, names: Collection[str]) -> None:
    for place, words in (("title", page.title()), ("address", page.url)):
        spoken = words.lower()
        told = [name for name in names if name.lower() in spoken]
        assert not told, f"The {place} of {page.url} names somebody: {words}"


def _uses_no_barred_word(page: Page) -> None:
    barred = barred_in(page.locator("body").inner_text())
    assert not barred, f"{page.url} says {barred}"


def _is_accessible(page: Page, width: str) -> None:
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    faults = [
        f"{one['id']} ({one['impact']}): {one['help']}\n    "
        + "\n    ".join(
            f"{node['html'][:160]} | {' '.join(node.get('failureSummary', '').split())[:160]}"
            for node in one["nodes"][:3]
        )
        for one in found["violations"]
    ]
    assert not faults, f"{page.title()} at {width} width:\n" + "\n".join(faults)


def _does_not_scroll_sideways(page: Page, width: str) -> None:
    spills = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert spills <= 0, f"{page.title()} at {width} width is {spills} pixels too wide"
