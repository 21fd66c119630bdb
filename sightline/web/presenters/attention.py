"""`Information that needs your attention` on a child's record. Words only: nothing is read here.

Each line is a fact, with whose it is or since when, and leads to where it is dealt with. What is routine
is not among them: it stands under what happens next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sightline.assessments.queries import ConclusionView, RoundView
from sightline.assessments.rules import Standing
from sightline.disagreements.queries import DisagreementView
from sightline.kernel.london import local_day
from sightline.people.queries import PersonName, Unidentified
from sightline.plans.queries import PlanLine, ServiceLine, Unagreed
from sightline.record.queries import LastSeen, OpenStep
from sightline.web.presenters import disagreements, words
from sightline.web.presenters.child import (
    ChildFacts,
    day_of,
    last_visits,
    not_seen_words,
    unallocated_line,
)
from sightline.web.presenters.protecting_now import ProtectingNow, protecting_lines, protecting_steps
from sightline.web.presenters.steps import (
    capital,
    due_within,
    is_visit_over,
    no_outcome_words,
    shown_name,
    title_of,
)

NOT_SEEN_FOR_DAYS = 28
"""From this many days on the page says so of a child who is open; no target is meant by it."""

TOLD_ANOTHER_WAY = frozenset({"decide_contact", "service", "authorise_assessment", "disagreement"})
"""Steps of which a line of its own says more than that they are overdue."""

Line = dict[str, str]


@dataclass(frozen=True)
class Concerns:
    """What an overview looks through for something that waits.

    `no_access` and `not_alone` are the numbers in a row from which it is said; `posts` are managers' in words.
    """

    no_access: int
    not_alone: int
    steps: Sequence[OpenStep] = ()
    unidentified: Sequence[Unidentified] = ()
    challenges: int = 0
    disagreements: Sequence[DisagreementView] = ()
    conclusions: Sequence[ConclusionView] = ()
    rounds: Sequence[RoundView] = ()
    plans: Sequence[PlanLine] = ()
    unagreed: Mapping[UUID, Unagreed] = field(default_factory=dict)
    services: Sequence[ServiceLine] = ()
    posts: Mapping[UUID, str] = field(default_factory=dict)
    headers: Mapping[UUID, PersonName] = field(default_factory=dict)
    protecting: ProtectingNow | None = None


def attention(facts: ChildFacts, concerns: Concerns, at: datetime, links: Mapping[str, str]) -> list[Line]:
    """The lines, the gravest first; nothing when nothing waits.

    `links` are the pages of this record: `people`, `visits`, and so on; a contact and a step by their keys.
    """
    now = concerns.protecting
    return [
        *(protecting_lines(now, concerns.steps, at, links, concerns.posts) if now else ()),
        *_undecided(concerns.steps, at, links),
        *_disagreements(concerns.disagreements, at, links),
        *_overdue(concerns, at, links),
        *_nobody_allocated(facts),
        *_not_seen(facts, concerns, links.get("visits", "")),
        *_conclusions(concerns.conclusions, links),
        *_adults(concerns.unidentified, links),
        *_challenged(concerns.challenges, links.get("challenged", "")),
        *_assessments(concerns, at, links.get("assessment", "")),
        *_plans(concerns, links.get("plan", "")),
        *_services(concerns.services, at, links.get("plan", "")),
    ]


def told_steps(concerns: Concerns, at: datetime) -> set[UUID]:
    """The steps that the lines speak of, so that what happens next does not say them again."""
    waits = {one.id for one in concerns.rounds if _waiting_words(one, concerns, at)}
    told = {step.id for step in concerns.steps if step.kind == "decide_contact" or _is_told_overdue(step, at)}
    told |= {step.id for step in concerns.steps if step.kind == "authorise_assessment" and step.subject in waits}
    told |= {one.step for one in concerns.disagreements} | _protecting(concerns)
    return told | {one.step for one in concerns.services if _is_waited_for(one, at)}


def _protecting(concerns: Concerns) -> set[UUID]:
    return protecting_steps(concerns.protecting, concerns.steps) if concerns.protecting else set()


def _disagreements(found: Iterable[DisagreementView], at: datetime, links: Mapping[str, str]) -> list[Line]:
    """Each, until somebody resolves it."""
    return [{"text": disagreements.line(one, at), "url": links.get(str(one.step), "")} for one in found]


def _undecided(steps: Iterable[OpenStep], at: datetime, links: Mapping[str, str]) -> list[Line]:
    return [
        {
            "text": f"A contact has not been decided: {due_within(step.due_at, at)}",
            "url": links.get(str(step.subject), ""),
        }
        for step in steps
        if step.kind == "decide_contact"
    ]


def _overdue(concerns: Concerns, at: datetime, links: Mapping[str, str]) -> list[Line]:
    """Each with who carries it, and a link to where it is done."""
    return [
        {
            "text": ". ".join(part for part in (_overdue_words(step, at), concerns.posts.get(step.post, "")) if part),
            "url": links.get(str(step.id), ""),
        }
        for step in concerns.steps
        if _is_told_overdue(step, at) and step.id not in _protecting(concerns)
    ]


def _is_told_overdue(step: OpenStep, at: datetime) -> bool:
    return step.kind not in TOLD_ANOTHER_WAY and step.due_at is not None and step.due_at < at


def _overdue_words(step: OpenStep, at: datetime) -> str:
    if step.due_at is not None and is_visit_over(step, at):
        return no_outcome_words(step.due_at, at)
    return f"{title_of(step)}: {due_within(step.due_at, at)}"


def _nobody_allocated(facts: ChildFacts) -> list[Line]:
    line = unallocated_line(facts.carried, facts.today)
    return [{"text": line, "url": ""}] if line else []


def _not_seen(facts: ChildFacts, concerns: Concerns, url: str) -> list[Line]:
    """Of a child with whom we are involved, with an episode or with a plan of early help."""
    involved = facts.carried.episode is not None or concerns.plans
    if not involved or facts.header.birth == "expected" or facts.header.death_date:
        return []
    said = _seen_words(facts, facts.seen, concerns)
    return [{"text": said, "url": url}] if said else []


def _seen_words(facts: ChildFacts, seen: LastSeen | None, concerns: Concerns) -> str:
    last = day_of(seen.seen_at) if seen else None
    since = f"last seen {words.days_ago(last, facts.today)}" if last else "never recorded as seen"
    if seen is not None and seen.not_seen_in_a_row >= concerns.no_access:
        return f"{capital(not_seen_words(seen))}; {since}"
    if last is None:
        return "There is no record that anyone has seen this child"
    if (facts.today - last).days >= NOT_SEEN_FOR_DAYS:
        return capital(since)
    if seen is not None and seen.not_alone_in_a_row >= concerns.not_alone:
        alone = f"last alone {words.days_ago(day_of(seen.alone_at), facts.today)}" if seen.alone_at else "never alone"
        return f"Not seen alone at {last_visits(seen.not_alone_in_a_row)}; {alone}"
    return ""


def _conclusions(found: Iterable[ConclusionView], links: Mapping[str, str]) -> list[Line]:
    return [
        {
            "text": f"A conclusion of {words.day(one.concluded_on)} is out of date, “{one.words.rstrip('.')}”: "
            f"{'; '.join(one.because)}",
            "url": links.get(str(one.id)) or links.get("assessment", ""),
        }
        for one in found
        if one.out_of_date_since is not None
    ]


def _adults(unidentified: Iterable[Unidentified], links: Mapping[str, str]) -> list[Line]:
    waiting = [one for one in unidentified if one.is_open]
    return [
        {"text": f"An adult who was spoken of is not identified: {one.name}", "url": links.get("people", "")}
        for one in waiting
    ]


def _challenged(number: int, url: str) -> list[Line]:
    if not number:
        return []
    return [
        {
            "text": f"{words.count(number, 'professional disagrees', 'professionals disagree')} with a decision",
            "url": url,
        }
    ]


def _assessments(concerns: Concerns, at: datetime, url: str) -> list[Line]:
    """One that waits for somebody: a manager to sign, or the worker to send it again."""
    said = [_waiting_words(one, concerns, at) for one in concerns.rounds]
    return [{"text": line, "url": url} for line in said if line]


def _waiting_words(one: RoundView, concerns: Concerns, at: datetime) -> str:
    if one.with_post is not None and one.sent_at is not None:
        sent = words.days_ago(local_day(one.sent_at), local_day(at))
        due = next((step.due_at for step in concerns.steps if step.kind == "authorise_assessment"), None)
        clock = f", {due_within(due, at)}" if due else ""
        return f"The assessment waits for {concerns.posts.get(one.with_post, 'a manager')}: sent {sent}{clock}"
    if one.standing == Standing.RETURNED and one.last_turn is not None:
        return f"The assessment was returned for edits {words.days_ago(local_day(one.last_turn.at), local_day(at))}"
    if one.standing == Standing.CHANGED:
        return "The assessment was changed after it was sent, and is to be sent again"
    return ""


def _plans(concerns: Concerns, url: str) -> list[Line]:
    said = [(one, concerns.unagreed.get(one.plan)) for one in concerns.plans]
    return [
        {"text": f"{one.kind_words} (since {words.day(one.began_on)}): {_unagreed(found, concerns)}", "url": url}
        for one, found in said
        if found is not None
    ]


def _unagreed(found: Unagreed, concerns: Concerns) -> str:
    """Who does not agree, whose agreement nobody recorded, and that it was not drawn up for signing yet."""
    parts = [
        f"{_named(found.against, concerns)} {'does' if len(found.against) == 1 else 'do'} not agree"
        if found.against
        else "",
        f"nobody has recorded whether {_named(found.missing, concerns)} "
        f"{'agrees' if len(found.missing) == 1 else 'agree'}"
        if found.missing
        else "",
        "" if found.versions else "no version has been agreed",
    ]
    return "; ".join(part for part in parts if part)


def _named(people: Iterable[UUID], concerns: Concerns) -> str:
    known = [shown_name(concerns.headers[one]) for one in people if one in concerns.headers]
    return words.listing(known) or "somebody who is to be asked"


def _is_waited_for(one: ServiceLine, at: datetime) -> bool:
    return one.standing == "asked" and (one.days_waiting(local_day(at)) or 0) > 0


def _services(found: Iterable[ServiceLine], at: datetime, url: str) -> list[Line]:
    """All in one line, each with its days; help that was asked for today is not waited for yet."""
    today = local_day(at)
    waiting = [(one.what, one.days_waiting(today) or 0) for one in found if _is_waited_for(one, at)]
    said = [f"{what} ({words.count(days, 'day')})" for what, days in waiting]
    return [{"text": f"Asked for, and nobody has said that it began: {'; '.join(said)}", "url": url}] if said else []
