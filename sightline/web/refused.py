"""Pages for what was refused. Each says what to do; none says whether a hidden thing is there."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.web.presenters import words


def undone(response: HttpResponseBase) -> Refusal | None:
    """The refusal for which everything that this request did is undone; None for an ordinary answer."""
    return getattr(response, "refused", None)


def write_page(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """The page for a refusal that no form could show beside its words."""
    if isinstance(refused, NotFound):
        # Without its sentence: absent and hidden must be the same page to the letter.
        return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
    if isinstance(refused, NotPermitted):
        return render(request, "403.html", {"message": refused.message}, status=HTTPStatus.FORBIDDEN)
    if isinstance(refused, Stale):
        return render(request, "409.html", stale_context(refused), status=HTTPStatus.CONFLICT)
    return render(request, "400.html", {"message": refused.message}, status=HTTPStatus.BAD_REQUEST)


def stale_context(stale: Stale, *, who: str = "somebody else", label: str = "Text") -> dict[str, object]:
    """Both texts for components/stale.html."""
    now = words.clock_time(datetime.now(UTC))
    return {
        "message": stale.message,
        "theirs": {"who": who, "when": f"before {now}", "rows": [{"name": label, "text": stale.theirs}]},
        "mine": {"rows": [{"name": label, "text": stale.yours}]},
    }


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without its token: most often a page that was open before signing in."""
    message = "This page was open for too long, or in another window. Go back, reload it, and send it again."
    return render(request, "403.html", {"message": message}, status=HTTPStatus.FORBIDDEN)
