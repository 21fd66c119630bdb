"""Given, when, then, in the words of whoever reads the story: somebody signs in, types, chooses, presses, sees."""

import re
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Request, expect

from sightline.commands.demonstration import CODE
from sightline.commands.demonstration.authority import ADMINISTRATOR, PASSWORD, WORKERS
from tests.conftest import Mailbox
from tests.web.stories.counting import INSTRUMENT, Tally, counted
from tests.web.stories.looking import DESKTOP, PHONE, Album, look_at_words, look_closely

EMAILS = {worker.key: worker.email for worker in (*WORKERS, ADMINISTRATOR)}
PATIENCE = 40_000
FURTHEST = 12
"""How often one presses the tab key before one takes the mouse."""
FIRST_PAGES = {"winston": "Chair\N{RIGHT SINGLE QUOTATION MARK}s desk"}
"""Where whoever has no day of their own begins."""
A_MOMENT = 50
"""Milliseconds after which a form that was sent has left the page."""
PLAIN_WORDS = {"Baby", "Quay", "Street"}
"""What the demonstration calls somebody by who has no name yet, or shares one."""


@dataclass
class Stage:
    """The served product, and everybody who has a browser open in front of it."""

    browser: Browser
    address: str
    names: set[str]
    mailbox: Mailbox
    album: Album
    broken: list[str] = field(default_factory=list)
    code: str = ""
    link: str = ""
    strike: Callable[[], object] = list
    aside: Callable[..., str] = str
    _contexts: list[BrowserContext] = field(default_factory=list)
    _desks: dict[str, "Desk"] = field(default_factory=dict)

    @property
    def name_words(self) -> set[str]:
        """Every name, given or family, of everybody in the register."""
        return {word for name in self.names for word in re.findall(r"\w{3,}", name)} - PLAIN_WORDS

    def given(self, worker: str, *, script: bool = True) -> "Desk":
        """A worker who has signed in, in a browser of their own."""
        desk = Desk(self, self.open_browser(script=script), script=script)
        desk.signs_in(worker)
        return desk

    def again(self, worker: str) -> "Desk":
        """A worker who signed in earlier in the story, back at the beginning of their day."""
        desk = self._desks.get(worker)
        if desk is None:
            desk = self._desks[worker] = self.given(worker)
        else:
            desk.comes_to("/my-day")
        return desk

    def as_left(self, worker: str) -> "Desk":
        """The same, where they were last."""
        return self._desks[worker]

    def given_a_phone(self) -> "Desk":
        """Somebody without an account, with a browser as wide as a phone."""
        return Desk(self, self.open_browser(phone=True))

    def open_browser(self, *, phone: bool = False, script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP, is_mobile=phone, has_touch=phone, java_script_enabled=script,
            locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.add_init_script(INSTRUMENT)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.broken.append(f"{page.url}: {error}"))
        return page

    def when_the_clock_strikes(self) -> None:
        """A few minutes later: what came back has reached those who must read it."""
        self.strike()

    def letters_to(self, address: str) -> int:
        """How many have come to this address so far."""
        return len(self.mailbox.letters_to(address))

    def letter_to(self, address: str, *, beside: int = 0) -> str:
        """The words of the latest letter to this address, once it has arrived beside those that had come before."""
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            letters = self.mailbox.letters_to(address)
            if len(letters) > beside:
                return str(letters[-1]["Subject"]) + "\n" + str(letters[-1].get_content())
            time.sleep(0.2)
        raise AssertionError(f"No letter has come to {address}")

    def close(self) -> None:
        """Every browser is closed, and what went wrong in one is told."""
        self._desks.clear()
        while self._contexts:
            self._contexts.pop().close()
        broken, self.broken = self.broken, []
        assert not broken, broken


class Desk:
    """Somebody in front of a page. Every verb is something that a person does or sees."""

    def __init__(self, stage: Stage, page: Page, *, script: bool = True) -> None:
        self.stage, self.page, self.script = stage, page, script
        self.area: Page | Locator = page

    # --- coming and going ---------------------------------------------------------------------

    def signs_in(self, worker: str) -> None:
        self.page.goto(f"{self.stage.address}/account/login/")
        self.types("E-mail address", EMAILS[worker])
        self.types("Password", PASSWORD)
        self.presses("Continue")
        self.types("Code", CODE)
        self.presses("Sign in")
        self.sees_heading(FIRST_PAGES.get(worker, "My day"))

    def goes_to(self, place: str) -> None:
        """By the menu, which on a phone is folded away."""
        self.page.get_by_role("navigation", name="Menu").get_by_role("link", name=place).click()

    def comes_to(self, url: str) -> None:
        self.page.goto(url if url.startswith("http") else f"{self.stage.address}{url}")

    def follows(self, link: str | re.Pattern[str]) -> None:
        self.area.get_by_role("link", name=link).first.click()

    def opens_contact(self, name: str) -> None:
        """The latest contact about this child in the queue."""
        self.goes_to("Front door")
        self.page.get_by_role("main").get_by_role("link", name=re.compile(name)).last.click()
        self.sees_heading("Contact about")

    def looks_for(self, words: str) -> None:
        """By the box at the top of every page."""
        self.page.get_by_label("Find a person by name").fill(words)
        self.page.get_by_role("button", name="Find", exact=True).first.click()

    def finds(self, words: str, name: str | re.Pattern[str]) -> None:
        """By the box at the top of every page, and opens the record."""
        self.looks_for(words)
        self.page.locator("#found .sl-match", has_text=name).get_by_role("link").first.click()

    def closes_the_browser(self) -> None:
        """As when a machine dies: nothing is said to the page."""
        self.page.context.close()

    # --- doing --------------------------------------------------------------------------------

    def types(self, label: str, words: str) -> None:
        box = self.field(label)
        box.click()
        box.press_sequentially(words)

    def tabs_to(self, label: str, words: str) -> None:
        """By the keyboard alone, from where one is: the tab key until the box is reached, and then the words."""
        box = self.field(label)
        for _ in range(FURTHEST):
            self.page.keyboard.press("Tab")
            if box.evaluate("one => one === document.activeElement"):
                break
        self.page.keyboard.type(words)
        assert box.input_value() == words, f"{label} was not reached by the tab key"

    def types_over(self, label: str, words: str) -> None:
        """What stands in the box is marked, so that typing takes its place."""
        box = self.field(label)
        box.select_text()
        box.press_sequentially(words)

    def writes(self, label: str, words: str) -> None:
        """All at once, as when it is pasted. Where keystrokes are counted, it is typed."""
        self.field(label).fill(words)

    def picks(self, label: str, option: str | re.Pattern[str]) -> None:
        """From a list."""
        box = self.field(label)
        words = option if isinstance(option, str) else box.locator("option", has_text=option).first.inner_text()
        box.select_option(label=words)

    def picks_first(self, label: str) -> None:
        """The first thing on a list, whatever it is called."""
        self.field(label).select_option(index=1)

    def chooses(self, question: str, answer: str) -> None:
        """One answer of several. The mouse lands on the words, as a worker's does."""
        group = self.area.get_by_role("group", name=question)
        group.get_by_text(answer, exact=True).first.click()

    def ticks_one_like(self, question: str, answer: str) -> None:
        """One of several boxes, of whose words the first are enough."""
        self.area.get_by_role("group", name=question).get_by_label(answer).first.check()

    def ticks(self, label: str) -> None:
        self.area.get_by_text(label, exact=True).first.click()

    def attaches(self, label: str, name: str, content: bytes) -> None:
        """A picture from the worker's own machine."""
        self.field(label).set_input_files({"name": name, "mimeType": "image/png", "buffer": content})

    def unfolds(self, words: str) -> None:
        self.area.locator("summary", has_text=words).first.click()

    def presses(self, button: str) -> None:
        """The button of that name; what a button says on for those who hear it need not be given.

        What it sends is answered before the story goes on: the next in it may be somebody else, who would
        look before it is done.
        """
        begins = re.compile("^" + re.escape(button).replace("\\ ", " ") + r"($|[\s:])")
        sent: list[Request] = []

        def note(request: Request) -> None:
            if request.method == "POST" and request.is_navigation_request():
                sent.append(request)

        self.page.on("request", note)
        self.area.get_by_role("button", name=begins).first.click()
        self.page.wait_for_timeout(A_MOMENT)
        self.page.remove_listener("request", note)
        for request in sent:
            with suppress(Error):  # It was cut off: the story itself says what is seen then.
                request.response()

    def sends_again(self, request: Request) -> str:
        """The same form as it was sent before, to the letter; the address at which the answer is."""
        headers = {name: value for name, value in request.headers.items() if name in {"content-type", "referer"}}
        answer = self.page.context.request.post(request.url, data=request.post_data_buffer, headers=headers)
        return answer.url

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """One person's row, or one section of the page."""
        before = self.area
        row = self.page.get_by_role("group", name=name, exact=True)
        self.area = row.or_(self.page.get_by_role("region", name=name, exact=True)).first
        expect(self.area).to_be_visible(timeout=PATIENCE)
        try:
            yield
        finally:
            self.area = before

    @contextmanager
    def counted(self, *, known: Collection[str] = ()) -> Iterator[Tally]:
        with counted(self.page, known=known) as tally:
            yield tally

    def field(self, label: str) -> Locator:
        return self.area.get_by_label(label, exact=True).first

    # --- seeing -------------------------------------------------------------------------------

    def sees(self, *words: str) -> None:
        place = self.area.locator("body") if self.area is self.page else self.area
        for each in words:
            expect(place).to_contain_text(each, timeout=PATIENCE)

    def does_not_see(self, *words: str) -> None:
        text = (self.area.locator("body") if self.area is self.page else self.area).inner_text()
        for each in words:
            assert each not in text, f"{self.page.url} shows {each!r}"

    def is_refused_without(self) -> set[str]:
        """The inputs that the page says it cannot be without."""
        self.sees("There is a problem")
        links = self.page.locator(".govuk-error-summary__list a").all()
        return {str(one.get_attribute("href")).removeprefix("#id_") for one in links}

    def sees_heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words, timeout=PATIENCE)

    def sees_row(self, key: str, value: str) -> None:
        """One line of a summary: what it is about, and what it says."""
        row = self.page.locator(".govuk-summary-list__row", has=self.page.get_by_text(key, exact=True))
        expect(row.first).to_contain_text(value, timeout=PATIENCE)

    def sees_saved(self) -> None:
        """Typing is kept every few seconds, and the page says so."""
        # The same is spoken to those who hear the page, in an element of its own.
        expect(self.page.get_by_text(re.compile(r"^Saved \d\d:\d\d")).first).to_be_visible(timeout=PATIENCE)

    def looks(self, picture: str = "", *, widths: str = "both", within: int = 0) -> None:
        """Nothing on this page is inaccessible, misworded, or says a name where it should not."""
        if self.script:
            look_closely(self.page, self.stage.name_words, self.stage.album, picture, widths=widths, within=within)
        else:
            # The checker is a script itself, and would wait for ever.
            look_at_words(self.page, self.stage.name_words)
