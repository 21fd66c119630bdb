"""What goes out by e-mail after an act has committed. Arguments are keys; no name, address or link."""

from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from sightline.doorway.acts import acting
from sightline.partnership import delivery

TRIES = 6
AGAIN = RetryStrategy(max_attempts=TRIES - 1, exponential_wait=4, retry_exceptions=[delivery.MailServerError])


def _is_last(context: JobContext) -> bool:
    return context.job is None or context.job.attempts >= TRIES - 1


@app.task(name="partnership.send_message", queue="mail", retry=AGAIN, pass_context=True)
def send_message(context: JobContext, *, message: str, actor: str) -> None:
    """Send one message's e-mail as whoever wrote it; what they may see is asked again now."""
    with acting(UUID(actor)):
        delivery.deliver(message=UUID(message), at=timezone.now(), last_try=_is_last(context))


@app.task(name="partnership.tell_manager", queue="mail", retry=AGAIN, pass_context=True)
def tell_manager(context: JobContext, *, message: str, actor: str) -> None:
    """Tell the recipient's manager that a message is unopened."""
    with acting(UUID(actor)):
        delivery.tell_manager(message=UUID(message), at=timezone.now(), last_try=_is_last(context))
