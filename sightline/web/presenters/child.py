"""The header of a child's record. Words only: nothing is read here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sightline.court.queries import PreProceedingsLine
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.people.queries import Address, PersonHeader, PersonName
from sightline.plans.queries import EarlierView as EarlierPlan
from sightline.plans.queries import OnProtection, PlanLine
from sightline.record.queries import CarriedEpisode, LastSeen
from sightline.record.rules import AT_MOST
from sightline.web.presenters import words
from sightline.web.presenters.court import since_line
from sightline.web.presenters.earlier import header_line
from sightline.web.presenters.steps import capital, shown_name
from sightline.workforce.queries import Ring

GLIMPSED = {"doorstep": "seen on the doorstep", "video": "seen by video"}
"""Told beside the last time a child was seen: it is neither that nor a visit without access."""

BEING_DECIDED = "A contact is being decided"
"""Said of a child who is not open to us, and about whom something has come in."""


@dataclass(frozen=True)
class Carried:
    """Who carries a child's open episode, in words: the post, and whom to ring when they are away."""

    episode: CarriedEpisode | None
    post: str = ""
    ring: Ring | None = None


@dataclass(frozen=True)
class ChildFacts:
    """What the header stands on, read by the page."""

    header: PersonHeader
    today: date
    carried: Carried
    seen: LastSeen | None
    addresses: Sequence[Address]
    needs: Mapping[str, str] = field(default_factory=dict)
    added_by: Mapping[UUID, str] = field(default_factory=dict)
    household: Sequence[PersonHeader] = ()
    being_decided: bool = False
    plans: Sequence[PlanLine] = ()
    plan_carriers: Sequence[str] = ()
    mothers_address: Address | None = None
    protection: OnProtection | None = None
    before_court: PreProceedingsLine | None = None
    there: Sequence[EarlierPlan] = ()
    categories: Mapping[str, str] = field(default_factory=dict)


def child_header(facts: ChildFacts, *, review_url: Mapping[UUID, str] | None = None) -> dict[str, object]:
    """The context of components/child-header.html."""
    header = facts.header
    own = current_address(facts.addresses, facts.today)
    current = own or facts.mothers_address
    return {
        "name": shown_name(header),
        "age": age_line(header, facts.today),
        "reference": reference_line(header),
        "reasons": reasons_of(facts),
        "allocated": allocated_line(facts.carried) or helped_line(facts),
        "unallocated": unallocated_line(facts.carried, facts.today),
        "last_seen": seen_line(header, facts.seen, facts.today),
        "address_of": "Mother's address" if current is not None and own is None else "Address",
        "address": address_line(current),
        "address_withheld": bool(current and current.withheld),
        "warnings": [
            {
                "text": f"{one.words.rstrip('.')}.",
                "detail": _warning_detail(one.true_from, facts.added_by.get(one.added_by, ""), one.review_on),
                "url": (review_url or {}).get(one.id, ""),
            }
            for one in header.warnings
        ]
        + [warning for other in facts.household for warning in _warnings_at_home(other, facts)],
    }


def _warnings_at_home(other: PersonHeader, facts: ChildFacts) -> list[dict[str, object]]:
    """What a visitor must know of somebody who lives with the child: it is met at the same door."""
    return [
        {
            "text": f"{one.words.rstrip('.')}.",
            "detail": f"On the record of {shown_name(other)}, who lives there. "
            + _warning_detail(one.true_from, facts.added_by.get(one.added_by, ""), one.review_on),
            "url": "",
        }
        for one in other.warnings
    ]


def _warning_detail(added: date | None, by: str, review_on: date) -> str:
    since = f"Added {day_words(added)}" if added else "Added"
    return f"{since}{f' by {by}' if by else ''}. To be looked at again by {day_words(review_on)}."


def age_line(header: PersonName, today: date) -> str:
    """`7 years (born 3 March 2019)`, or `Not yet born (expected 14 February 2027)`."""
    age = header.age_words(today)
    if header.birth == "expected":
        due = f" (expected {day_words(header.expected_date)})" if header.expected_date else ""
        return f"{words.NOT_YET_BORN}{due}"
    if header.birth in {"exact", "year", "about"}:
        born = header.birth_words()
        return f"{age} ({born if born.startswith('born') else 'born ' + born})"
    return capital(age)


def reference_line(header: PersonHeader) -> str:
    """The authority's own id, by which colleagues speak of a child."""
    own = [one.value for one in header.identifiers if one.scheme == "child_id"]
    formal = header.name if header.known_as else ""
    parts = [f"ID {own[-1]}" if own else "", f"Full name {formal}" if formal else ""]
    return "; ".join(part for part in parts if part)


def reasons_of(facts: ChildFacts) -> list[str]:
    """Why we are involved; nothing for a child who is not open and about whom nothing waits."""
    first = [protected_line(facts.protection, facts.categories)] if facts.protection else []
    first += [header_line(one, facts.categories) for one in facts.there]
    if facts.before_court is not None:
        first.append(since_line(facts.before_court))
    if facts.plans or facts.carried.episode is not None:
        others = [one for one in facts.plans if facts.protection is None or one.plan != facts.protection.plan]
        parts = why_in_parts(others, facts.carried.episode, facts.needs) if others or facts.carried.episode else []
        return [*first, *parts]
    return first or ([BEING_DECIDED] if facts.being_decided else [])


def protected_line(on: OnProtection, categories: Mapping[str, str]) -> str:
    """`Child protection plan: neglect (since 3 March 2026, review by 4 June 2026)`."""
    main = f": {categories.get(on.main, on.main).lower()}" if on.main else ""
    review = f", review by {words.day(on.review_due_at)}" if on.review_due_at else ""
    return f"Child protection plan{main} (since {day_words(on.since_on)}{review})"


def why_in_parts(plans: Iterable[PlanLine], episode: CarriedEpisode | None, needs: Mapping[str, str]) -> list[str]:
    """`Child in need plan (since 3 March 2026)`, `Abuse or neglect (since 20 January 2026)`."""
    parts = [f"{capital(one.kind_words)} (since {day_words(one.began_on)})" for one in plans]
    return [*parts, why_involved(episode, needs)] if episode is not None or not parts else parts


def why_involved(episode: CarriedEpisode | None, needs: Mapping[str, str]) -> str:
    """`Abuse or neglect (referral of 3 March 2026)`."""
    if episode is None:
        return "Not open to us now"
    need = needs.get(episode.need, "")
    since = f"since {day_words(episode.opened_on)}"
    return f"{need} ({since})" if need else f"Referral ({since})"


def allocated_line(carried: Carried) -> str:
    """The allocated worker, and who answers for them while they are away."""
    if carried.episode is None or carried.episode.unallocated:
        return ""
    return carried.post + away_words(carried.ring)


def helped_line(facts: ChildFacts) -> str:
    """Who carries the plan of a child who is helped early without an episode; nothing where there is one."""
    return "" if facts.carried.episode is not None else words.listing(dict.fromkeys(facts.plan_carriers))


def away_words(ring: Ring | None) -> str:
    """Whom to ring when the post's own worker is not there."""
    if ring is None or ring.standing == "occupant":
        return ""
    phone = f" on {ring.phone}" if ring.phone else ""
    return f". Away: ring {ring.name}{phone}"


def unallocated_line(carried: Carried, today: date) -> str:
    """`Unallocated for 3 days: with Priya Shah, team manager`."""
    episode = carried.episode
    if episode is None or not episode.unallocated:
        return ""
    return f"{unallocated_for(episode, today)}: with {carried.post}{away_words(carried.ring)}"


def unallocated_for(episode: CarriedEpisode, today: date) -> str:
    """`Unallocated for 3 days`, counted from when nobody but a manager carried it."""
    days = (today - local_day(episode.since)).days if episode.since else 0
    return f"Unallocated for {words.count(days, 'day')}" if days > 0 else "Unallocated since today"


def seen_line(header: PersonName, seen: LastSeen | None, today: date) -> str:
    """`4 days ago (Tue 17 Nov), alone`; an unborn child is not yet born, never not seen."""
    if header.birth == "expected":
        return words.NOT_YET_BORN
    if header.death_date is not None and header.death_date <= today:
        return f"Died {day_words(header.death_date)}"
    if seen is None:
        return "No record of being seen"
    return _seen_words(seen, today)


def _seen_words(seen: LastSeen, today: date) -> str:
    last = day_of(seen.seen_at)
    alone = last is not None and day_of(seen.alone_at) == last
    parts = [words.last_seen(last, today, alone=alone)]
    if last is not None and not alone:
        parts.append(f"alone {words.days_ago(day_of(seen.alone_at), today)}" if seen.alone_at else "never alone")
    # A visit without access was not alone either: said once, as the graver.
    if seen.not_alone_in_a_row > seen.not_seen_in_a_row:
        parts.append(f"not alone at {last_visits(seen.not_alone_in_a_row)}")
    if seen.not_seen_in_a_row:
        parts.append(not_seen_words(seen))
    if seen.glimpsed_at and (seen.seen_at is None or seen.glimpsed_at > seen.seen_at):
        parts.append(f"{GLIMPSED[seen.glimpsed_how]} {words.days_ago(day_of(seen.glimpsed_at), today)}")
    return "; ".join(parts)


def not_seen_words(seen: LastSeen) -> str:
    """`not seen at the last 3 visits or appointments`."""
    return f"not seen at {_last(seen.not_seen_in_a_row, 'visit or appointment', 'visits or appointments')}"


def last_visits(number: int) -> str:
    """`the last 3 visits`, `the last visit`, `the last 12 visits at least`."""
    return _last(number, "visit", "visits")


def _last(number: int, one: str, several: str) -> str:
    if number == 1:
        return f"the last {one}"
    return f"the last {number} {several}{' at least' if number >= AT_MOST else ''}"


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, where there is one."""
    return local_day(moment) if moment else None


def current_address(addresses: Sequence[Address], today: date) -> Address | None:
    """Where they live now, as far as it may be seen."""
    return next((one for one in addresses if one.true_to is None or one.true_to > today), None)


def address_line(address: Address | None) -> str:
    """On one line; withheld says only that it is."""
    if address is None:
        return ""
    if not address.shown:
        return "Withheld for safety"
    return ", ".join(part for part in (address.lines, address.postcode) if part)


def adult_header(header: PersonHeader, today: date) -> dict[str, object]:
    """An adult's simpler header: who they are, and what a visitor must know."""
    return {
        "name": shown_name(header),
        "age": age_line(header, today),
        "reference": reference_line(header),
        "warnings": [one.words for one in header.warnings],
    }
