"""What ends in this room with an account. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from django.db import connection


def end_account(*, account: UUID, at: datetime) -> None:
    """End what one account was given by name: sight of people, and its place among the readers of what is restricted.

    What its posts were given stays with them. Nobody ends their own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_account(%s, %s)", [account, at])
