"""What the clock does, and what is sent after an act: each job a few lines around one journey."""

from smtplib import SMTPException
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sightline.doorway.acts import acting
from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.hand_over import close_the_day
from sightline.journeys.something_to_read import send_something_to_read

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions=[SMTPException, OSError])


@app.periodic(cron="*/5 * * * *")
@app.task(name="journeys.chase_silence", queue="clock", queueing_lock="journeys.chase_silence")
def chase_silence_job(timestamp: int) -> None:
    """Every five minutes: what nobody opened, what could not be delivered, what was answered."""
    chase_silence(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="journeys.close_the_day", queue="clock", queueing_lock="journeys.close_the_day")
def close_the_day_job(timestamp: int) -> None:
    """Every five minutes: what the front door left undecided goes to the emergency duty team."""
    close_the_day(at=timezone.now())


@app.task(name="journeys.something_to_read", queue="mail", retry=AGAIN)
def something_to_read(*, post: str, about: str, actor: str) -> None:
    """Send whoever answers for a post an e-mail that there is something to read."""
    with acting(UUID(actor)):
        send_something_to_read(post=UUID(post), about=UUID(about), at=timezone.now())
