"""Publishing packs. The only writer of this room."""

from datetime import datetime

from django.db import connection, transaction

from sightline.kernel.dates import local_day
from sightline.practice.models import PublishedPack
from sightline.practice.parse import parse_pack
from sightline.practice.shipped import PACKS, SHIPPED, Source, read_source
from sightline.practice.spec import Pin


def publish_shipped_packs(*, at: datetime) -> tuple[Pin, ...]:
    """Seals a copy of every pack that comes with the product and has changed.

    Safe to run at every start: what has not changed is left alone. Gives the pins of
    what was published now. Refuses a pack that is not sound, and then publishes none.
    The first copy is in force from the day that the pack itself names, and a later
    copy from the day it is published, so no earlier day changes its rules.
    """
    sources = [read_source(PACKS / key) for key in SHIPPED]
    with transaction.atomic():
        # Two processes that start together must not both find the pack changed.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('practice.publish'))")
        return tuple(pin for source in sources if (pin := _publish(source, at=at)))


def _publish(source: Source, *, at: datetime) -> Pin | None:
    pack = parse_pack(source.values)
    last = PublishedPack.objects.filter(key=pack.key).order_by("-version").values_list("version", "sealed").first()
    if last and last[1] == source.seal:
        return None
    version = last[0] + 1 if last else 1
    PublishedPack.objects.create(
        key=pack.key,
        version=version,
        sealed=source.seal,
        spec=source.values,
        source=source.text,
        published_at=at,
        effective_from=local_day(at) if last else pack.basis.effective.begins,
    )
    return Pin(pack.key, version)
