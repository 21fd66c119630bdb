"""Rules about section 47 enquiries and initial child protection conferences.

A conference's date stands on the enquiry that led to it, or on the episode where it
was held without one (a child who moved in on another authority's plan). Rules about
the date judge both places.
"""

from collections.abc import Iterator

from sightline.returns.cin.parts import Child, Episode, Section47
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import (
    Place,
    Span,
    after,
    before,
    begins_within,
    episode_rule,
    outside,
    weekend,
    working_days_before,
)


def _conferences(episode: Episode) -> Iterator[Place]:
    yield episode.conference
    yield from (enquiry.conference for enquiry in episode.enquiries)


def _awaits(enquiry: Section47) -> bool:
    """No conference has been held, and it is not said that none is required."""
    return not enquiry.conference.given and enquiry.conference_not_required.value is not True


@episode_rule(
    "1104",
    "The initial conference was held before the referral.",
    "Correct whichever date is wrong, or move the conference to the right episode.",
)
def held_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (c for c in _conferences(episode) if before(c, episode.referral_date))


@episode_rule(
    "2889",
    "The enquiry began before the referral.",
    "Correct whichever date is wrong, or move the enquiry to the right episode.",
)
def began_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (e.start for e in episode.enquiries if before(e.start, episode.referral_date))


@episode_rule(
    "8615",
    "The enquiry has no date on which it began, or began after its initial conference.",
    "Give the date on which the enquiry began, or correct the conference's.",
)
def began_after_conference(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for enquiry in episode.enquiries:
        if enquiry.start.value is None or after(enquiry.start, enquiry.conference):
            yield enquiry.start


@episode_rule(
    "8675Q",
    "The enquiry began more than 15 working days before the reference date, and no initial conference has been held.",
    "Give the date of the conference, say that none was required, or give the reason for the delay.",
)
def overdue(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    latest = working_days_before(census.end, 15)
    yield from (e.start for e in episode.enquiries if _awaits(e) and before(e.start, latest))


@episode_rule(
    "8715",
    "The initial conference was held outside the census year.",
    "Correct the date, or leave out a conference that belongs to another census.",
)
def held_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (c for c in _conferences(episode) if outside(c, census))


@episode_rule(
    "8740",
    "An enquiry that still awaits its initial conference began outside the census year.",
    "Give the date of the conference, say that none was required, or correct the start.",
)
def began_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (e.start for e in episode.enquiries if _awaits(e) and outside(e.start, census))


@episode_rule(
    "8839",
    "Two or more enquiries in one episode still await their conference.",
    "Give the date of each conference, or say that none was required.",
)
def two_open(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    opened = [enquiry for enquiry in episode.enquiries if _awaits(enquiry)]
    if len(opened) > 1:
        yield from (enquiry.here for enquiry in opened)


@episode_rule(
    "8870Q",
    "The target date of the initial conference is at a weekend.",
    "Check the date: it is the fifteenth working day after the strategy discussion.",
)
def target_at_weekend(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (e.conference_target for e in episode.enquiries if weekend(e.conference_target))


@episode_rule(
    "8875",
    "The initial conference was held at a weekend.",
    "Check the date.",
)
def held_at_weekend(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (c for c in _conferences(episode) if weekend(c))


@episode_rule(
    "8890",
    "The enquiry began while another was under way.",
    "Correct the dates, or bring the enquiries together.",
)
def two_at_once(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    spans = [
        (enquiry, Span(enquiry.start, enquiry.conference.value))
        for enquiry in episode.enquiries
        if enquiry.conference.value or _awaits(enquiry)
    ]
    for enquiry in episode.enquiries:
        others = (span for other, span in spans if other is not enquiry)
        if any(begins_within(enquiry.start, s, census.end, touching=True) for s in others):
            yield enquiry.start


@episode_rule(
    "2884",
    "An initial conference is given both on the enquiry and on the episode.",
    "Give it once: on the enquiry that led to it, or on the episode where there was none.",
)
def held_twice(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if episode.conference.given and any(e.conference.given for e in episode.enquiries):
        yield episode.conference
