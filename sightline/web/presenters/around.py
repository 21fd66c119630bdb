"""People and agencies: names, numbers, homes, ties, adults not identified, professionals, and who was told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.kernel.dates import day_words
from sightline.kernel.reading import in_sentence
from sightline.partnership.queries import InvolvedView, MessageLine
from sightline.people.models import Identifier, Name
from sightline.people.queries import Address, PersonHeader, PersonName, Related, Unidentified
from sightline.plans.queries import PlanLine
from sightline.record.queries import MentionGroup
from sightline.web.presenters import words
from sightline.web.presenters.child import address_line
from sightline.web.presenters.steps import capital, shown_name


def name_rows(names: Iterable[Name]) -> list[dict[str, str]]:
    """Every name, former ones too."""
    return [
        {"key": str(Name.Kind(one.kind).label), "value": f"{one.given} {one.family}".strip() + _ended(one.true_to)}
        for one in names
    ]


def _ended(day: date | None) -> str:
    return f" (until {day_words(day)})" if day else ""


def number_rows(header: PersonHeader) -> list[dict[str, str]]:
    """Numbers by which others know them."""
    return [
        {
            "key": str(Identifier.Scheme(one.scheme).label),
            "value": one.value + ("" if one.verified or one.scheme == "child_id" else " (not checked)"),
        }
        for one in header.identifiers
    ]


def address_rows(addresses: Sequence[Address], today: date) -> list[dict[str, str]]:
    """Homes, the current one first. What is withheld says only that it is."""
    rows = []
    for one in addresses:
        over = one.true_to is not None and one.true_to <= today
        since = f"since {day_words(one.true_from)}" if one.true_from and not over else ""
        until = f"until {day_words(one.true_to)}" if one.true_to else ""
        said = "; ".join(part for part in (since, until) if part)
        rows.append(
            {
                "key": "Earlier address" if over else "Address",
                "value": address_line(one) + (f" ({said})" if said else ""),
            }
        )
    return rows


def tie_rows(
    ties: Iterable[Related],
    headers: Mapping[UUID, PersonName],
    today: date,
    kept_out: Mapping[UUID, str] | None = None,
) -> list[list[object]]:
    """Who is what to this person: name, tie, parental responsibility, age."""
    rows: list[list[object]] = []
    for tie in ties:
        other = headers.get(tie.other)
        if other is None or (tie.true_to is not None and tie.true_to <= today):
            continue
        rows.append(
            [
                {"text": shown_name(other), "url": reverse("person", args=[other.id])},
                _with(tie_words(tie, other), kept_out, tie.other),
                responsibility_words(tie, other),
                capital(other.age_words(today)),
            ]
        )
    return rows


OTHER_END = {
    "mother": "Child",
    "father": "Child",
    "parent": "Child",
    "step_parent": "Stepchild",
    "grandparent": "Grandchild",
    "carer": "Cared for by them",
}


def tie_words(tie: Related, other: PersonName) -> str:
    """What the other person is to the one whose page this is."""
    label = tie.label if tie.reads else OTHER_END.get(tie.kind, tie.label)
    return f"{label}: {tie.words}" if tie.words else label


def responsibility_words(tie: Related, other: PersonName) -> str:
    """Parental responsibility, asked only of adults towards a child."""
    if other.kind == "child" or not tie.reads or tie.kind in {"sibling", "half_sibling", "partner"}:
        return "Does not apply"
    if tie.parental_responsibility is None:
        return "Not known"
    return "Yes" if tie.parental_responsibility else "No"


def household_rows(
    people: Iterable[UUID],
    headers: Mapping[UUID, PersonName],
    today: date,
    kept_out: Mapping[UUID, str] | None = None,
) -> list[dict[str, str]]:
    """Who else lives there."""
    return [
        {
            "key": shown_name(headers[one]),
            "value": _with(capital(headers[one].age_words(today)), kept_out, one),
            "url": reverse("person", args=[one]),
            "action": "Open",
        }
        for one in people
        if one in headers
    ]


def _with(said: str, kept_out: Mapping[UUID, str] | None, key: UUID) -> str:
    """With what a chair decided of them, so that whoever takes over does not tell them."""
    line = (kept_out or {}).get(key, "")
    return f"{said}. {line}" if line else said


def unidentified_rows(
    found: Iterable[Unidentified], mentions: Iterable[MentionGroup], agencies: Mapping[UUID, str]
) -> list[dict[str, object]]:
    """Adults who were spoken of, each with every mention put together, and where we stand."""
    said = {group.adult: group for group in mentions}
    rows = []
    for one in found:
        group = said.get(one.person)
        told = words.listing(agencies.get(each, "") for each in group.agencies) if group else ""
        rows.append(
            {
                "id": one.person,
                "name": one.name,
                "label": one.label,
                "open": one.is_open,
                "words": one.words,
                "mentions": list(group.words) if group else [],
                "told_by": told,
                "since": day_words(group.first_at.date()) if group else "",
            }
        )
    return rows


PROFESSIONAL_COLUMNS = ["Who", "Agency", "What they do", "Since", "Lead practitioner"]


def professional_rows(
    found: Iterable[InvolvedView],
    plans: Iterable[PlanLine],
    today: date,
    *,
    may_end: bool,
    kept_out: Mapping[UUID, str] | None = None,
) -> list[list[object]]:
    """Professionals who work with the child on that day."""
    leads = _leads(plans)
    return [
        [
            _with(_who(one), kept_out, one.agency_post),
            one.agency + (" (closed)" if one.closed else ""),
            one.role or "Not known",
            day_words(one.from_on),
            leads.get((one.agency_post, one.name)) or leads.get((one.agency_post, "")) or "No",
            *([_end_link(one)] if may_end else []),
        ]
        for one in found
        if _works(one, today)
    ]


def before_rows(found: Iterable[InvolvedView], today: date) -> list[str]:
    """Professionals who worked with the child before, the latest first."""
    return [
        f"{_who(one)}, {one.agency}{' (closed)' if one.closed else ''}: "
        f"{day_words(one.from_on)} to {day_words(one.to_on)}"
        for one in found
        if one.to_on is not None and one.to_on <= today
    ]


def lead_lines(found: Iterable[InvolvedView], plans: Iterable[PlanLine], today: date) -> list[str]:
    """Lead practitioners of plans who are not recorded among those who work with the child."""
    recorded = {one.agency_post for one in found if _works(one, today)}
    return [
        f"{plan_kind(one)}: led by {_lead(one)}"
        for one in plans
        if one.lead.agency_post is not None and one.lead.agency_post not in recorded
    ]


def _leads(plans: Iterable[PlanLine]) -> dict[tuple[UUID, str], str]:
    """By post and name; under a blank name too, where the plan or the involvement does not say who."""
    found: dict[tuple[UUID, str], str] = {}
    for one in plans:
        if one.lead.agency_post is not None:
            found[one.lead.agency_post, one.lead.name] = f"Yes: {in_sentence(plan_kind(one))}"
    return found


def plan_kind(plan: PlanLine) -> str:
    """What kind of plan it is, in words."""
    return plan.kind_words


def _lead(plan: PlanLine) -> str:
    return ", ".join(part for part in (plan.lead.name, plan.lead.title, plan.lead.agency) if part)


def _who(one: InvolvedView) -> str:
    return f"{one.name}, {one.title}" if one.name else one.title


def _works(one: InvolvedView, today: date) -> bool:
    return one.from_on <= today and (one.to_on is None or one.to_on > today)


def _end_link(one: InvolvedView) -> dict[str, str]:
    return {"text": f"End for {one.name or one.title}", "url": reverse("involvement-end", args=[one.child, one.id])}


def told_rows(messages: Iterable[MessageLine]) -> list[list[object]]:
    """Which agencies were told or asked, what, when, and how far it got."""
    return [[line.to, line.kind_label, words.full_moment(line.composed_at), capital(line.status)] for line in messages]
