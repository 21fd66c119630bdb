"""The link and the second code of a message.

Both are worked out from the message's key and the server's secret, and neither is stored. The job
that sends the e-mail runs later, in another process, and must have the link then; a job's row is
read by operators and stays in backups, so the link may not stand in it, nor in the message's row.
Worked out again, it need not be kept anywhere: the database holds two hashes that open nothing,
and the secret alone, without the database, opens nothing either. If the secret is changed before
the job runs, its link no longer fits the hash, and the message comes back as not delivered.
"""

from base64 import urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import salted_hmac


def link_of(message: UUID) -> str:
    """128 bits, as 22 characters that a web address may hold."""
    return urlsafe_b64encode(_secret("link", message)[:16]).rstrip(b"=").decode()


def code_of(message: UUID) -> str:
    """Six digits, for the telephone."""
    return f"{int.from_bytes(_secret('code', message)[:8], 'big') % 1_000_000:06d}"


def _secret(purpose: str, message: UUID) -> bytes:
    return salted_hmac(f"sightline.partnership.{purpose}", str(message), algorithm="sha256").digest()
