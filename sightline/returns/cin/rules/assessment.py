"""Rules about assessments and the factors found in them."""

from collections.abc import Iterator

from sightline.returns.cin.parts import Assessment, Child, Episode
from sightline.returns.cin.reader import Census
from sightline.returns.cin.rules.register import (
    Place,
    Span,
    before,
    begins_within,
    episode_rule,
    outside,
    repeated,
    working_days_before,
)


@episode_rule(
    "1103",
    "The assessment began before the referral.",
    "Correct whichever date is wrong, or move the assessment to the right episode.",
)
def began_before_referral(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (a.start for a in episode.assessments if before(a.start, episode.referral_date))


@episode_rule(
    "8608",
    "The assessment ended before it began.",
    "Correct whichever date is wrong.",
)
def ended_before_start(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (a.authorised for a in episode.assessments if before(a.authorised, a.start))


@episode_rule(
    "8614",
    "Factors are given for an assessment that is not completed.",
    "Give the date on which it was authorised, or take the factors out.",
)
def factors_too_early(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for assessment in episode.assessments:
        given = [factor for factor in assessment.factors if factor.given]
        if given and not assessment.authorised.given:
            yield given[0]


@episode_rule(
    "8670Q",
    "The assessment began more than 45 working days before the reference date and has not ended.",
    "Give the date on which it was authorised, or the reason for the delay.",
)
def overdue(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    latest = working_days_before(census.end, 45)
    for assessment in episode.assessments:
        if not assessment.authorised.given and before(assessment.start, latest):
            yield assessment.start


@episode_rule(
    "8696",
    "The assessment ended outside the census year.",
    "Correct the date, or leave out an assessment that belongs to another census.",
)
def ended_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from (a.authorised for a in episode.assessments if outside(a.authorised, census))


@episode_rule(
    "8736",
    "An assessment that has not ended began outside the census year.",
    "Give the date on which it was authorised, or correct its start.",
)
def began_outside(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for assessment in episode.assessments:
        if not assessment.authorised.given and outside(assessment.start, census):
            yield assessment.start


@episode_rule(
    "8863Q",
    "The assessment began while another was under way.",
    "Correct the dates, or bring the assessments together.",
)
def two_at_once(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    spans = [(a, Span(a.start, a.authorised.value)) for a in episode.assessments]
    for assessment in episode.assessments:
        others = (span for other, span in spans if other is not assessment)
        if any(begins_within(assessment.start, s, census.end, touching=True) for s in others):
            yield assessment.start


@episode_rule(
    "8896",
    "Two or more assessments in one episode have not ended.",
    "Give the date on which each was authorised, or bring them together.",
)
def two_open(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    opened = [a for a in episode.assessments if not a.authorised.given]
    if len(opened) > 1:
        yield from (assessment.here for assessment in opened)


@episode_rule(
    "8869",
    "No factors (21) is given beside other factors.",
    "Take 21 out, or the others.",
)
def none_and_some(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for assessment in episode.assessments:
        none = [factor for factor in assessment.factors if factor.raw == "21"]
        if none and len({factor.raw for factor in assessment.factors if factor.given}) > 1:
            yield none[0]


@episode_rule(
    "8897Q",
    "The assessment was completed and no factor that is known is given.",
    "Give each factor's code; 21 where none was found.",
)
def no_factors(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    known = census.year.factors | census.year.split_factors
    for assessment in episode.assessments:
        done = assessment.authorised.value
        recent = done is not None and done >= census.start
        if recent and not any(factor.raw in known for factor in assessment.factors):
            yield assessment.here


@episode_rule(
    "8898",
    "The same factor is given twice for an assessment.",
    "Give each code once.",
)
def same_factor(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    for assessment in episode.assessments:
        yield from repeated(assessment.factors)


@episode_rule(
    "8945Q",
    "The factor 18A has been split in two.",
    "Use 18B (another child) or 18C (an adult) for physical abuse.",
)
def split_physical(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from _factors(episode.assessments, "18A")


@episode_rule(
    "8950Q",
    "The factor 19A has been split in two.",
    "Use 19B (another child) or 19C (an adult) for sexual abuse.",
)
def split_sexual(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    yield from _factors(episode.assessments, "19A")


def _factors(assessments: tuple[Assessment, ...], code: str) -> Iterator[Place]:
    for assessment in assessments:
        yield from (factor for factor in assessment.factors if factor.raw == code)


@episode_rule(
    "2991Q",
    "The episode has a section 47 enquiry and no assessment.",
    "Give the assessment.",
)
def enquiry_without_assessment(episode: Episode, child: Child, census: Census) -> Iterator[Place]:
    if not episode.assessments:
        yield from (enquiry.here for enquiry in episode.enquiries)
