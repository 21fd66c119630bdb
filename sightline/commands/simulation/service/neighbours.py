"""The agencies of the place are opened, so that one can write to them."""

from collections.abc import Iterable

from sightline.commands.demonstration.telling import Telling
from sightline.commands.simulation.place.agencies import Agency
from sightline.commands.simulation.service.staff import ADMINISTRATOR, Staff
from sightline.partnership.operations import add_agency, add_agency_post


def open_agencies(story: Telling, staff: Staff, agencies: Iterable[Agency]) -> None:
    """Schools, nurseries and surgeries, each with a mailbox; those that stand already are left as they are."""
    by, at, authority = story.who(ADMINISTRATOR), staff.engine.now, story.authority
    opened, boxes = dict(authority.agencies), dict(authority.mailboxes)
    for number, one in enumerate(one for one in agencies if one.key not in opened):
        opened[one.key] = add_agency(by=by, key=one.key, kind=one.kind, name=one.name, at=at)
        for key, title in one.boxes:
            boxes[key] = add_agency_post(
                by=by, agency=opened[one.key], key=key, title=title, email=f"{key.rsplit('-', 1)[1]}@{one.domain}",
                phone=f"01632 960{300 + number % 700}", manager_title="Head", manager_email=f"head@{one.domain}",
                at=at,
            )  # fmt: skip
    story.authority = authority.with_more(agencies=opened, mailboxes=boxes)
