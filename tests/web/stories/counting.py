"""What a task costs a worker, counted in the browser itself: keystrokes, clicks, pages, inputs shown and required.

Counting begins on the page that stands open and ends with the button that records. A list that is
opened and picked from is two clicks, which the browser's own menu hides from the page.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

INSTRUMENT = """
(() => {
  const KEY = "story-count";
  const empty = () => ({pages: 0, clicks: 0, narrative: 0, keys: 0, shown: [], required: [], filled: []});
  const read = () => JSON.parse(sessionStorage.getItem(KEY) || "null");
  const write = (count) => sessionStorage.setItem(KEY, JSON.stringify(count));
  const begun = read();
  if (begun) { begun.pages += 1; write(begun); }
  const add = (list, name) => { if (name && !list.includes(name)) list.push(name); };
  const inputs = () => [...document.querySelectorAll("main input, main textarea, main select")]
    .filter((one) => one.name && !["hidden", "submit", "button"].includes(one.type))
    .filter((one) => one.checkVisibility() || (one.labels && [...one.labels].some((label) => label.checkVisibility())));
  const survey = (count) => inputs().forEach((one) => {
    add(count.shown, one.name);
    if (one.required || one.dataset.required) add(count.required, one.name);
  });
  const note = (change) => { const count = read(); if (count) { survey(count); change(count); write(count); } };
  addEventListener("mousedown", (event) => { if (event.isTrusted) note((count) => { count.clicks += 1; }); }, true);
  addEventListener("keydown", (event) => {
    if (!event.isTrusted) return;
    note((count) => { count[event.target.tagName === "TEXTAREA" ? "narrative" : "keys"] += 1; });
  }, true);
  addEventListener("change", (event) => note((count) => {
    if (event.target.tagName === "SELECT") count.clicks += 2;
    add(count.filled, event.target.name);
  }), true);
  window.storyCountBegins = () => write(empty());
  window.storyCountEnds = () => { const count = read(); sessionStorage.removeItem(KEY); return JSON.stringify(count); };
})();
"""


@dataclass
class Tally:
    """The counts of one task. Keystrokes in the boxes of the story are counted apart from all others."""

    pages: int = 0
    clicks: int = 0
    keys: int = 0
    narrative: int = 0
    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)


@contextmanager
def counted(page: Page) -> Iterator[Tally]:
    """Counts what is done on the page until the block ends."""
    tally = Tally()
    page.evaluate("storyCountBegins()")
    yield tally
    page.wait_for_load_state("load")
    found = json.loads(page.evaluate("storyCountEnds()"))
    for name, value in found.items():
        setattr(tally, name, set(value) if isinstance(value, list) else value)
