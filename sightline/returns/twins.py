"""Children whom an import brought in and who may be somebody restricted. Part of this room's operations."""

from datetime import datetime
from uuid import UUID

from django.db import connection


def close_possible_twins(*, batch: UUID, at: datetime) -> list[tuple[UUID, UUID]]:
    """Take sight of them from everybody, and say whom each may be: pairs of a new key and a restricted one.

    In the transaction of the import itself, so that there is no moment at which a second record stands open
    beside a closed one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, restricted FROM returns_close_twins(%s, %s)", [batch, at])
        return [(person, restricted) for person, restricted in cursor.fetchall()]
