"""What a page says, as a reader sees it."""

import html
import re

from django.http import HttpResponse

ABSENT = "00000000-0000-7000-8000-00000000dead"


def words(answer: HttpResponse) -> str:
    """The page's text on one line, without its markup."""
    main = answer.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def body(answer: HttpResponse) -> str:
    """The whole page without the token of its forms, to hold two pages against each other."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def title(answer: HttpResponse) -> str:
    """The page's name in the browser."""
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    assert found is not None
    return found[1]


def key_of(answer: HttpResponse) -> str:
    """The key of the form on the page."""
    found = re.search(r'name="key" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]
