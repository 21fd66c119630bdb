"""A child protection plan in words: since when, from what, what is due and by which rule, and who was heard."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from sightline.conferences.queries import FamilyPart, MeetingPart
from sightline.plans.models import Review
from sightline.plans.queries import CategoryView, Clock, PlanLine, ReviewView
from sightline.plans.rules import CORE_GROUP, PROTECTION
from sightline.web.asked import address
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within
from sightline.web.presenters.words import capital

COURT = "The point at which the authority goes to court"
COURT_ASKED = "At what point does the authority go to court?"
CLOCKS = {"review": "Review conference by", "core_group": "Core group by", "visit": "Visit by"}
MEETING_COLUMNS = ["Held on", "What it was", "The child's part", "The parents' part"]
CATEGORY_COLUMNS = ["Child", "Main category", "Others", "From", "To"]
NOT_NAMED = "Not named yet: the chair of the conference names it"
NOT_SAID = "Not recorded"
CONVENE, CORE = "conference-convene", "core-group-record"


def is_protection(line: PlanLine) -> bool:
    """Whether it is a child protection plan."""
    return line.kind == PROTECTION


# --- since when, and from what -------------------------------------------------------------------


def since_words(line: PlanLine, child: UUID) -> str:
    """Since when this child has been on the plan; nothing once they are off it."""
    here = [one for one in line.members if one.child == child and one.to_on is None]
    return words.day(here[-1].from_on) if here else ""


def category_line(one: CategoryView, labels: Mapping[str, str]) -> str:
    """`Neglect; also emotional abuse`."""
    also = words.listing(labels.get(code, code).lower() for code in one.others)
    return f"{labels.get(one.main, one.main)}{f'; also {also}' if also else ''}"


def standing_words(categories: Iterable[CategoryView], labels: Mapping[str, str]) -> str:
    """What the plan says now, and since when; that nobody has named it yet."""
    now = next((one for one in categories if one.stands), None)
    return f"{category_line(now, labels)} (since {words.day(now.from_on)})" if now else NOT_NAMED


def category_rows(
    categories: Sequence[CategoryView], names: Mapping[UUID, str], labels: Mapping[str, str]
) -> list[list[str]]:
    """The history, the latest first, where there is one: what stood before, and on which days."""
    told = [one for one in categories if one.child in names]
    if all(one.stands for one in told):
        return []
    return [
        [
            names[one.child],
            labels.get(one.main, one.main),
            capital(words.listing(labels.get(code, code).lower() for code in one.others)) or "None",
            words.day(one.from_on),
            _until(one),
        ]
        for one in told
    ]


def _until(one: CategoryView) -> str:
    if one.to_on is None:
        return "It stands now"
    return "Put right the same day" if one.put_right else words.day(one.to_on)


# --- what is due ---------------------------------------------------------------------------------


def clock_rows(clocks: Iterable[Clock], names: Mapping[UUID, str], at: datetime) -> list[tuple[str, str]]:
    """`Core group by`: `Due in 6 working days (Mon 16 Mar)`; a visit of several children names each."""
    told = list(clocks)
    several = len({one.child for one in told if one.kind == "visit"}) > 1
    return [(_title(one, names, several=several), capital(due_within(one.due_at, at))) for one in told]


def _title(one: Clock, names: Mapping[UUID, str], *, several: bool) -> str:
    whose = f" ({names[one.child]})" if several and one.child is not None and one.child in names else ""
    return f"{CLOCKS[one.kind]}{whose}"


def rule_lines(clocks: Iterable[Clock]) -> list[str]:
    """From which day each is counted, and by which rule; each said once."""
    told = [f"{CLOCKS[one.kind].removesuffix(' by')}: counted {one.since}. Rule: {one.citation}." for one in clocks]
    return list(dict.fromkeys(told))


# --- core groups and conferences -----------------------------------------------------------------


def meeting_rows(
    reviews: Iterable[ReviewView], parts: Mapping[UUID, MeetingPart], names: Mapping[UUID, str], person: UUID | None
) -> list[list[object]]:
    """Each core group and review conference with the part that the child and the parents had in it."""
    return [
        [
            _held(one, parts.get(one.entry), person),
            str(Review.Kind(one.kind).label),
            _childs_part(parts.get(one.entry), names, person),
            _parents_part(parts[one.entry].family, names) if one.entry in parts else NOT_SAID,
        ]
        for one in reviews
    ]


def _held(one: ReviewView, part: MeetingPart | None, person: UUID | None) -> object:
    held, url = words.day(one.held_on), ""
    if part is not None:
        url = address("conference", part.step)
    elif person is not None:
        url = f"{reverse('person-timeline', args=[person])}#entry-{one.entry}"
    return {"text": held, "url": url} if url else held


def _childs_part(part: MeetingPart | None, names: Mapping[UUID, str], person: UUID | None) -> str:
    if part is None:
        return NOT_SAID
    wanted = [child for child in part.children if child in names and person in {None, child}]
    several = len(wanted) > 1
    said = [
        f"{f'{names[child]}: ' if several else ''}{_in_words(*part.children[child])}"
        for child in wanted
        if any(part.children[child])
    ]
    return "; ".join(said) or NOT_SAID


def _in_words(part: str, said: str) -> str:
    return f"{part}: “{said.strip()}”" if part and said.strip() else part or f"“{said.strip()}”"


def _parents_part(family: Iterable[FamilyPart], names: Mapping[UUID, str]) -> str:
    said = []
    for one in family:
        how = [part.lower() for part in (one.attendance, one.view) if part]
        if how and one.person in names:
            said.append(f"{names[one.person]}: {', '.join(how)}")
    return "; ".join(said) or NOT_SAID


# --- what may be done ----------------------------------------------------------------------------


def acts(person: UUID, plan: UUID) -> list[tuple[str, str]]:
    """Recording a core group, and convening the review conference; whichever pages there are."""
    core, convene = address(CORE, person, plan), address(CONVENE, person)
    found = [("Record a core group", core)] if core else []
    return [*found, *([("Convene the review conference", f"{convene}?kind=review&plan={plan}")] if convene else [])]


def page_of(clock: Clock) -> str:
    """Where what a protection plan makes due is done: the core group, or the conference that is to be convened."""
    child = clock.children[0]
    if clock.kind == CORE_GROUP:
        return address(CORE, child, clock.plan) or reverse("plan", args=[child, clock.plan])
    found = address(CONVENE, child)
    return f"{found}?kind=review&plan={clock.plan}" if found else reverse("plan", args=[child, clock.plan])


def meeting_title(clock: Clock) -> str:
    """`Core group`, `Review conference`; empty for the review of another kind of plan."""
    if clock.plan_kind != PROTECTION:
        return ""
    return "Core group" if clock.kind == CORE_GROUP else "Review conference"
