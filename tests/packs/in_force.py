"""A pack of another era in force, as an overlay that two people proposed and published."""

from datetime import datetime, timedelta

from sightline.kernel.dates import local_day
from sightline.kernel.references import new_id
from sightline.practice.models import PublishedPack
from sightline.practice.shipped import seal_of
from sightline.practice.spec import Pin
from tests.packs import BASE, values_of


def put_in_force(key: str, *, at: datetime, days_ago: int = 0) -> Pin:
    """From so many days before `at` on. The latest day wins, and no two may be the same."""
    values = values_of(key)
    last = PublishedPack.objects.filter(key=key).order_by("-version").first()
    made = PublishedPack.objects.create(
        key=key, version=last.version + 1 if last else 1, sealed=seal_of(values), spec=values, source="",
        published_at=at, published_by=new_id(), proposed_by=new_id(), base_key=BASE, base_version=1, overlay={},
        effective_from=local_day(at) - timedelta(days=days_ago),
    )  # fmt: skip
    return Pin(made.key, made.version)
