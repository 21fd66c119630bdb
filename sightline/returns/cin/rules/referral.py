"""Rules about the referral: its date, source, main need, and what may follow it."""

from collections.abc import Iterator
from datetime import date

from sightline.returns.cin.parts import Child, Episode
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import (
    Place,
    after,
    before,
    episode_rule,
    working_days_before,
    wrong_code,
)

_SOURCE_ASKED_FROM = date(2013, 4, 1)


@episode_rule(
    "8568",
    "Whether the referral ended in no further action is missing, or is neither yes nor no.",
    "Give true or false (or 1 or 0).",
)
def no_flag(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.no_further_action.value is None:
        yield episode.no_further_action


@episode_rule(
    "8569Q",
    "The referral ended in no further action more than a working day before the census year.",
    "Leave it out: it belongs to an earlier census. If something followed, mark it so.",
)
def old_no_further_action(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    earliest = working_days_before(census.start, 1)
    if episode.no_further_action.value is True and before(episode.referral_date, earliest):
        yield episode.no_further_action


@episode_rule(
    "8600",
    "The referral has no date that can be read, or one after the reference date.",
    "Give the day on which the referral was received.",
)
def no_referral_date(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.referral_date.value is None or after(episode.referral_date, census.end):
        yield episode.referral_date


@episode_rule(
    "8555Q",
    "The child was referred after the date of death.",
    "Correct whichever date is wrong, or take the episode off this child.",
)
def referred_after_death(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if after(episode.referral_date, child.identifiers.death_date):
        yield episode.referral_date


@episode_rule(
    "8610",
    "The referral led to further action and has no main need.",
    "Give the main need's code; N0 where it is not stated.",
)
def no_need(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.no_further_action.value is False and not episode.primary_need.given:
        yield episode.primary_need


@episode_rule(
    "8650",
    "The main need is not one of the year's codes.",
    "Give one of the year's codes.",
)
def wrong_need(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if wrong_code(episode.primary_need, census.year.primary_needs):
        yield episode.primary_need


@episode_rule(
    "8866",
    "Who made the referral is missing or is not one of the year's codes.",
    "Give one of the year's codes; 10 where it is not known. Before April 2013 none was asked.",
)
def no_source(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    source = episode.referral_source
    asked = not before(episode.referral_date, _SOURCE_ASKED_FROM)
    missing = not source.given and asked
    if missing or wrong_code(source, census.year.referral_sources):
        yield source


@episode_rule(
    "8831",
    "An assessment, an enquiry or a conference stands on a referral with no further action.",
    "Mark the referral as having led further, or move the activity to the right episode.",
)
def activity_after_no_action(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.no_further_action.value is not True:
        return
    days: list[Place] = [episode.conference]
    for assessment in episode.assessments:
        days += [assessment.start, assessment.authorised]
    for enquiry in episode.enquiries:
        days += [enquiry.start, enquiry.conference]
    yield from (day for day in days if day.given)


@episode_rule(
    "8832",
    "A child protection plan stands on a referral with no further action.",
    "Mark the referral as having led further, or move the plan to the right episode.",
)
def protection_after_no_action(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.no_further_action.value is True:
        yield from (plan.here for plan in episode.protection_plans)


@episode_rule(
    "4000",
    "A child in need plan stands on a referral with no further action.",
    "Mark the referral as having led further, or move the plan to the right episode.",
)
def plan_after_no_action(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.no_further_action.value is True:
        yield from (plan.here for plan in episode.cin_plans)
