"""The way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def home(request: HttpRequest) -> HttpResponse:
    """Every day begins at one's own desk."""
    return redirect("my-day")


def my_day(request: HttpRequest) -> HttpResponse:
    return render(request, "casework/my-day.html")
