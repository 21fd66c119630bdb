"""Rules about child protection plans and their reviews."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, Episode, ProtectionPlan
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.plans import spans
from sightline.returns.cin.rules.register import (
    Place,
    after,
    before,
    child_rule,
    episode_rule,
    outside,
    overlapping,
)


def _plans(child: Child) -> tuple[ProtectionPlan, ...]:
    return tuple(plan for episode in child.episodes for plan in episode.protection_plans)


@episode_rule(
    "1105",
    "The protection plan began before the referral.",
    "Correct whichever date is wrong, or move the plan to the right episode.",
)
def began_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if before(plan.start, episode.referral_date):
            yield plan.start


@episode_rule(
    "8720",
    "The protection plan has no start that can be read, or one after the reference date.",
    "Give the day on which the plan began.",
)
def no_start(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if plan.start.value is None or after(plan.start, census.end):
            yield plan.start


@episode_rule(
    "8730",
    "How many protection plans the child had before is missing or is not a whole number.",
    "Give the number; 0 where this is the first.",
)
def no_count(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if plan.previous_plans.value is None:
            yield plan.previous_plans


@episode_rule(
    "8905",
    "The plan's first category of abuse is missing or is not one of the year's codes.",
    "Give the category that the conference decided.",
)
def no_first_category(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if plan.initial_category.raw not in census.year.abuse:
            yield plan.initial_category


@episode_rule(
    "8910",
    "The plan's latest category of abuse is missing or is not one of the year's codes.",
    "Give the category that the latest conference decided.",
)
def no_latest_category(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if plan.latest_category.raw not in census.year.abuse:
            yield plan.latest_category


@episode_rule(
    "8915",
    "The protection plan began after the child's death.",
    "Correct whichever date is wrong.",
)
def began_after_death(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    died = child.identifiers.death_date
    yield from (plan.start for plan in episode.protection_plans if after(plan.start, died))


@episode_rule(
    "8920",
    "The protection plan ended after the child's death.",
    "Correct whichever date is wrong.",
)
def ended_after_death(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    died = child.identifiers.death_date
    yield from (plan.end for plan in episode.protection_plans if after(plan.end, died))


@episode_rule(
    "8925",
    "The protection plan ended before it began.",
    "Correct whichever date is wrong.",
)
def ended_before_start(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (plan.end for plan in episode.protection_plans if before(plan.end, plan.start))


@episode_rule(
    "8930",
    "The protection plan ended outside the census year.",
    "Correct the date, or leave out a plan that belongs to another census.",
)
def ended_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (plan.end for plan in episode.protection_plans if outside(plan.end, census))


@child_rule(
    "8935",
    "The child has more than one open protection plan.",
    "End the plans that have ended.",
)
def two_open(child: Child, census: Census) -> Iterator[Place]:
    opened = [plan for plan in _plans(child) if not plan.end.given]
    if len(opened) > 1:
        yield from (plan.here for plan in opened)


@child_rule(
    "8940",
    "The protection plan began while another of the child's was running.",
    "Correct the dates.",
)
def two_at_once(child: Child, census: Census) -> Iterator[Place]:
    yield from overlapping(spans(_plans(child)), census.end, touching=True)


@episode_rule(
    "8840",
    "The protection plan began and ended on one day.",
    "Check the dates.",
)
def one_day(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        if plan.start.value and plan.start.value == plan.end.value:
            yield plan.end


@episode_rule(
    "8841",
    "A review was held on or before the day on which the plan began.",
    "Correct whichever date is wrong. The first review follows the initial conference.",
)
def review_too_early(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        for day in (day for review in plan.reviews for day in review.dates):
            if day.value and not after(day, plan.start) and plan.start.value:
                yield day


@episode_rule(
    "8842Q",
    "A review is given without a date that can be read.",
    "Give the date of each review, or leave the review out.",
)
def review_without_date(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for plan in episode.protection_plans:
        for review in plan.reviews:
            unread = [day for day in review.dates if day.value is None]
            yield from unread if review.dates else [review.here]


@episode_rule(
    "2885",
    "The protection plan began in the census year on a day other than its initial conference's.",
    "Correct whichever date is wrong: a plan begins on the day of the conference.",
)
def began_another_day(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    held = {enquiry.conference.value for enquiry in episode.enquiries}
    if not episode.enquiries:
        held = {episode.conference.value}
    for plan in episode.protection_plans:
        day = plan.start.value
        if day and not (day < census.start or day > census.end) and day not in held:
            yield plan.start
