"""Where a browser's session is kept: beside the account that it is of, so that it can be listed and ended.

Django's own store does not know whose a session is. This is that store with one column more, as its
documentation proposes: no second table has to be kept in step, and no page asks one query more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as KeptInDatabase
from django.utils import timezone

from sightline.workforce.models import Session

BEGAN, SEEN, BROWSER = "began_at", "seen_at", "browser"
NOTED_EVERY = timedelta(minutes=5)
"""How often it is written down that a session is in use: not at every page."""


class SessionStore(KeptInDatabase):
    """Named as Django asks for it (`SESSION_ENGINE`)."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        now = timezone.now()
        began = _moment(data.get(BEGAN)) or now
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # Django's own, without a stub
            session_data=self.encode(dict(data)),
            account_id=UUID(data[SESSION_KEY]) if SESSION_KEY in data else None,
            browser=str(data.get(BROWSER, ""))[:60],
            began_at=began,
            seen_at=now,
            expire_date=ends_at(began=began, seen=now),
        )


def ends_at(*, began: datetime, seen: datetime) -> datetime:
    """When a session ends by itself: so long after it was last used, and never later than so long after it began."""
    return min(began + settings.SESSION_LONGEST, seen + settings.SESSION_QUIET)


def begin(session: SessionBase, *, browser: str, at: datetime) -> None:
    """Somebody has signed in here."""
    session[BEGAN], session[SEEN], session[BROWSER] = at.isoformat(), at.isoformat(), browser


def note_use(session: SessionBase, *, at: datetime) -> None:
    """Somebody who is signed in asked for something. Only what began by signing in is noted."""
    seen = _moment(session.get(SEEN))
    if seen is not None and at - seen >= NOTED_EVERY:
        session[SEEN] = at.isoformat()


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
