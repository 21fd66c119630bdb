"""Words for accounts: who, where they stand, when they last signed in, and where they are signed in now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from sightline.doorway.roles import ROLE_LABELS, Role
from sightline.kernel.london import local_day
from sightline.web.presenters import words
from sightline.workforce.models import Account, Session
from sightline.workforce.rules import last_used

OPEN_COLUMNS = ["Name", "Role and post", "Last signed in", "Signed in now"]
CLOSED_COLUMNS = ["Name", "Role", "Last signed in", "Closed"]
SESSION_COLUMNS = ["Browser", "Since", "Last in use"]
SOON = timedelta(days=14)
"""How long before an account is closed the list says so."""
FACTORS = {"totp": "A code from their phone", "webauthn": "A passkey", "recovery_codes": "Recovery codes"}
WHY_CLOSED = {Account.Closed.LEFT: "they left", Account.Closed.UNUSED: "nobody used it"}


def page_number(asked: str) -> int:
    """Which page of the list was asked for; the first where it is no number."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def tabs(url: str, *, closed: bool) -> list[dict[str, object]]:
    """Open and closed accounts, as sub-navigation."""
    return [
        {"text": "Open", "url": url, "current": not closed},
        {"text": "Closed", "url": f"{url}?which=closed", "current": closed},
    ]


def pages(url: str, number: int, total: int, each: int, *, closed: bool) -> dict[str, str]:
    """The words and links of components/pagination.html; nothing where one page holds all."""
    if total <= each:
        return {}
    last, which = -(-total // each), "which=closed&" if closed else ""
    return {
        "words": f"Showing {(number - 1) * each + 1} to {min(total, number * each)} of {total:,}",
        "previous_url": f"{url}?{which}page={number - 1}" if number > 1 else "",
        "next_url": f"{url}?{which}page={number + 1}" if number < last else "",
    }


def rule(days: int) -> str:
    """What is closed by itself."""
    if not days:
        return "On this server, accounts stay open until somebody closes them, however long nobody uses them."
    unused = words.count(days, "day")
    return (
        f"An account that nobody has used for {unused} is closed by itself in the night. Its work stays with its posts."
    )


def account_rows(
    accounts: Sequence[Account],
    standings: Mapping[UUID, Sequence[str]],
    places: Mapping[UUID, int],
    *,
    at: datetime,
    days: int,
) -> list[list[object]]:
    """Rows of the list, each the cells of components/table.html."""
    return [
        [
            {"text": one.name, "url": reverse("account", args=[one.id])},
            role_and_posts(one, standings.get(one.id, ())) if one.is_active else ROLE_LABELS[Role(one.role)],
            signed_in(one, at),
            _last_cell(one, places.get(one.id, 0), at=at, days=days),
        ]
        for one in accounts
    ]


def _last_cell(one: Account, places: int, *, at: datetime, days: int) -> object:
    if not one.is_active:
        return _closed(one)
    where = words.count(places, "place") if places else "Nowhere"
    closes = _closes_on(one, days)
    if closes is None or closes - at > SOON:
        return where
    return {"text": where, "tag": f"Closes {words.short_day(closes)} if not used", "tag_colour": "yellow"}


def role_and_posts(one: Account, posts: Sequence[str]) -> str:
    """`Social worker: Family Support 2`; the role alone where they stand in no post."""
    role = ROLE_LABELS[Role(one.role)]
    return f"{role}: {words.listing(posts)}" if posts else role


def signed_in(one: Account, at: datetime) -> str:
    """When they last did."""
    return words.capital(words.days_ago(local_day(one.last_login), local_day(at))) if one.last_login else "Never"


def facts(
    one: Account, posts: Sequence[str], factors: Sequence[str], *, at: datetime, days: int
) -> list[dict[str, str]]:
    """What the account's page says of it, as rows of a summary list."""
    rows = [
        ("Role", ROLE_LABELS[Role(one.role)]),
        ("Posts", words.listing(posts) or "None"),
        ("E-mail address", one.email),
        ("Opened", words.day(one.joined_at)),
        ("Last signed in", signed_in(one, at)),
        ("Signs in with", f"Password; {_factors(factors)}"),
    ]
    closes = _closes_on(one, days)
    if not one.is_active:
        rows.append(("Closed", _closed(one)))
    elif closes:
        rows.append(("Closes if not used", f"on {words.day(closes)}"))
    return [{"key": key, "value": value} for key, value in rows]


def _factors(factors: Sequence[str]) -> str:
    if not factors:
        return "no code set up yet"
    passkeys = factors.count("webauthn")
    said = [FACTORS[kind] for kind in ("totp", "recovery_codes") if kind in factors]
    return words.listing([*said, *([words.count(passkeys, "passkey")] if passkeys else [])]).lower()


def _closed(one: Account) -> str:
    why = WHY_CLOSED.get(Account.Closed(one.closed_because)) if one.closed_because else ""
    return f"{words.day(one.left_at)}{f': {why}' if why else ''}"


def _closes_on(one: Account, days: int) -> datetime | None:
    used = last_used(one.joined_at, one.last_login, one.opened_again_at)
    return used + timedelta(days=days) if days else None


def session_rows(sessions: Sequence[Session], *, at: datetime) -> list[list[Any]]:
    """Where somebody is signed in, the latest used first."""
    return [
        [
            one.browser or "A browser that does not say which",
            words.full_moment(one.began_at),
            f"{words.span(at - one.seen_at)} ago",
        ]
        for one in sessions
    ]
