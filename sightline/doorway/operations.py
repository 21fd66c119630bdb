"""Sending a form once, keeping what is typed, and doing a job's effect once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.doorway.actor import Actor
from sightline.doorway.models import Draft, Effect, Submission
from sightline.kernel.errors import NotFound, Refusal, Stale


class SentDifferently(Refusal):
    """The same form key came again with other words in it."""


def submit_once(
    *,
    by: Actor,
    key: UUID,
    form: str,
    body: Mapping[str, Any],
    at: datetime,
    perform: Callable[[], UUID],
) -> UUID:
    """Perform what a form asks for, or give the first answer again if it was sent before.

    A page with several forms may give them all one key. The first of two simultaneous sendings wins;
    the second waits for it and gets its answer.
    """
    digest = _digest(body)
    with transaction.atomic():
        sent, first = Submission.objects.get_or_create(
            account=by.id, key=key, form=form, defaults={"digest": digest, "at": at}
        )
        if not first:
            return _answer_again(sent, digest)
        sent.result = perform()
        sent.save(update_fields=["result"])
        Draft.objects.filter(id=key, account=by.id).delete()
        return sent.result


def _answer_again(sent: Submission, digest: str) -> UUID:
    if sent.digest != digest or sent.result is None:
        raise SentDifferently(
            "This form was already sent, with different words in it. "
            "Open what was recorded and correct it there; your words are still on this page."
        )
    return sent.result


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def save_draft(
    *,
    by: Actor,
    key: UUID,
    form: str,
    body: Mapping[str, Any],
    at: datetime,
    about: UUID | None = None,
    title: str = "",
    version: int | None = None,
) -> Draft:
    """Keep what has been typed so far; returns the draft with its new version.

    `version` is the one the page last saw. If another page of the same person has saved since,
    nothing is overwritten: `Stale` carries both texts.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(id=key, account=by.id).first()
        if draft is None:
            return _begin_draft(
                id=key, account=by.id, form=form, about=about, title=title, body=dict(body), begun_at=at, saved_at=at
            )
        if version is not None and version != draft.version:
            raise Stale(
                "This was also changed in another window. Both texts are shown; "
                "keep the words you want and save again.",
                theirs=json.dumps(draft.body, ensure_ascii=False),
                yours=json.dumps(dict(body), ensure_ascii=False),
            )
        draft.body, draft.saved_at, draft.version = dict(body), at, draft.version + 1
        draft.title = title or draft.title
        draft.save(update_fields=["body", "saved_at", "version", "title"])
        return draft


def _begin_draft(**facts: Any) -> Draft:
    """A first save. A key under which somebody else keeps a draft is no key of this page's."""
    try:
        with transaction.atomic():
            return Draft.objects.create(**facts)
    except IntegrityError as taken:
        raise NotFound("This page was not whole when it was sent. Open it again, and copy your words over.") from taken


def discard_draft(*, by: Actor, key: UUID) -> None:
    """Throw away one's own draft."""
    Draft.objects.filter(id=key, account=by.id).delete()


def first_time(*, key: str, at: datetime) -> bool:
    """Whether a job's effect has yet to be done; claims it in the transaction that is open."""
    return Effect.objects.get_or_create(key=key, defaults={"done_at": at})[1]
