"""What the frame of every page shows: whose desk it is, the search box, the way around.

A view may set `request.shell` to a `Shell`; otherwise the frame is built from what
middleware put on the request. Everything is read as the frame is drawn, so that a page
that needs no frame asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavigationItem:
    """One place in the navigation. `count` is shown as a number beside it when given."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class RecentPerson:
    """Somebody whose record was viewed lately. Their name is text, never in the address."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame. `person_name` empty means that nobody is signed in."""

    authority: str = ""
    demonstration: bool = False
    person_name: str = ""
    post_title: str = ""
    home_url: str = "/"
    search_url: str = ""
    sign_out_url: str = ""
    fault_url: str = ""
    recent: Sequence[RecentPerson] = ()
    navigation: Sequence[NavigationItem] = field(default_factory=tuple)


# Label and the name of its page, in the order of a day. A page that is not there yet, or
# that the address table does not hold, is left out.
PLACES = (
    ("Chair\u2019s desk", "chairs-desk"),
    ("My day", "my-day"),
    ("Front door", "front-door"),
    ("Feedback", "feedback"),
    ("Team", "team"),
    ("New contact", "new-contact"),
    ("Accounts", "accounts"),
)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _home(request: HttpRequest) -> str:
    """A chair's own desk where it is theirs; everybody else's day."""
    allowed = getattr(request, "places", None) or ()
    return (_address("chairs-desk") if "chairs-desk" in allowed else "") or _address("my-day") or "/"


def _navigation(request: HttpRequest) -> tuple[NavigationItem, ...]:
    allowed = getattr(request, "places", None)
    items = []
    for label, name in PLACES:
        url = _address(name)
        if not url or (allowed is not None and name not in allowed):
            continue
        items.append(NavigationItem(label, url, current=request.path.startswith(url)))
    return tuple(items)


def _may_open(request: HttpRequest, place: str) -> bool:
    places = getattr(request, "places", None)
    return places is None or place in places


def build_shell(request: HttpRequest) -> Shell:
    """The frame for this request; without an actor it has neither search nor navigation.

    Reads `request.actor` (its name), `request.post_title`, `request.recently_viewed`
    (`RecentPerson` rows) and `request.places` (names out of `PLACES` that this person may
    open; absent means all).
    """
    actor = getattr(request, "actor", None)
    name = getattr(actor, "name", "") or ""
    return Shell(
        authority=getattr(settings, "AUTHORITY_NAME", ""),
        demonstration=getattr(settings, "DEMONSTRATION", False),
        person_name=name,
        post_title=getattr(request, "post_title", ""),
        home_url=_home(request),
        search_url=_address("search") if name and _may_open(request, "search") else "",
        sign_out_url=_address("sign-out") or _address("account_logout"),
        fault_url=_address("report-a-fault"),
        recent=tuple(getattr(request, "recently_viewed", ())) if name else (),
        navigation=_navigation(request) if name else (),
    )


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell`, made once when a template first asks for it."""
    made: list[Shell] = []

    def once() -> Shell:
        if not made:
            made.append(getattr(request, "shell", None) or build_shell(request))
        return made[0]

    return {"shell": once}
