"""Whether this process answers and reaches its database, for whatever watches over it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


def healthy(request: HttpRequest) -> HttpResponse:
    """Plain words and nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("answering\n", content_type="text/plain")
