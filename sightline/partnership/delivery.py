"""Handing a message's e-mail to the mail server, and keeping what it answered. Called by jobs only.

The e-mail says that there is a message, where, and whom to ring. Whoever else reads that inbox
learns nothing from it.
"""

from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from sightline.doorway.operations import first_time
from sightline.kernel.dates import day_words, local_day
from sightline.partnership import keys
from sightline.partnership.ending import has_ended
from sightline.partnership.models import Message
from sightline.partnership.queries import is_closed
from sightline.partnership.rules import is_for_good, link_hash
from sightline.practice.queries import letter
from sightline.practice.rules import fill

RING_US = "children's services on the number you already have"


class MailServerError(Exception):
    """The mail server could not take it now; nothing was changed, and the job runs again."""


def link_address(link_token: str) -> str:
    """The whole address of a message's page."""
    origin = getattr(settings, "SIGHTLINE_ADDRESS", "") or f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"{origin.rstrip('/')}/m/{link_token}"


def deliver(*, message: UUID, at: datetime, last_try: bool) -> None:
    """Send the e-mail of one message, once. The transaction in which the sender acts is open.

    If the sender may no longer see the message (they have left, or were kept away since), it is
    not sent in their name: it comes back to their post as not delivered. Where its link was ended
    since, nothing goes and nothing comes back.
    """
    if not first_time(key=f"partnership.send:{message}", at=at):
        return
    found = Message.objects.filter(id=message).select_related("agency_post__agency").first()
    if found is None or found.agency_post is None:
        _keep_failure(message, "whoever wrote it can no longer see it; ring them, or write anew from the record")
        return
    if is_closed(found.agency_post):
        _keep_failure(message, "the post has closed")
        return
    if has_ended(message, at):
        return
    link = keys.link_of(message)
    if not _key_fits(message, link):
        _keep_failure(message, "its link was made with an earlier secret; send it again")
        return
    filled = fill(letter("notice", at=at), {"link": link_address(link), "ring": found.ring or RING_US})
    failure = _hand_over(found.agency_post.email, filled.subject, filled.body, last_try=last_try)
    if failure:
        _keep_failure(message, failure)
        return
    Message.objects.filter(id=message).update(sent_at=at, delivered_at=at, failure="")


def tell_manager(*, message: UUID, at: datetime, last_try: bool) -> None:
    """Tell the recipient's manager that nobody has opened a message, once."""
    if not first_time(key=f"partnership.manager:{message}", at=at):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partnership_manager_to_tell(%s)", [message])
        row = cursor.fetchone()
    if row is None:  # opened meanwhile
        return
    email, post_title, agency, composed, ring = row
    body = (
        f"There is a message from children's services, sent on {day_words(local_day(composed))} to "
        f"{post_title}, {agency}, that nobody has opened.\n\n"
        f"Please see that it is opened today. If it needs another reader, ring {ring or RING_US}."
    )
    if _hand_over(email, "You have a message that nobody has opened", body, last_try=last_try):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_manager_told(%s, %s)", [message, at])


def _hand_over(address: str, subject: str, body: str, *, last_try: bool) -> str:
    """Blank when the mail server took it, else why it never will. Raises `MailServerError` for what may pass."""
    mail = EmailMessage(subject, body, to=[address], headers={"Auto-Submitted": "auto-generated"})
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        code = max(answer[0] for answer in refused.recipients.values())
        return _weigh(code, "the mail server does not know this address", last_try=last_try)
    except SMTPResponseException as refused:
        return _weigh(refused.smtp_code, "the mail server refused it", last_try=last_try)
    except (SMTPException, OSError):
        return _weigh(0, "the mail server could not be reached", last_try=last_try)
    return ""


def _weigh(code: int, words: str, *, last_try: bool) -> str:
    # The server's own words are not kept: they can repeat what was in the letter.
    if not is_for_good(code) and not last_try:
        raise MailServerError(words)
    return words


def _key_fits(message: UUID, link: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_key_fits(%s, %s)", [message, link_hash(link)])
        return bool(cursor.fetchone()[0])


def _keep_failure(message: UUID, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_not_delivered(%s, %s)", [message, why])
