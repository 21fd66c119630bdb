"""What stands around every page: who is signed in, one transaction, and what a refusal looks like.

A page is one transaction in which one account acts. Whatever goes wrong in it is undone whole;
only then is the page that says so drawn, and a denied act recorded.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from sightline.doorway.acts import acting, deny
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.web.frame import frame_for
from sightline.web.refused import undone, write_page
from sightline.workforce.queries import get_actor
from sightline.workforce.sessions import note_use

HEALTH = "/healthy"
# Pages that somebody reaches who has not signed in. Everything else asks for it.
OPEN_PATHS = ("/account/", "/m/", HEALTH)
METHODS = ("GET", "POST")
HEALTH_METHODS = ("GET", "HEAD")

Answer = Callable[[HttpRequest], HttpResponseBase]


def keep_nothing(get_response: Answer) -> Answer:
    """No page of ours is kept by a browser or by anything on the way."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    return answer


def answer_two_methods(get_response: Answer) -> Answer:
    """A page is looked at or a form is sent: nothing else is asked of a page of ours, by anybody.

    Asking for a page's head alone would record a look at a record that nobody saw.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        allowed = HEALTH_METHODS if request.path_info == HEALTH else METHODS
        return get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)

    return answer


def require_sign_in(get_response: Answer) -> Answer:
    """Sends whoever is not signed in to sign in, and back to what they were doing.

    A form that is sent after its session ended goes back to its page, which shows its draft.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            note_use(request.session, at=datetime.now(UTC))
            return get_response(request)
        if request.path_info.startswith(OPEN_PATHS):
            return get_response(request)
        if request.headers.get("X-Partial"):
            return JsonResponse({"signed_out": True}, status=HTTPStatus.UNAUTHORIZED)
        return redirect(f"{reverse('account_login')}?{urlencode(_way_back(request))}")

    return answer


def _way_back(request: HttpRequest) -> dict[str, str]:
    if request.method != "POST":
        return {"next": request.get_full_path()}
    key = _uuid(request.POST.get("key", ""))
    if key is None:
        return {"next": request.path, "ended": "1"}
    return {"next": f"{reverse('resume', args=[key])}?{urlencode({'back': request.path})}", "ended": "1"}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class OneTransaction:
    """Everything that a page asks and changes, in one transaction of whoever is signed in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == HEALTH:
            return self.get_response(request)
        account = request.user.pk if request.user.is_authenticated else None
        key = str(uuid4())
        with acting(account, request=key) as denied:
            response = self._answer(request, account)
            refused = undone(response)
            if isinstance(refused, NotPermitted | NotFound) and not denied:
                _deny_page(request, refused)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or refused:
                transaction.set_rollback(True)
        if refused is None:
            return response
        with acting(account, request=key):
            return write_page(request, refused)

    def _answer(self, request: HttpRequest, account: UUID | None) -> HttpResponseBase:
        if account is not None:
            try:
                request.actor = get_actor(account)  # type: ignore[attr-defined]  # what the frame and the pages read
            except NotFound:
                logout(request)
                return redirect("account_inactive")
            request.shell = SimpleLazyObject(lambda: frame_for(request))  # type: ignore[attr-defined]  # as above
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal becomes a page of its own, once all that went before it is undone."""
        if not isinstance(error, Refusal):
            return None
        response = HttpResponse()
        response.refused = error  # type: ignore[attr-defined]  # read by `undone`
        return response


def _deny_page(request: HttpRequest, refused: Refusal) -> None:
    """A page that was refused, by its name and the keys in its address. Absent and hidden leave the same row:
    nobody asks here whether there is such a person.
    """
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return
    keys = {name: key for name, key in found.kwargs.items() if isinstance(key, UUID)}
    by = getattr(request, "actor", None)
    if isinstance(refused, NotFound) and (by is None or not keys):
        return
    people = [keys.pop("person")] if "person" in keys else []
    asked = {name: str(key) for name, key in keys.items()}
    deny(what=found.url_name or "", by=by, at=datetime.now(UTC), people=people, **asked)
