"""What the clock does: each job a few lines around one journey."""

from django.utils import timezone
from procrastinate.contrib.django import app

from sightline.journeys.chase_silence import chase_silence


@app.periodic(cron="*/5 * * * *")
@app.task(name="journeys.chase_silence", queue="clock", queueing_lock="journeys.chase_silence")
def chase_silence_job(timestamp: int) -> None:
    """Every five minutes: what nobody opened, what could not be delivered, what was answered."""
    chase_silence(at=timezone.now())
