"""What a task costs a worker, counted in the browser itself: keystrokes, clicks, pages, inputs.

Counting begins on the page that stands open and ends with the button that records. What the mouse and
the keyboard do is counted where it arrives. A list that is picked from is two clicks, which the
browser's own menu hides from the page. Inputs of one question are one input, however many
buttons it has; what is asked again of a second person is a second input.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

INSTRUMENT = """
(() => {
  const KEY = "story-count";
  const empty = () => ({pages: 0, clicks: 0, words: 0, keys: 0, shown: [], required: [], answered: [], filled: []});
  const read = () => JSON.parse(sessionStorage.getItem(KEY) || "null");
  const write = (count) => sessionStorage.setItem(KEY, JSON.stringify(count));
  let touched = false;
  const add = (list, name) => { if (name && !list.includes(name)) list.push(name); };
  const isSeen = (one) => one.checkVisibility()
    || [...(one.labels || [])].some((label) => label.checkVisibility());
  const inputs = () => [...document.querySelectorAll("main input, main textarea, main select")]
    .filter((one) => one.name && !["hidden", "submit", "button"].includes(one.type) && isSeen(one));
  const has = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value !== "");
  const survey = (count) => {
    count.required = [];
    count.filled = [];
    inputs().forEach((one) => {
      add(count.shown, one.name);
      if (has(one)) add(count.filled, one.name);
      if (one.required || one.dataset.required) add(count.required, one.name);
    });
  };
  const note = (change) => {
    const count = read();
    if (!count) return;
    if (!touched) { count.pages += 1; touched = true; }
    survey(count);
    change(count);
    write(count);
  };
  const isLong = (one) => one.tagName === "TEXTAREA";
  addEventListener("mousedown", (event) => {
    if (event.isTrusted) note((count) => { count.clicks += 1; });
  }, true);
  addEventListener("keydown", (event) => {
    if (event.isTrusted) note((count) => { count[isLong(event.target) ? "words" : "keys"] += 1; });
  }, true);
  addEventListener("input", (event) => note((count) => add(count.answered, event.target.name)), true);
  addEventListener("change", (event) => note((count) => {
    if (event.target.tagName === "SELECT") count.clicks += 2;
    add(count.answered, event.target.name);
  }), true);
  window.storyCountBegins = () => { touched = false; write(empty()); };
  window.storyCountEnds = () => { const count = read(); sessionStorage.removeItem(KEY); return JSON.stringify(count); };
  window.storyPresets = () => inputs().filter(has).map((one) => one.name);
})();
"""


@dataclass
class Tally:
    """The counts of one task. Keystrokes in the long boxes, where the story is told, are counted apart.

    `required` and `filled` are as they stood when the last button was pressed; the others are of the whole task.
    """

    pages: int = 0
    clicks: int = 0
    keys: int = 0
    words: int = 0
    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)


@contextmanager
def counted(page: Page, *, known: Collection[str] = ()) -> Iterator[Tally]:
    """Counts what is done on the page until the block ends. Refuses a page that has answers before it begins.

    `known` are inputs that the record answers, as the child from whose record one came. A worker reads them, so
    that they count as answered all the same.
    """
    preset = set(page.evaluate("storyPresets()"))
    assert preset <= set(known), f"These inputs are answered before anybody has: {preset}"
    tally = Tally()
    page.evaluate("storyCountBegins()")
    yield tally
    page.wait_for_load_state("load")
    found = json.loads(page.evaluate("storyCountEnds()"))
    for name, value in found.items():
        setattr(tally, name, set(value) if isinstance(value, list) else value)
    tally.answered |= preset
