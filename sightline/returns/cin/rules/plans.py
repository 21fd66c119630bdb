"""Rules about child in need plans, alone and beside protection plans."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, CinPlan, Episode, ProtectionPlan
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import (
    Place,
    Span,
    after,
    before,
    begins_within,
    child_rule,
    episode_rule,
    outside,
    overlapping,
)


def spans(plans: tuple[CinPlan, ...] | tuple[ProtectionPlan, ...]) -> list[Span]:
    """The periods of plans; one whose end is given and cannot be read is left out."""
    return [Span(plan.start, plan.end.value) for plan in plans if plan.end.value or not plan.end.given]


def cin_plans(child: Child) -> tuple[CinPlan, ...]:
    """Every child in need plan of the child, in any episode."""
    return tuple(plan for episode in child.episodes for plan in episode.cin_plans)


@episode_rule(
    "4001",
    "A child in need plan is open beside an open child protection plan.",
    "End the child in need plan on the day on which the protection plan began.",
)
def both_open(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if any(not plan.end.given for plan in episode.protection_plans):
        yield from (plan.end for plan in episode.cin_plans if not plan.end.given)


@episode_rule(
    "4003",
    "A review of a protection plan was held while a child in need plan was running.",
    "Correct the dates. A review may stand on the day on which the protection plan ended.",
)
def review_during_plan(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    running = spans(episode.cin_plans)
    for plan in episode.protection_plans:
        for day in (day for review in plan.reviews for day in review.dates):
            during = (begins_within(day, s, census.end, touching=False) for s in running)
            if day.value != plan.end.value and any(during):
                yield day


@child_rule(
    "4004",
    "The child has more than one open child in need plan.",
    "End the plans that have ended.",
)
def two_open(child: Child, census: Census) -> Iterator[Place]:
    opened = [plan for plan in cin_plans(child) if not plan.end.given]
    if len(opened) > 1:
        yield from (plan.here for plan in opened)


@episode_rule(
    "4008",
    "The child in need plan began after the child's death.",
    "Correct whichever date is wrong.",
)
def began_after_death(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    died = child.identifiers.death_date
    yield from (plan.start for plan in episode.cin_plans if after(plan.start, died))


@episode_rule(
    "4009Q",
    "The child in need plan ended after the child's death.",
    "Correct whichever date is wrong.",
)
def ended_after_death(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    died = child.identifiers.death_date
    yield from (plan.end for plan in episode.cin_plans if after(plan.end, died))


@episode_rule(
    "4010",
    "The child in need plan has no start that can be read, or one after the reference date.",
    "Give the day on which the plan began.",
)
def no_start(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.cin_plans:
        if plan.start.value is None or after(plan.start, census.end):
            yield plan.start


@episode_rule(
    "4011",
    "The child in need plan ended before it began.",
    "Correct whichever date is wrong.",
)
def ended_before_start(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (plan.end for plan in episode.cin_plans if before(plan.end, plan.start))


@episode_rule(
    "4012Q",
    "The child in need plan began and ended on one day.",
    "Check the dates.",
)
def one_day(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.cin_plans:
        if plan.start.value and plan.start.value == plan.end.value:
            yield plan.end


@episode_rule(
    "4013",
    "The child in need plan ended outside the census year.",
    "Correct the date, or leave out a plan that belongs to another census.",
)
def ended_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (plan.end for plan in episode.cin_plans if outside(plan.end, census))


@child_rule(
    "4014",
    "The child in need plan began while another of the child's was running.",
    "Correct the dates.",
)
def two_at_once(child: Child, census: Census) -> Iterator[Place]:
    yield from overlapping(spans(cin_plans(child)), census.end, touching=True)


@episode_rule(
    "4015",
    "The child in need plan began before the referral.",
    "Correct whichever date is wrong, or move the plan to the right episode.",
)
def began_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.cin_plans:
        if before(plan.start, episode.referral_date):
            yield plan.start


@episode_rule(
    "4016",
    "The child in need plan began while a protection plan was running.",
    "End the protection plan on the day on which the child in need plan began, or correct it.",
)
def began_during_protection(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    running = spans(episode.protection_plans)
    for plan in episode.cin_plans:
        if any(begins_within(plan.start, s, census.end, touching=False) for s in running):
            yield plan.start


@episode_rule(
    "4017",
    "A protection plan began while a child in need plan was running.",
    "End the child in need plan on the day on which the protection plan began.",
)
def protection_during_plan(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    running = spans(episode.cin_plans)
    for plan in episode.protection_plans:
        if any(begins_within(plan.start, s, census.end, touching=False) for s in running):
            yield plan.start
