"""What was filled in on the page of an outcome, as the journey takes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sightline.access.rules import Section
from sightline.conferences.holding_rules import ChildDecided, DissentGiven, Held, Paragraph, ViewGiven
from sightline.conferences.models import Invitee
from sightline.journeys.hold_conference import ActionGiven, OutcomeGiven, Outline
from sightline.web.conferences.outcome_forms import keys_in

if TYPE_CHECKING:
    from sightline.web.conferences.outcome import ChildRow, InviteeRow, OutcomeSheet
    from sightline.web.plans.forms import ActionForm
    from sightline.web.plans.goals import GoalRow


def held_in(sheet: OutcomeSheet, *, at: datetime) -> Held:
    """The conference as it was held, from forms that are valid. Where no time is given, it was held when planned."""
    held = sheet.held.cleaned_data
    planned = sheet.facts.planned
    return Held(
        held_at=held["held_at"] or (planned if planned and planned <= at else at),
        attendance={row.asked.id: _attendance(row) for row in sheet.invitees if not row.asked.excluded},
        views={row.asked.id: view for row in sheet.invitees if (view := _view(row)) is not None},
        children=tuple(_child(row) for row in sheet.children),
        dissents=tuple(one for row in sheet.children for one in _dissents(row)),
        paragraphs=tuple(_paragraphs(sheet)),
        alone_because=held["alone_because"],
        next_on=held["next_on"],
    )


def _attendance(row: InviteeRow) -> tuple[str, str]:
    given = row.form.cleaned_data
    return given["attendance"], given["deputy"]


def _view(row: InviteeRow) -> ViewGiven | None:
    """What is new, or that they gave none; nothing where what they wrote before stands."""
    given = row.form.cleaned_data
    if given["view"] == Invitee.View.NONE:
        return ViewGiven(words="", how=Invitee.View.NONE)
    if not given["view"] or not given["words"].strip():
        return None
    return ViewGiven(words=given["words"], for_plan=given["for_plan"], how=given["view"])


def _child(row: ChildRow) -> ChildDecided:
    given = row.form.cleaned_data
    return ChildDecided(
        child=row.child,
        part=given.get("part", ""),
        part_words=given.get("part_words", ""),
        decision=given["decision"],
        category=given["category"],
        others=tuple(given["others"]),
        reasons=given["reasons"],
    )


def _dissents(row: ChildRow) -> list[DissentGiven]:
    return [
        DissentGiven(UUID(form.cleaned_data["invitee"]), row.child, form.cleaned_data["words"])
        for form in row.dissents
        if form.begun
    ]


def _paragraphs(sheet: OutcomeSheet) -> list[Paragraph]:
    every = tuple(row.child for row in sheet.children)
    found = []
    for form in sheet.paragraphs:
        given = form.cleaned_data
        if form.begun:
            found.append(
                Paragraph(
                    text=given["text"],
                    about=keys_in(given.get("about", [])) or every,
                    section=Section(given["section"] or "ordinary"),
                    handling=given["handling"] or "ordinary",
                    kept_from=keys_in(given["kept_from"]),
                )
            )
    return found


def outline_in(sheet: OutcomeSheet) -> Outline:
    """The outline of the plan: what is to be different, who does what by when, and what holds for all of it."""
    terms = sheet.terms.cleaned_data
    return Outline(
        outcomes=tuple(_outcome(row) for row in sheet.goals if row.form.begun),
        contingency=terms["contingency"],
        further_action=terms["further_action"],
    )


def _outcome(row: GoalRow) -> OutcomeGiven:
    given = row.form.cleaned_data
    return OutcomeGiven(
        words=given["words"],
        childs_words=given["childs_words"],
        how_we_know=given["how_we_know"],
        child=row.form.child_key,
        actions=tuple(_action(form) for form in row.actions.forms if form.begun),
    )


def _action(form: ActionForm) -> ActionGiven:
    given = form.cleaned_data
    return ActionGiven(
        what=given["what"], who=given["who"], why=given["why"], by_when=given["by_when"], post=form.post_key
    )
