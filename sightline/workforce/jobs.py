"""What the clock does about sign-in, and what is sent after an act: each job a few lines around one operation."""

from smtplib import SMTPException
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sightline.doorway.acts import acting
from sightline.workforce.closing import close_what_nobody_uses
from sightline.workforce.inviting import send_letter
from sightline.workforce.operations import forget_ended_sessions

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions=[SMTPException, OSError])


@app.periodic(cron="40 3 * * *")
@app.task(name="workforce.close_unused", queue="clock", queueing_lock="workforce.close_unused")
def close_unused_job(timestamp: int) -> None:
    """Every night: accounts that nobody uses are closed."""
    close_what_nobody_uses(at=timezone.now())


@app.periodic(cron="10 * * * *")
@app.task(name="workforce.forget_sessions", queue="clock", queueing_lock="workforce.forget_sessions")
def forget_sessions_job(timestamp: int) -> None:
    """Every hour: what has run out is thrown away, and with it the word that a browser still shows."""
    forget_ended_sessions(at=timezone.now())


@app.task(name="workforce.send_invitation", queue="mail", retry=AGAIN)
def send_invitation(*, account: str) -> None:
    """Send somebody whose account was opened the link with which they choose a password."""
    with acting(UUID(account)):
        send_letter(account=UUID(account), at=timezone.now())
