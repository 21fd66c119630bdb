"""A plan in words: what is to be different, who does what, how far it has come, and what is due by which rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.conferences.queries import MeetingPart
from sightline.kernel.london import local_day
from sightline.kernel.reading import in_sentence
from sightline.plans.models import Plan
from sightline.plans.queries import (
    ActionView,
    AgreementView,
    CategoryView,
    Clock,
    OnPlan,
    OutcomeView,
    PlanLine,
    PlanView,
    ProgressView,
    SignatureView,
)
from sightline.record.queries import PassageView
from sightline.web.presenters import plan_protection as protecting
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within
from sightline.web.presenters.words import capital

ACTION_COLUMNS = ["Who", "Does what", "By when", "Why"]
PROGRESS_COLUMNS = ["At the review of", "How far", "In words"]
AGREEMENT_COLUMNS = ["Who", "Do they agree?", "In their words", "When"]
VERSION_COLUMNS = ["Version", "Kept on", "Signed by", "Not signed, and why"]
REVIEW_COLUMNS = ["Held on", "Who was there"]
LATE_COLUMN = "Why later than it was due"
PART_TITLES = {
    "outcome": "What is to be different",
    "action": "Who does what",
    "contingency": "If it does not work",
    "further_action": "The point at which we go further",
}
SOMEBODY = "Somebody whose record you do not work with"


@dataclass(frozen=True)
class PlanFacts:
    """What the words of one plan stand on, read by the page.

    `person` is whose page it is: outcomes for another child alone stand on that child's page. None is the whole plan.
    `finishable` are posts whose actions the reader may say are done.
    """

    plan: PlanView
    names: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    at: datetime
    person: UUID | None = None
    progress: Mapping[UUID, Sequence[ProgressView]] = field(default_factory=dict)
    clocks: Sequence[Clock] = ()
    acts: Sequence[tuple[str, str]] = ()
    finishable: frozenset[UUID] = frozenset()
    categories: Sequence[CategoryView] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[UUID, MeetingPart] = field(default_factory=dict)

    @property
    def protects(self) -> bool:
        """Whether it is a child protection plan."""
        return protecting.is_protection(self.plan.line)

    @property
    def today(self) -> date:
        """The day of the page."""
        return local_day(self.at)


def plan_words(facts: PlanFacts) -> dict[str, object]:
    """The context of plans/plan.html for one plan, and of plans/in-words.html."""
    plan = facts.plan
    shown = [one for one in plan.outcomes if one.to_at is None and _stands_here(one, facts)]
    outcomes = [_outcome(number, one, facts) for number, one in enumerate(shown, start=1)]
    return {
        "anchor": f"plan-{plan.id}",
        "title": title_of(plan.line),
        "facts": fact_rows(facts),
        "acts": [{"text": text, "url": url} for text, url in facts.acts],
        "outcomes": outcomes,
        "elsewhere": _elsewhere(facts),
        "ended_outcomes": _ended_outcomes(facts),
        "others": [_action(one, facts) for one in plan.actions if _is_for_all(one, facts)],
        "terms": term_rows(plan),
        "agreements": [_agreement(one, facts) for one in plan.agreements],
        "versions": _versions(facts),
        "reviews": _reviews(facts),
        "reviews_caption": "Core groups and review conferences" if facts.protects else "Reviews",
        "rules": protecting.rule_lines(_clocks(facts)) if facts.protects and plan.to_on is None else [],
        "categories": protecting.category_rows(facts.categories, facts.names, facts.labels),
        "category_columns": protecting.CATEGORY_COLUMNS,
        "action_columns": ACTION_COLUMNS,
        "progress_columns": PROGRESS_COLUMNS,
        "agreement_columns": AGREEMENT_COLUMNS,
        "version_columns": VERSION_COLUMNS,
        "review_columns": [
            *(protecting.MEETING_COLUMNS if facts.protects else REVIEW_COLUMNS),
            *([LATE_COLUMN] if _any_late(plan) else []),
        ],
    }


def title_of(line: PlanLine) -> str:
    """`Child in need plan, from 3 March 2026`; with its end where it has ended."""
    ended = f" to {words.day(line.to_on)}" if line.to_on else ""
    return f"{line.kind_words}, from {words.day(line.began_on)}{ended}"


def _stands_here(outcome: OutcomeView, facts: PlanFacts) -> bool:
    return facts.person is None or outcome.child in {None, facts.person}


def _elsewhere(facts: PlanFacts) -> list[dict[str, str]]:
    """Other children of the plan who have outcomes of their own, as links to their own pages."""
    apart = [one.child for one in facts.plan.outcomes if one.to_at is None and not _stands_here(one, facts)]
    others = {child: facts.names[child] for child in apart if child is not None and child in facts.names}
    return [
        {"text": name, "url": reverse("person-plan", args=[child])}
        for child, name in sorted(others.items(), key=lambda pair: pair[1])
    ]


# --- what holds for the plan ---------------------------------------------------------------------


def fact_rows(facts: PlanFacts) -> list[dict[str, object]]:
    """For components/summary-list.html."""
    plan = facts.plan
    rows: list[tuple[str, str]] = [
        ("For", members_words(facts)),
        ("Lead practitioner", lead_words(facts) + led_otherwise(facts)),
    ]
    if plan.line.one_with:
        rows.append(("In need, by section 17", in_need_words(facts)))
    carried = facts.posts.get(plan.post, "") if plan.post else ""
    if carried != lead_words(facts):
        rows.append(("Carried here by", carried))
    rows[1:1] = protection_rows(facts) if facts.protects else []
    if plan.to_on is None and not facts.protects:
        rows += [(clock_title(clock), clock_words(clock, facts.at)) for clock in _clocks(facts)]
    rows.append(("Agreed", agreed_words(plan)))
    return [{"key": key, "value": value} for key, value in rows]


def protection_rows(facts: PlanFacts) -> list[tuple[str, str]]:
    """Since when, from what, and what is due: for the child whose page it is, or for each of them."""
    line, several = facts.plan.line, facts.person is None and len(facts.plan.children) > 1
    children = [one.child for one in facts.plan.children if one.to_on is None and facts.person in {None, one.child}]
    rows: list[tuple[str, str]] = []
    for child in dict.fromkeys(one for one in children if one in facts.names):
        whose = f" ({facts.names[child]})" if several else ""
        told = [one for one in facts.categories if one.child == child]
        rows.append((f"On the plan since{whose}", protecting.since_words(line, child)))
        rows.append((f"Main category{whose}", protecting.standing_words(told, facts.labels)))
    return rows + (protecting.clock_rows(_clocks(facts), facts.names, facts.at) if line.to_on is None else [])


def members_words(facts: PlanFacts) -> str:
    """`Rosie Penhallow; Jack Penhallow (to 3 March 2026)`; why it ended for a child stands on that child's page."""
    said = []
    for one in _each_once(facts.plan.children):
        name = facts.names.get(one.child, "")
        late = f" from {words.day(one.from_on)}" if one.from_on != facts.plan.began_on else ""
        why = f": {one.end_reason.rstrip('.')}" if one.child == facts.person else ""
        ended = f" to {words.day(one.to_on)}{why}" if one.to_on else ""
        days = f"{late}{ended}".strip()
        said.append(f"{name} ({days})" if days else name)
    return "; ".join(name for name in said if name)


def _each_once(members: Iterable[OnPlan]) -> list[OnPlan]:
    """Whoever went on as in need, or no longer, was on the one plan all along."""
    found: list[OnPlan] = []
    for one in members:
        before = next((old for old in found if (old.child, old.to_on) == (one.child, one.from_on)), None)
        if before is not None and before.kind != one.kind:
            found[found.index(before)] = replace(one, from_on=before.from_on)
        else:
            found.append(one)
    return found


def in_need_words(facts: PlanFacts) -> str:
    """Of a plan that is for early help and for children in need: who is in need, and since when."""
    found = [f"{facts.names[one]} since {words.day(on)}" for one, on in facts.plan.line.in_need.items()
             if one in facts.names]  # fmt: skip
    return words.listing(found) or "Nobody: help early"


def lead_words(facts: PlanFacts) -> str:
    """Who leads: somebody at an agency by name, or whoever carries the plan here."""
    lead = facts.plan.lead
    outside = ", ".join(part for part in (lead.name, lead.title, lead.agency) if part)
    return outside or (facts.posts.get(facts.plan.post, "") if facts.plan.post else "")


def led_otherwise(facts: PlanFacts) -> str:
    """That the practice has a social worker lead such a plan, where somebody of another agency does."""
    line = facts.plan.line
    if line.led_by_anyone or line.lead.agency_post is None:
        return ""
    return f". In this practice a social worker leads a {in_sentence(line.kind_words)}"


def _clocks(facts: PlanFacts) -> list[Clock]:
    """The plan's own review, and the visits to whoever's page this is."""
    return [one for one in facts.clocks if one.plan == facts.plan.id and _is_shown(one, facts)]


def _is_shown(clock: Clock, facts: PlanFacts) -> bool:
    if clock.kind != "visit":
        return True
    return clock.child in facts.names if facts.person is None else clock.child == facts.person


def clock_title(clock: Clock) -> str:
    """`Next review`, `Next visit`."""
    return "Next review" if clock.kind == "review" else "Next visit"


def clock_words(clock: Clock, at: datetime) -> str:
    """`Due in 12 working days (Fri 12 Jun), since last seen on 3 March 2026. Rule: Child in need procedure`."""
    return f"{capital(due_within(clock.due_at, at))}, {clock.since}. Rule: {clock.citation}"


def agreed_words(plan: PlanView) -> str:
    """Which version stands, and whether the plan has been changed since."""
    if not plan.versions:
        return "Not yet: it stands as it was drawn up, and nobody has signed it"
    latest = plan.versions[0]
    changed = ". It has been changed since, and is to be agreed anew" if plan.changed_since_version else ""
    return f"Version {latest.number}, {words.day(latest.made_at)}{changed}"


def term_rows(plan: PlanView) -> list[dict[str, str]]:
    """The contingency, and the point at which further action is taken; nothing where neither is written."""
    if plan.terms is None:
        return []
    rows = [
        ("If it does not work", plan.terms.contingency),
        (further_words(plan.kind), plan.terms.further_action),
    ]
    return [{"key": key, "value": value or "Nothing has been written"} for key, value in rows]


def further_words(kind: str) -> str:
    """What a plan of this kind calls the point at which further action is taken."""
    return protecting.COURT if kind == Plan.Kind.PROTECTION else PART_TITLES["further_action"]


# --- what is to be different ---------------------------------------------------------------------


def _outcome(number: int, one: OutcomeView, facts: PlanFacts) -> dict[str, object]:
    progress = facts.progress.get(one.root, ())
    whose = facts.names.get(one.child, "") if one.child else ""
    several = len(facts.plan.children) > 1
    whom = f", for {whose}" if whose and several else ""
    return {
        "anchor": f"outcome-{one.root}",
        "title": f"Outcome {number}{whom}",
        "childs_words": one.childs_words,
        "whose_words": _whose_words(whose, several=several),
        "words": one.words if one.words != one.childs_words else "",
        "how_we_know": one.how_we_know,
        "actions": [_action(each, facts) for each in facts.plan.actions if each.outcome == one.root],
        "actions_caption": f"Who does what towards outcome {number}",
        "progress": progress_rows(progress),
        "progress_caption": f"How far outcome {number} has come, from 0 (as bad as it could be) to 10",
        "line": line_of(progress),
    }


def _whose_words(name: str, *, several: bool) -> str:
    if name:
        return f"In {name}'s own words"
    return "In the children's own words" if several else "In the child's own words"


def _ended_outcomes(facts: PlanFacts) -> list[str]:
    ended = [one for one in facts.plan.outcomes if one.to_at is not None and _stands_here(one, facts)]
    return [
        f"{aim_of(one).rstrip('.')}. Ended {words.day(one.to_at)}: {one.ended_because.rstrip('.')}." for one in ended
    ]


def aim_of(outcome: OutcomeView) -> str:
    """What is to be different, in the child's words where we have them."""
    return f"“{outcome.childs_words}”" if outcome.childs_words else outcome.words


def _is_for_all(action: ActionView, facts: PlanFacts) -> bool:
    """Towards no outcome, or towards one that has ended while this goes on."""
    if action.outcome is None:
        return True
    ended = {one.root for one in facts.plan.outcomes if one.to_at is not None and _stands_here(one, facts)}
    return action.outcome in ended and action.closed_at is None


def _action(one: ActionView, facts: PlanFacts) -> list[object]:
    if one.closed_at is not None:
        when = f"Over since {words.day(one.closed_at)}" + (f": {one.done}" if one.done else "")
        return [one.who, one.what, when, one.why or "Not said"]
    may = one.post in facts.finishable
    # Whoever says here that it is done comes back here.
    back = f"?child={facts.person}&plan={facts.plan.id}" if facts.person else ""
    what: object = {"text": one.what, "url": reverse("step-finish", args=[one.step]) + back} if may else one.what
    return [one.who, what, capital(due_within(one.by_when, facts.at)), one.why or "Not said"]


def done_towards(plan: PlanView, root: UUID) -> list[str]:
    """Who does what towards an outcome, each in a line; what is over is left out."""
    open_ones = [one for one in plan.actions if one.outcome == root and one.closed_at is None]
    return [f"{one.who}: {one.what}" for one in open_ones]


def progress_rows(progress: Iterable[ProgressView]) -> list[list[str]]:
    """At which review, how far on the scale, and in words; the latest first."""
    return [[words.day(one.held_on), place_words(one), one.words or "Nothing more was said"] for one in progress]


def place_words(one: ProgressView) -> str:
    """`4 out of 10`, or that no number was given."""
    return "No number" if one.scale is None else f"{one.scale} out of 10"


def last_place(progress: Sequence[ProgressView]) -> str:
    """Where an outcome stood at the latest review."""
    if not progress:
        return ""
    latest = progress[0]
    said = f": {latest.words}" if latest.words else ""
    return f"At the review of {words.day(latest.held_on)}: {place_words(latest).lower()}{said}"


WIDE, FROM_X, FLOOR, HIGH = 264, 30, 62, 54
"""Measures of the small line: where it begins, where nought lies, how high ten is above it."""


def line_of(progress: Sequence[ProgressView]) -> dict[str, object] | None:
    """The same numbers as a line for the eye, oldest first; None where there are not two to join."""
    scales = [one.scale for one in reversed(progress) if one.scale is not None]
    if len(scales) < 2:
        return None
    apart = (WIDE - FROM_X - 8) / (len(scales) - 1)
    dots = [(round(FROM_X + place * apart), round(FLOOR - scale * HIGH / 10)) for place, scale in enumerate(scales)]
    return {"points": " ".join(f"{x},{y}" for x, y in dots), "dots": [{"x": x, "y": y} for x, y in dots]}


# --- who agrees, versions, reviews ---------------------------------------------------------------


def _agreement(one: AgreementView, facts: PlanFacts) -> list[object]:
    name = facts.names.get(one.person, SOMEBODY)
    return [
        f"{name}{capacity_words(one, facts.names)}",
        one.said_words or "Not recorded yet",
        one.words or ("Nothing more was said" if one.said else "Nothing recorded"),
        words.day(one.said_on) if one.said_on else "Not yet",
    ]


def capacity_words(one: AgreementView, names: Mapping[UUID, str]) -> str:
    """`, has parental responsibility for Rosie and Jack`; nothing for the young person themselves."""
    children = words.listing(names[child] for child in one.holder_of if child in names)
    return f", has parental responsibility for {children}" if children else ""


def said_before(one: AgreementView) -> str:
    """What somebody said last, above the question what they say now."""
    if not one.said:
        return ""
    more = f": {one.words}" if one.words else ""
    return f"{one.said_words} ({words.day(one.said_on)}){more}"


def _versions(facts: PlanFacts) -> list[list[object]]:
    if facts.person is None:
        return []
    return [
        [
            {
                "text": f"Version {one.number}",
                "url": reverse("plan-as-agreed", args=[facts.person, facts.plan.id, one.entry]),
            },
            words.day(one.made_at),
            signed_words(one.signatures),
            not_signed_words(one.signatures),
        ]
        for one in facts.plan.versions
    ]


def part_rows(passages: Iterable[PassageView], kind: str = "") -> list[dict[str, object]]:
    """A version's paragraphs under their headings; the child's words stand with the outcome that they are of."""
    parts: list[tuple[str, list[dict[str, object]]]] = []
    for one in passages:
        quoted = one.heading == "child_words"
        heading = "outcome" if quoted else one.heading
        if not parts or parts[-1][0] != heading:
            parts.append((heading, []))
        texts = parts[-1][1]
        # What the child said stands before what was made of it, as on the plan's own page.
        texts.insert(max(0, len(texts) - 1) if quoted else len(texts), {"text": one.text, "quoted": quoted})
    titles = PART_TITLES | {"further_action": further_words(kind)}
    return [{"title": titles.get(heading, ""), "texts": texts} for heading, texts in parts]


def signed_words(signatures: Iterable[SignatureView]) -> str:
    """Who signed."""
    return words.listing(one.name for one in signatures if one.signed_on) or "Nobody"


def not_signed_words(signatures: Iterable[SignatureView]) -> str:
    """Who did not, and why."""
    said = [f"{one.name}: {one.not_signed_because.rstrip('.')}" for one in signatures if not one.signed_on]
    return "; ".join(said) or "Nobody said that they would not"


def signature_rows(signatures: Iterable[SignatureView]) -> list[dict[str, str]]:
    """For components/summary-list.html on the page of a version."""
    return [
        {
            "key": f"{one.name}, {one.capacity}" if one.capacity else one.name,
            "value": f"Signed {words.day(one.signed_on)}"
            if one.signed_on
            else f"Did not sign: {one.not_signed_because}",
        }
        for one in signatures
    ]


def _reviews(facts: PlanFacts) -> list[list[object]]:
    if facts.protects:
        rows = protecting.meeting_rows(facts.plan.reviews, facts.parts, facts.names, facts.person)
        late = [[one.late_because or "No reason recorded"] for one in facts.plan.reviews]
        return [[*row, *more] for row, more in zip(rows, late, strict=True)] if _any_late(facts.plan) else rows
    url = reverse("person-timeline", args=[facts.person]) if facts.person else ""
    return [
        [
            {"text": words.day(one.held_on), "url": f"{url}#entry-{one.entry}"} if url else words.day(one.held_on),
            one.attended or "Not said",
            *([one.late_because or "No reason recorded"] if _any_late(facts.plan) else []),
        ]
        for one in facts.plan.reviews
    ]


def _any_late(plan: PlanView) -> bool:
    """Whether a reason for lateness was given at any review; else there is no column for one."""
    return any(one.late_because for one in plan.reviews)
