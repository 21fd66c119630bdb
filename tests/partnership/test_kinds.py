"""The kinds of agency that the practice pack speaks of are kinds that an agency can be."""

from datetime import UTC, datetime

from sightline.partnership.models import Agency
from sightline.practice.operations import publish_shipped_packs
from sightline.practice.queries import current_pack


def test_every_kind_in_the_pack_is_a_kind_of_agency(db: None) -> None:
    at = datetime.now(UTC)
    publish_shipped_packs(at=at)
    pack = current_pack(at)
    spoken_of = {option.agency for option in pack.list("source").options if option.agency}
    spoken_of |= {check.agency for check in pack.checks} | {option.key for option in pack.list("agency_kind").options}
    assert spoken_of <= set(Agency.Kind.values)
