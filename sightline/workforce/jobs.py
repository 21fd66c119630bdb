"""What the clock does about sign-in: each job a few lines around one operation."""

from django.utils import timezone
from procrastinate.contrib.django import app

from sightline.workforce.closing import close_what_nobody_uses
from sightline.workforce.operations import forget_ended_sessions


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
