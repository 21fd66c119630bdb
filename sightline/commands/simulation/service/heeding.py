"""What becomes of what is sent by link: opened within hours or days, or rung about until somebody hears it.

A few of the latest are always open; of what was sent weeks ago next to nothing is.
"""

from collections.abc import Callable
from uuid import UUID

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service import Service
from sightline.commands.simulation.service.staff import Post
from sightline.doorway.acts import acting
from sightline.journeys.take_contact import desk_of
from sightline.partnership.operations import Composed, record_call
from sightline.partnership.public import open_message
from sightline.partnership.queries import describe_messages, get_message

A_DAY = 8.0


def sent(service: Service, composed: Composed, heard: Callable[[], str], *, by: str) -> None:
    """From now on it waits to be opened; `heard` says how somebody heard it who was rung instead.

    What was no link is left alone: a call was heard, and a letter waits for nobody.
    """
    if not composed.link_token:
        return
    came_from = _came_from(service, composed.message, by)
    post = next((post for key, post in service.staff.posts.items() if service.story.post(key) == came_from), None)
    if service.engine.stream("heeding").random() < rate("front_door", "heeding", "opened") or post is None:
        service.engine.begin(_opened(service, composed))
    else:
        service.engine.begin(_rung(service, composed.message, heard, post))


def _came_from(service: Service, message: UUID, by: str) -> UUID:
    """The post that sent it, and to which it comes back; the desk, where whoever sent it stands beside the desk."""
    who = service.story.who(by)
    with acting(who.id):
        line = describe_messages([message]).get(message)
        return line.sent_by_post if line else desk_of(who)


def _opened(service: Service, composed: Composed) -> Life:
    """Somebody there opens it. Where its link has ended by then they read that, and nothing else comes of it."""
    hours = rate("front_door", "heeding", "opened_hours") * service.engine.stream("heeding").lognormvariate(0, 0.9)
    yield service.engine.office(hours)
    open_message(link_token=composed.link_token, code=composed.code, at=service.now)


def _rung(service: Service, message: UUID, heard: Callable[[], str], post: Post) -> Life:
    """Whoever stands in the post that it came from, or covers it, rings until somebody is there."""
    stream, days = service.engine.stream("heeding calls"), rate("front_door", "heeding", "rung_days")
    while True:
        yield service.engine.office(A_DAY * days * stream.lognormvariate(0, 0.5))
        who = next((one for one in (post.occupant, post.cover) if one and one not in service.staff.away), "")
        if who and _is_heard(service, message, who):
            return
        if who and stream.random() < rate("front_door", "heeding", "reached"):
            record_call(by=service.story.who(who), message=message, how=heard(), at=service.now)
            return
        days = rate("front_door", "heeding", "again_days")


def _is_heard(service: Service, message: UUID, who: str) -> bool:
    """Whether somebody has opened or answered it since."""
    with acting(service.story.who(who).id):
        return get_message(message).acknowledged_at is not None
