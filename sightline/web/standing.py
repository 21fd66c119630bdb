"""Whether somebody is signed in, for a page that was open meanwhile; and where signing in again in the page ends."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from sightline.web.asked import who


def signed_in(request: HttpRequest) -> HttpResponse:
    """Whose session this is, and the word that its forms are sent with.

    A script of our own asks with a header that no other site can set; what it is told, every page of
    ours holds in its forms. Without that header it is a page, on which signing in again ends.
    """
    if request.headers.get("X-Partial"):
        return JsonResponse({"account": str(who(request).id), "token": get_token(request)})
    return render(request, "account/signed_in.html")
