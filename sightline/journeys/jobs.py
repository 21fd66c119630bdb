"""What the clock does: each job a few lines around one journey."""

from django.utils import timezone
from procrastinate.contrib.django import app

from sightline.journeys.chase_silence import chase_silence
from sightline.journeys.hand_over import close_the_day


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
