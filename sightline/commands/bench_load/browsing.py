"""What somebody who is signed in does, as a browser does it: pages opened, forms read, filled in and sent.

Knows nothing of the product but its addresses and the forms that its pages show.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([0-9a-f-]{36})"')
CHILD = re.compile(r'name="c-([0-9a-f-]{36})-outcome"')
NOTE = (
    "Visited at home after school. The kitchen was warm and there was food on the table. We talked about mornings, "
    "about who brings the little ones, and about what helped last week. Agreed to come again in a fortnight."
)
OUTCOMES = ("seen_alone", "seen", "nobody_in")
GET, POST, REDIRECTED = "GET", "POST", 302


@dataclass(frozen=True)
class Wanted:
    """A request that is to be made: what the page is called, and with which status it answers when it did its work.

    `more` says that somebody is in the middle of something, and goes on soon.
    """

    page: str
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    partial: bool = False
    more: bool = False


Act = Iterator[Wanted]


class Browser:
    """One session. An act gives one request after another, and is sent each page that it was answered with."""

    def __init__(self, session: dict[str, Any], mix: dict[str, dict[str, int]], seed: int) -> None:
        self.children: list[str] = session["children"]
        self.words: list[str] = session["words"]
        self.contacts: list[str] = session["contacts"]
        self.mix, self.saves = mix[session["role"]], mix["autosaves"]
        self.random = random.Random(seed)  # noqa: S311 (a fiction, not a secret)
        self.token, self.seen = "", ""

    def acts(self) -> Iterator[Wanted]:
        """Requests without end. Between two of them `take` is given the page that came back."""
        names, weights = list(self.mix), list(self.mix.values())
        while True:
            name = self.random.choices(names, weights)[0]
            act: Callable[[], Act] = getattr(self, name)
            yield from act()

    def take(self, page: str) -> None:
        """What a browser keeps of a page: the token with which its forms are sent."""
        self.seen = page
        found = TOKEN.search(page)
        if found:
            self.token = found[1]

    def my_day(self) -> Act:
        yield Wanted("my day", GET, "/my-day")

    def team(self) -> Act:
        yield Wanted("team page", GET, "/team")

    def newest(self) -> Act:
        yield Wanted("what is new", GET, "/newest")

    def front_door(self) -> Act:
        yield Wanted("front door", GET, "/front-door")

    def record(self) -> Act:
        yield Wanted("record", GET, f"/people/{self._child()}")

    def timeline(self) -> Act:
        yield Wanted("timeline", GET, f"/people/{self._child()}/timeline")

    def visits(self) -> Act:
        yield Wanted("visits of a child", GET, f"/people/{self._child()}/visits")

    def search(self) -> Act:
        yield Wanted("search page", GET, "/search", more=True)
        yield Wanted("search", POST, "/search", self._sent({"words": self.random.choice(self.words)}))

    def note(self) -> Act:
        yield from self._writing("note", f"/people/{self._child()}/record", self._note)

    def visit(self) -> Act:
        yield from self._writing("visit", f"/people/{self._child()}/visit", self._visit)

    def draft(self) -> Act:
        yield from self._writing("draft", f"/people/{self._child()}/record", self._note)

    def contact(self) -> Act:
        if self.contacts:
            yield Wanted("contact", GET, f"/contacts/{self.random.choice(self.contacts)}")

    def decide(self) -> Act:
        """Each contact is decided once; whoever has none left reads the queue."""
        if not self.contacts:
            yield from self.front_door()
            return
        contact = self.contacts.pop()
        yield Wanted("contact", GET, f"/contacts/{contact}", more=True)
        body = {"key": str(uuid4()), "outcome": "advice_and_information", "reason": NOTE, "then": "later"}
        if self.random.random() < 0.4:
            body |= {"outcome": "referral_assessment", "need": "N1"}
        yield Wanted("decision", POST, f"/contacts/{contact}/decide", self._sent(body), REDIRECTED)

    def _writing(self, what: str, path: str, fill: Callable[[str], dict[str, Any]]) -> Act:
        """The page is opened, what is typed is saved by itself now and then, and at last it is sent."""
        child = path.split("/")[2]
        yield Wanted("visit page" if what == "visit" else "note page", GET, path, more=True)
        found = KEY.search(self.seen)
        if found is None:
            return
        key, body = found[1], fill(child)
        form = {"draft_form": "visit-record" if what == "visit" else "recording", "draft_about": child}
        for order in range(1, self.saves[what] + 1):
            begun = body | {"text": NOTE[: 60 * order], "key": key, "draft_order": str(order)}
            goes_on = what != "draft" or order < self.saves[what]
            sent = self._sent(begun | form)
            yield Wanted("draft saved by itself", POST, f"/drafts/{key}", sent, partial=True, more=goes_on)
        if what != "draft":
            yield Wanted(f"{what} saved", POST, path, self._sent(body | form | {"key": key}), REDIRECTED)

    def _note(self, child: str) -> dict[str, Any]:
        return {
            "kind": "note", "people": child, "when": _moment(), "text": NOTE, "section": "ordinary",
            "handling": "ordinary", "paragraphs": "1", "actions": "1",
        }  # fmt: skip

    def _visit(self, _child: str) -> dict[str, Any]:
        body = {
            "when": _moment(), "announced": "yes", "place": "home", "sleeping": "seen", "present": "Mother",
            "text": NOTE, "paragraphs": "1", "actions": "1",
        }  # fmt: skip
        for child in CHILD.findall(self.seen):
            how = self.random.choice(OUTCOMES)
            body[f"c-{child}-outcome"] = how
            body[f"c-{child}-reason"] = "At a friend's" if how == "seen" else ""
            body[f"c-{child}-words"] = "You came again." if how == "seen_alone" else ""
        return body

    def _child(self) -> str:
        return self.random.choice(self.children)

    def _sent(self, body: dict[str, Any]) -> dict[str, Any]:
        return body | {"csrfmiddlewaretoken": self.token}


def _moment() -> str:
    when = datetime.now(ZoneInfo("Europe/London")) - timedelta(minutes=3)
    return f"{when:%d/%m/%Y} {when:%H.%M}"
