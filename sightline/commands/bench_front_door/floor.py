"""The machine's own floor: a bare view with one indexed query and nothing around it."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from sightline.workforce.models import Account


def bare(request: HttpRequest, account: UUID) -> HttpResponse:
    return HttpResponse(Account.objects.values_list("name", flat=True).get(id=account))


urlpatterns = [path("bare/<uuid:account>", bare)]


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The only middleware: requests of this client are answered from this module's addresses."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]  # Django's own hook
        return get_response(request)

    return answer


def bare_client() -> Client:
    """A client whose requests pass through nothing of the product."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(MIDDLEWARE=[f"{__name__}.own_addresses"]):
        client.handler.load_middleware()
    return client
