"""What befalls those who work there: they leave and are replaced, fall ill, and go on holiday."""

from datetime import date, datetime, time, timedelta
from random import Random

from sightline.commands.simulation.engine import Engine, Life
from sightline.commands.simulation.rates import rate
from sightline.commands.simulation.service.staff import ADMINISTRATOR, Post, Staff
from sightline.doorway.roles import Role
from sightline.kernel.london import at_local_time, local_day
from sightline.kernel.working_days import add_working_days
from sightline.workforce import operations as workforce

YEAR = timedelta(days=365.25)
WEEK = timedelta(weeks=1)


def begin(staff: Staff) -> None:
    """From now on they come and go."""
    for post in staff.posts.values():
        if post.occupant not in staff.stays:
            staff.engine.begin(_leaving(staff, post))
            for away in (_sick, _holidays):
                staff.engine.begin(away(staff, post))


# --- leaving ------------------------------------------------------------------------------------


def _leaving(staff: Staff, post: Post) -> Life:
    """Whoever stands in the post leaves; it stands empty or is covered, until somebody starts."""
    engine, stream = staff.engine, staff.engine.stream(f"leaving {post.key}")
    agency = False
    while True:
        stays = stream.expovariate(1.0) * YEAR / rate("staff", "coming_and_going", "leaves")
        if agency:
            stays = stream.expovariate(1.0) * YEAR / 12 * rate("staff", "coming_and_going", "agency_months")
        yield engine.wait(stays)
        yield engine.until(evening(engine))
        left = post.occupant
        _ends_absence(staff, left)
        workforce.leave(by=staff.story.who(ADMINISTRATOR), account=staff.account(left), at=engine.now)
        end_cover(staff, post)
        post.occupant = ""
        _stop_covering(staff, left)
        staff.changed()
        # A team is not left without a manager: somebody acts up, or comes from an agency, within days.
        agency = stream.random() < rate("staff", "coming_and_going", "agency") or post.role == Role.TEAM_MANAGER
        weeks = 0.4 if agency else rate("staff", "coming_and_going", "empty_weeks")
        yield from _covered(staff, post, stream, stream.expovariate(1.0) * WEEK * weeks)
        yield engine.until(morning(engine))
        end_cover(staff, post)
        staff.fill(post.key)


def _stop_covering(staff: Staff, account: str) -> None:
    """Whoever has left covers nobody any more; leaving has ended it in the record."""
    for post in staff.posts.values():
        if post.cover == account:
            post.cover = ""


def _covered(staff: Staff, post: Post, stream: Random, long: timedelta) -> Life:
    """A colleague stands in, where the post stays empty for longer than a few days."""
    engine = staff.engine
    if long > timedelta(days=rate("staff", "away", "covered_from_days")):
        yield engine.until(morning(engine))
        cover(staff, post, stream)
        long -= timedelta(days=1)
    yield engine.wait(long)


def cover(staff: Staff, post: Post, stream: Random) -> None:
    """The manager names somebody of the same team who is here; nobody where there is none."""
    here = [
        other.occupant
        for other in staff.posts.values()
        if other.manager == post.manager and other.role == post.role and other is not post
        and other.occupant and other.occupant not in staff.away
    ]  # fmt: skip
    if not here:
        return
    post.cover = stream.choice(here)
    workforce.set_cover(
        by=staff.story.who(staff.carrying(post.manager)), post=staff.story.post(post.key),
        account=staff.account(post.cover), at=staff.engine.now,
    )  # fmt: skip
    staff.changed()


def end_cover(staff: Staff, post: Post) -> None:
    """Nobody stands in any more."""
    if not post.cover:
        return
    workforce.end_cover(
        by=staff.story.who(staff.carrying(post.manager)), post=staff.story.post(post.key), at=staff.engine.now
    )
    post.cover = ""
    staff.changed()


# --- away ---------------------------------------------------------------------------------------


def _sick(staff: Staff, post: Post) -> Life:
    engine, stream = staff.engine, staff.engine.stream(f"sick {post.key}")
    while True:
        yield engine.wait(stream.expovariate(1.0) * YEAR / rate("staff", "away", "sick_spells"))
        long = stream.random() < rate("staff", "away", "long_sick")
        days = rate("staff", "away", "long_sick_days" if long else "sick_days")
        yield from _away(staff, post, stream, max(1, round(stream.expovariate(1 / days))), told=False)


def _holidays(staff: Staff, post: Post) -> Life:
    engine, stream = staff.engine, staff.engine.stream(f"holidays {post.key}")
    while True:
        yield engine.wait(stream.uniform(0.5, 1.5) * YEAR / rate("staff", "away", "holidays"))
        days = max(1, round(stream.gauss(rate("staff", "away", "holiday_days"), 2)))
        yield from _away(staff, post, stream, days, told=True)


def _away(staff: Staff, post: Post, stream: Random, days: int, *, told: bool) -> Life:
    """Somebody is away for so many working days; `told` before, so that their return is known."""
    engine, who = staff.engine, post.occupant
    yield engine.until(morning(engine))
    if not who or who in staff.away or post.occupant != who:
        return
    back = add_working_days(local_day(engine.now), days)
    workforce.begin_absence(
        by=staff.story.who(who), account=staff.account(who), back_on=back if told else None, at=engine.now
    )
    staff.away.add(who)
    covered = days >= rate("staff", "away", "covered_from_days")
    if covered and not post.cover:
        cover(staff, post, stream)
    yield engine.until(at_hour(back, 8))
    if who not in staff.away:
        return
    _ends_absence(staff, who)
    if post.occupant == who:
        end_cover(staff, post)


def _ends_absence(staff: Staff, who: str) -> None:
    if who in staff.away:
        workforce.end_absence(by=staff.story.who(who), account=staff.account(who), at=staff.engine.now)
        staff.away.discard(who)


# --- hours --------------------------------------------------------------------------------------


def morning(engine: Engine) -> datetime:
    """Eight o'clock of the next working day."""
    return at_hour(add_working_days(local_day(engine.now), 1), 8)


def evening(engine: Engine) -> datetime:
    """Six o'clock of the next working day, when nobody is at work any more."""
    return at_hour(add_working_days(local_day(engine.now), 1), 18)


def at_hour(day: date, hour: int) -> datetime:
    """That hour of that day."""
    return at_local_time(day, time(hour))
