"""What has not been published, on real pages: into one file that opens by itself. Nothing is saved but the look.

The pages are asked for as a browser would, by the account that signed in and within the sight that it has; all
that asking did is then undone. What is kept of them is what stands in each page's middle.
"""

import base64
import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

if TYPE_CHECKING:
    from django.test import Client

    from sightline.practice.spec import Pack

STATIC = Path(__file__).parents[1] / "web" / "static"
MOST_PAGES = 40
FOLLOWED = ("assessment", "assessment-section", "assessment-section-child", "plan")
"""Pages that are reached by the links of the child's own, so that only what the account is offered is shown."""
# Nothing in the file can be sent, and it asks nobody for anything.
CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"


@dataclass(frozen=True)
class Shown:
    """One page as it was answered; ``middle`` is empty where it was refused."""

    name: str
    middle: str
    refused: str = ""


def show(*, account: UUID, child: UUID, pack: "Pack", on: date) -> list[Shown]:
    """The pages of that child under that pack, as the account sees them. Everything that showing them did is undone."""
    from sightline.practice.queries import previewing

    with _undone(), previewing(begun(pack, on)):
        client = _signed_in(account)
        return list(_pages(client, child))


def begun(pack: "Pack", on: date) -> "Pack":
    """The pack with every clock as it will be: one that begins on a later day would be missing on its pages."""
    from sightline.kernel.dates import Period

    held = {rule.key for rule in pack.timescales if rule.basis.effective.contains(on)}
    clocks = []
    for rule in pack.timescales:
        effective = rule.basis.effective
        if rule.key not in held:
            effective = Period(date.min, effective.ends)
        clocks.append(replace(rule, basis=replace(rule.basis, effective=effective)))
    return replace(pack, timescales=tuple(clocks))


@contextmanager
def _undone() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _signed_in(account: UUID) -> "Client":
    from django.test import Client

    from sightline.commands.signing import own_host
    from sightline.workforce.queries import list_accounts

    client = Client(SERVER_NAME=own_host())
    client.force_login(next(one for one in list_accounts() if one.id == account))
    return client


def _pages(client: "Client", child: UUID) -> Iterator[Shown]:
    from django.urls import reverse

    yield _new_contact(client, child)
    asked = [reverse("person-assessment", args=[child]), reverse("person-plan", args=[child])]
    new_plan = reverse("plan-new", args=[child])
    seen: set[str] = set()
    begun = False
    while asked and len(seen) < MOST_PAGES:
        address = asked.pop(0)
        if address in seen:
            continue
        seen.add(address)
        page, links = _asked_for(client, address)
        yield page
        onward = [link for link in links if link not in seen]
        if not begun and _named(address) == "person-assessment":
            begun = True
            onward = onward or _begin_assessment(client, child)
        asked[:0] = onward
    yield _asked_for(client, new_plan)[0]


def _new_contact(client: "Client", child: UUID) -> Shown:
    """The page as it stands once the child has been added: the button that adds is pressed, and later undone."""
    from django.urls import reverse

    from sightline.kernel.references import new_id

    key = str(new_id())
    sent = {"key": key, "window": str(new_id()), "seen_version": "0", "add": str(child)}
    return _shown(client.post(reverse("contact-draft", args=[key]), sent, **_safe()), "A new contact")


def _begin_assessment(client: "Client", child: UUID) -> list[str]:
    """Where none is begun, one is begun and then undone: its pages could not be shown else."""
    from django.urls import reverse

    from sightline.kernel.references import new_id

    sent = {"key": str(new_id()), "children": [str(child)], "why": "To see its pages before they are published"}
    answer = client.post(reverse("assessment-begin", args=[child]), sent, **_safe())
    return [urlsplit(answer["Location"]).path] if answer.status_code == HTTPStatus.FOUND else []


def _asked_for(client: "Client", address: str) -> tuple[Shown, list[str]]:
    answer = client.get(address, **_safe())
    page = _shown(answer, address)
    links = dict.fromkeys(urlsplit(html.unescape(link)).path for link in re.findall(r'href="(/[^"]*)"', page.middle))
    return page, [link for link in links if _named(link) in FOLLOWED]


def _safe() -> dict[str, Any]:
    from django.conf import settings

    return {"secure": bool(settings.SECURE_SSL_REDIRECT)}


def _named(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(address).url_name or ""
    except Resolver404:
        return ""


def _shown(answer: Any, name: str) -> Shown:
    found = re.search(r"<main\b.*?</main>", answer.content.decode(), re.DOTALL)
    middle = found[0] if found else ""
    heading = re.search(r"<h1\b[^>]*>(.*?)</h1>", middle, re.DOTALL)
    title = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", heading[1])).split()) if heading else name
    desk = re.search(r"<title>(.*?) - Sightline</title>", answer.content.decode(), re.DOTALL)
    if desk and html.unescape(desk[1]) not in title:
        title = f"{html.unescape(desk[1]).strip()}: {title}"
    if answer.status_code != HTTPStatus.OK:
        return Shown(title, "", "This account is not offered this page, so it is not shown.")
    return Shown(title, middle)


def one_file(pages: list[Shown], *, said: str, title: str) -> str:
    """The pages one below the other, with their style in the file, and what it is at its head and on each page."""
    note = f'<p class="govuk-inset-text"><strong>{html.escape(said)}</strong></p>'
    parts = [
        f'<section class="sl-section" id="page-{number}">{note}{_still(page, number) or _why(page)}</section>'
        for number, page in enumerate(pages, start=1)
    ]
    contents = "".join(
        f'<li><a class="govuk-link" href="#page-{number}">{html.escape(page.name)}</a></li>'
        for number, page in enumerate(pages, start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB" class="govuk-template"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CLOSED}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_style()}</style></head>"
        '<body class="govuk-template__body"><div class="sl-page"><div class="govuk-width-container">'
        f'<h1 class="govuk-heading-xl">{html.escape(title)}</h1>'
        f'<ol class="govuk-list govuk-list--number">{contents}</ol>'
        f"{''.join(parts)}</div></div></body></html>\n"
    )


def _why(page: Shown) -> str:
    return f'<h2 class="govuk-heading-m">{html.escape(page.name)}</h2><p class="govuk-body">{page.refused}</p>'


def _still(page: Shown, number: int) -> str:
    """The middle of a page with nothing in it that leads anywhere, sends anything, or has another's name."""
    middle = re.sub(r"<script\b.*?</script>", "", page.middle, flags=re.DOTALL)
    middle = re.sub(r'<input type="hidden"[^>]*>', "", middle)
    middle = re.sub(r'\s(?:href|action|formaction|data-[\w-]*url)="[^"#][^"]*"', "", middle)
    middle = re.sub(r'(\s(?:id|for)=")', rf"\1p{number}-", middle)
    middle = re.sub(r'(\saria-(?:labelledby|describedby|controls)=")([^"]+)', _each_of(number), middle)
    return re.sub(r'(\shref="#)', rf"\1p{number}-", middle)


def _each_of(number: int) -> Callable[[re.Match[str]], str]:
    """An attribute may name several others of its page."""
    return lambda found: found[1] + " ".join(f"p{number}-{name}" for name in found[2].split())


def _style() -> str:
    style = (STATIC / "sightline.css").read_text("utf-8-sig")

    def inside(found: re.Match[str]) -> str:
        picture = base64.b64encode((STATIC / found[1]).read_bytes()).decode()
        return f"url(data:image/svg+xml;base64,{picture})"

    return re.sub(r"url\((images/[^)]+\.svg)\)", inside, style)
