"""Ending the links of what was written, for whoever may no longer be told. Part of this room's operations."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.partnership import permissions


@act("end_links")
def end_links(*, by: Actor, subjects: Iterable[UUID], at: datetime) -> list[UUID]:
    """The links of everything that was written about these (an invitee, a check) open nothing from now on.

    What has not gone yet does not go, and nobody is chased for not having opened it. Takes back nothing that was
    read. Returns the messages whose links it ended. Refuses whoever may not write to anybody.
    """
    permissions.refuse_unless_may_send(by, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partnership_end_links(%s::uuid[], %s)", [list(subjects), at])
        ended = [UUID(str(row[0])) for row in cursor.fetchall()]
    touch(ended=[str(key) for key in ended])
    return ended


def has_ended(message: UUID, at: datetime) -> bool:
    """Whether the link of a message opens nothing any more: it was ended, or it is too old."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_link_ended(%s, %s)", [message, at])
        return bool(cursor.fetchone()[0])
