"""An e-mail to whoever answers for a post now: that there is something to read, and nothing about whom or what."""

from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage

from sightline.doorway.operations import first_time
from sightline.workforce.queries import list_accounts, who_to_ring

SUBJECT = "There is something for you to read in Sightline"
BODY = (
    "Please sign in to Sightline and look at My day, under “Told to you”.\n\n"
    "This message says nothing more, so that it can be read by anybody."
)


def send_something_to_read(*, post: UUID, about: UUID, at: datetime) -> None:
    """Send it once for each thing to be read, to the first who is there for the post."""
    ring = who_to_ring(post=post, at=at)
    address = next((one.email for one in list_accounts() if ring and one.id == ring.account), "")
    if address and first_time(key=f"journeys.something_to_read:{about}:{post}", at=at):
        EmailMessage(SUBJECT, BODY, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()
