"""A worker says where they live, so that a look at a neighbour's record is seen by whoever answers for them."""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.kernel.errors import Refusal
from sightline.people.rules import home_key, read_address
from sightline.workforce.homes import give_own_home


def say_own_home(*, by: Actor, lines: str, postcode: str, at: datetime) -> UUID:
    """Keep the first line and the postcode as addresses are compared. Refuses one without either."""
    if not lines.strip() or not postcode.strip():
        missing = "address" if not lines.strip() else "postcode"
        raise Refusal("Enter the first line of your address and its postcode.", field=missing)
    kept, known = read_address(lines=lines, postcode=postcode)
    return give_own_home(by=by, match_key=home_key(lines=kept, postcode=known), postcode=known, at=at)
