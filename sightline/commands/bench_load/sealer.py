"""The sealer as it is once it has sealed what was there: what was loaded is old, and what is new is sealed as ever."""

import sys
import time

from sightline.commands.audit import EVERY_SECONDS, seal_pass
from sightline.commands.database import ready


def main(since: str) -> None:
    """Seals what came in transaction `since` and later, every few seconds, until it is stopped."""
    ready("serving")
    from django.conf import settings

    from sightline.audit.sealing import Sealer
    from sightline.audit.seals import Seals

    sealer = Sealer(Seals(settings.SEALS), since=since)
    while True:
        began = time.monotonic()
        seal_pass(sealer)
        time.sleep(max(EVERY_SECONDS - (time.monotonic() - began), 0.1))


if __name__ == "__main__":
    main(sys.argv[1])
