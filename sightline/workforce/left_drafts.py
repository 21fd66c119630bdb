"""What people who left had typed and not sent: it goes to the manager of their post. Part of this room's readers."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class LeftDraft:
    """A form that was begun by somebody who left. Without words where the reader may not see whom it is about."""

    account: UUID
    form: str
    saved_at: datetime
    about: UUID | None
    body: dict[str, Any] | None


def list_left_drafts() -> list[LeftDraft]:
    """Of those who last stood in a post below the reader's, latest first. The function in the database decides it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, form, saved_at, about, body FROM workforce_left_drafts()")
        rows = cursor.fetchall()
    return [
        LeftDraft(account, form, saved_at, about, json.loads(body) if isinstance(body, str) else body)
        for account, form, saved_at, about, body in rows
    ]
