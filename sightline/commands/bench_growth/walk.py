"""Finding the pages: everybody begins where they come in, and follows what the pages lead to.

So what is measured are pages that people come to, with something on them. An address that nobody is led to here
(it needs something that nobody has, or stands only in a letter) is named as such.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from sightline.commands.bench_front_door.world import World
from sightline.commands.bench_growth.people import Somebody

LINK = re.compile(r'\b(?:href|src|action)="(/[^"#]*)')
OFFERED_ELSEWHERE = ("account_", "mfa_")
"""The sign-in library's pages, which know of nobody but who signs in."""
MOST_OPENED, OPENED_BY_ONE = 8, 2
"""Of one kind of page, how many are opened in all and by one person. Besides, whoever is the first in their role opens
one of each, and what stands at the top of every page is opened by everybody."""
ROLES_A_PAGE = 3
"""In how many roles a page that is the same address for all is measured: in those that have most on it."""
TAKES_A_FORM = 405
NO_PAGE = {302, TAKES_A_FORM}


@dataclass(frozen=True)
class Page:
    """One address as somebody opens it, and how much came back; `words` where something is looked for on it."""

    name: str
    path: str
    who: Somebody
    size: int
    words: str = ""
    more: str = ""
    """What tells it from others at the same address."""


@dataclass
class Found:
    """What the walk came to: pages by the name of their address, and what was answered otherwise than by a page."""

    pages: dict[str, list[Page]] = field(default_factory=dict)
    others: dict[str, set[int]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    opened: int = 0

    @property
    def forms(self) -> list[str]:
        """What only takes a form, or leads on: there is nothing to look at."""
        return sorted(name for name, said in self.others.items() if said & NO_PAGE and name not in self.pages)

    @property
    def never(self) -> list[str]:
        """What nobody was led to, or was answered by a page."""
        return sorted(set(routes()) - set(self.pages) - set(self.forms))

    def most(self) -> Iterator[Page]:
        """Of each kind of page the fullest; where an address is the same for all, the fullest for each role."""
        for name in sorted(self.pages):
            pages = sorted(self.pages[name], key=lambda page: (-page.size, page.path))
            if len({page.path for page in pages}) > 1:
                yield pages[0]
                continue
            yield from list({page.who.words: page for page in reversed(pages)}.values())[::-1][:ROLES_A_PAGE]


def routes() -> dict[str, URLPattern]:
    """Every address of ours, by name."""
    found = {one.name or str(one.pattern): one for one in _patterns(get_resolver().url_patterns)}
    return {name: one for name, one in found.items() if not name.startswith(OFFERED_ELSEWHERE)}


def _patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one


def walk(world: World, people: list[Somebody], say: Any) -> Found:
    """Everybody in turn. Only looking: what takes a form is not sent one."""
    world.stand()
    # Whoever tries every door is refused at some, and that is no news here.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    found, entrances = Found(), list(_entrances())
    for number, who in enumerate(people, 1):
        say(f"{who.words} ({number} of {len(people)}): {found.opened:,} pages opened, {len(found.pages)} kinds")
        _follow(world, who, entrances, found)
    return found


def _entrances() -> Iterator[str]:
    """Every address that names nothing: what stands at the top of a page, and what is typed."""
    for name in routes():
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def _follow(world: World, who: Somebody, entrances: list[str], found: Found) -> None:
    waiting, seen = list(entrances), set(entrances)
    mine: Counter[str] = Counter()
    first = who.words not in found.roles
    while waiting:
        # What nobody has come to yet goes first.
        path = min(waiting, key=lambda one: (_known(found, _name(one)), mine[_name(one)]))
        waiting.remove(path)
        name = _name(path)
        enough = mine[name] >= (OPENED_BY_ONE if _known(found, name) < MOST_OPENED else first)
        if not name or TAKES_A_FORM in found.others.get(name, ()) or (enough and path not in entrances):
            continue
        mine[name] += 1
        for link in _open(world, who, name, path, found):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    found.roles.add(who.words)


def _known(found: Found, name: str) -> int:
    return len(found.pages.get(name, ()))


def _open(world: World, who: Somebody, name: str, path: str, found: Found) -> list[str]:
    answer = world.client(who.account).get(path, secure=True)
    found.opened += 1
    if answer.status_code != 200:
        found.others.setdefault(name, set()).add(answer.status_code)
        return [answer["Location"]] if answer.status_code == 302 and answer["Location"].startswith("/") else []
    size = len(answer.content)
    found.pages.setdefault(name, []).append(Page(name, path, who, size))
    if "html" not in answer["Content-Type"]:
        return []
    return [unescape(link) for link in LINK.findall(answer.content.decode())]


def _name(path: str) -> str:
    """Of an address of ours; nothing for a file or a page of the sign-in library."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return ""
    name = match.url_name or ""
    return "" if name.startswith(OFFERED_ELSEWHERE) else name
