"""Rules about how an episode ends, and how a child's episodes stand to one another."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, Episode
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
    wrong_code,
)

_CLOSED_AFTER_ASSESSMENT = ("RC8", "RC9")


@episode_rule(
    "8620",
    "The episode was closed outside the census year.",
    "Correct the date, or leave out an episode that belongs to another census.",
)
def closed_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if outside(episode.closure_date, census):
        yield episode.closure_date


@episode_rule(
    "8630",
    "The episode was closed before its referral.",
    "Correct whichever date is wrong.",
)
def closed_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if before(episode.closure_date, episode.referral_date):
        yield episode.closure_date


@episode_rule(
    "8640",
    "The reason for closure is not one of the year's codes.",
    "Give one of the year's codes.",
)
def wrong_reason(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if wrong_code(episode.closure_reason, census.year.closures):
        yield episode.closure_reason


@episode_rule(
    "8805",
    "The episode was closed and no reason is given.",
    "Give the reason for closure, or take the date out if the episode is open.",
)
def closed_without_reason(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.closure_date.given and not episode.closure_reason.given:
        yield episode.closure_reason


@episode_rule(
    "8810",
    "There is a reason for closure and no date of it.",
    "Give the date, or take the reason out if the episode is open.",
)
def reason_without_date(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.closure_reason.given and not episode.closure_date.given:
        yield episode.closure_date


@episode_rule(
    "8585Q",
    "The episode was closed because the child died, and there is no date of death.",
    "Give the date of death, or correct the reason.",
)
def died_without_date(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    died = episode.closure_reason.raw == "RC2"
    if died and child.identifiers.death_date.value is None:
        yield episode.closure_reason


@episode_rule(
    "8825Q",
    "The episode was closed after assessment, and it has no assessment.",
    "Give the assessment, or correct the reason for closure.",
)
def closed_after_nothing(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    closed = episode.closure_reason.raw in _CLOSED_AFTER_ASSESSMENT
    if closed and not episode.assessments:
        yield episode.closure_reason


@episode_rule(
    "2990",
    "The episode was closed after assessment, yet an enquiry, a conference or a plan followed.",
    "Correct the reason for closure, or move the activity to the right episode.",
)
def activity_after_assessment(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.closure_reason.raw not in _CLOSED_AFTER_ASSESSMENT:
        return
    if episode.conference.given:
        yield episode.conference
    followed = (*episode.enquiries, *episode.protection_plans, *episode.cin_plans)
    yield from (group.here for group in followed)


@episode_rule(
    "8873Q",
    "The only assessment found no factors (21), and the episode was not closed for that (RC8, RC9).",
    "Check the factors and the reason for closure.",
)
def no_factors_yet_open(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if len(episode.assessments) != 1:
        return
    (assessment,) = episode.assessments
    none_found = any(factor.raw == "21" for factor in assessment.factors)
    closed = episode.closure_reason.raw in _CLOSED_AFTER_ASSESSMENT
    if none_found and assessment.authorised.given and not closed:
        yield episode.closure_reason


@episode_rule(
    "8565",
    "Something happened after the episode was closed.",
    "Correct whichever date is wrong, or put the activity in a new episode.",
)
def activity_after_closure(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    days: list[Place] = [episode.conference]
    for assessment in episode.assessments:
        days += [assessment.start, assessment.authorised]
    for enquiry in episode.enquiries:
        days += [enquiry.start, enquiry.conference]
    for plan in episode.cin_plans:
        days += [plan.start, plan.end]
    for protection in episode.protection_plans:
        days += [protection.start, protection.end]
        days += [day for review in protection.reviews for day in review.dates]
    yield from (day for day in days if after(day, episode.closure_date))


@episode_rule(
    "8867",
    "The episode was closed with an assessment that was not completed.",
    "Give the date on which the assessment was authorised, or correct the closure.",
)
def closed_mid_assessment(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.closure_date.given:
        yield from (a.authorised for a in episode.assessments if not a.authorised.given)


@episode_rule(
    "8868",
    "The episode was closed with an enquiry that led to no conference and needed one.",
    "Give the date of the conference, or say that none was required.",
)
def closed_mid_enquiry(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.closure_date.given:
        for enquiry in episode.enquiries:
            if not enquiry.conference.given and not enquiry.conference_not_required.value:
                yield enquiry.conference


def _open_cases(child: Child) -> list[Episode]:
    """Episodes without a closure date, save referrals with no further action."""
    return [
        episode
        for episode in child.episodes
        if not episode.closure_date.given and episode.no_further_action.value is False
    ]


@child_rule(
    "8815",
    "The child has more than one open episode.",
    "Close the episodes that have ended, or bring them together.",
)
def two_open(child: Child, census: Census) -> Iterator[Place]:
    opened = _open_cases(child)
    if len(opened) > 1:
        yield from (episode.here for episode in opened)


@child_rule(
    "8816",
    "An open episode is not the child's latest.",
    "Close it, or correct the dates of referral.",
)
def open_and_not_latest(child: Child, census: Census) -> Iterator[Place]:
    known = [e.referral_date.value for e in child.episodes if e.referral_date.value]
    for episode in _open_cases(child):
        if known and before(episode.referral_date, max(known)):
            yield episode.referral_date


@child_rule(
    "8820",
    "The referral came while another episode of the child was open.",
    "Correct the dates, or bring the episodes together.",
)
def overlapping_episodes(child: Child, census: Census) -> Iterator[Place]:
    spans = [
        (episode, Span(episode.referral_date, episode.closure_date.value))
        for episode in child.episodes
        if episode.closure_date.value or episode.no_further_action.value is False
    ]
    for episode in child.episodes:
        others = (span for other, span in spans if other is not episode)
        if any(begins_within(episode.referral_date, span, census.end, touching=False) for span in others):
            yield episode.referral_date
