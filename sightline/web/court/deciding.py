"""What a manager decides: that pre-proceedings begin, how they end; and that the court was applied to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from sightline.court.operations import applied_to_court, decide
from sightline.court.permissions import may_decide_before_court, refuse_unless_may_decide_before_court
from sightline.court.rules import outcomes_of
from sightline.journeys.pre_proceedings import begin_before_court
from sightline.kernel.london import local_day
from sightline.practice.queries import current_pack
from sightline.web.court.forms import AppliedForm, BeginForm, DecideForm
from sightline.web.court.opening import desk_of, open_spell
from sightline.web.enquiries.opening import family_choices, open_to_write
from sightline.web.enquiries.sheet import OneForm, keys_of
from sightline.web.plans.desk import answer

BEGIN = {
    "title": "Begin pre-proceedings",
    "lead": "A last time in which the parents can change things, with a lawyer, before a court is asked.",
    "button": "Begin them",
}
DECIDE = {"title": "Decide how pre-proceedings end", "button": "Record the decision"}
APPLIED = {
    "title": "The court was applied to",
    "lead": "Pre-proceedings are over with the application.",
    "button": "Record it",
}


def begin(request: HttpRequest, person: UUID) -> HttpResponse:
    """A manager's decision, for one child or several."""
    opened = open_to_write(request, person)
    refuse_unless_may_decide_before_court(opened.by)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        step: UUID = begin_before_court(
            by=opened.by, children=keys_of(given["children"]), why=given["why"], advice=given["advice"],
            decided_on=given["decided_on"] or local_day(opened.at), at=opened.at,
        )  # fmt: skip
        return step

    given = {"children": family_choices(opened)}
    # The child whose record this was begun from is the one fact that the page already has.
    return answer(request, desk_of(opened, request=request, name="before-court-begin", kind=BeginForm, asks=BEGIN,
                                   perform=perform, given=given, begins={"children": [str(person)]}))  # fmt: skip


def decide_end(request: HttpRequest, step: UUID) -> HttpResponse:
    """How they end, for all of the children or for some."""
    spell = open_spell(request, step)
    refuse_unless_may_decide_before_court(spell.opened.by)
    options = outcomes_of(current_pack(spell.opened.at))

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        entry: UUID = decide(
            by=spell.opened.by, step=step, outcome=given["outcome"], why=given["why"], advice=given["advice"],
            decided_on=given["decided_on"] or local_day(spell.opened.at), children=spell.chosen(sheet),
            at=spell.opened.at,
        )  # fmt: skip
        return entry

    given = {
        "children": spell.going_on,
        "outcomes": [(one.code or one.key, str(one.label)) for one in options],
        "hints": {one.code or one.key: str(one.hint) for one in options if one.hint},
    }
    return answer(request, desk_of(spell.opened, request=request, name="before-court-decide", kind=DecideForm,
                                   asks=DECIDE, perform=perform, given=given, beside=step))  # fmt: skip


def applied(request: HttpRequest, step: UUID) -> HttpResponse:
    """The application, which a worker records once a manager has decided it."""
    spell = open_spell(request, step)
    to_court = any(one.state in {"to_court", "applied"} for one in spell.lines)
    if not to_court and not may_decide_before_court(spell.opened.by):
        refuse_unless_may_decide_before_court(spell.opened.by)

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        entry: UUID = applied_to_court(
            by=spell.opened.by, step=step, applied_on=given["applied_on"] or local_day(spell.opened.at),
            letter_of_issue_on=given["letter_of_issue_on"], children=spell.chosen(sheet), said=spell.said(sheet),
            at=spell.opened.at,
        )  # fmt: skip
        return entry

    decided = {str(one.child) for one in spell.lines if one.state == "to_court"}
    waiting = [one for one in spell.going_on if one[0] in decided] or spell.going_on
    given = {"children": waiting}
    return answer(request, desk_of(spell.opened, request=request, name="before-court-applied", kind=AppliedForm,
                                   asks=APPLIED, perform=perform, given=given, beside=step))  # fmt: skip
