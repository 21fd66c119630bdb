"""What a worker records of pre-proceedings: the letter, the family's meeting, the parents' meetings, a wrong date."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from sightline.court.operations import correct_days, family_meeting, hold_meeting, letter_sent
from sightline.court.queries import list_pre_proceedings
from sightline.court.rules import DAYS, FOLLOWING
from sightline.doorway.acts import look
from sightline.kernel.errors import NotFound
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.web.court.forms import NOT_YET, YES, DatesForm, FamilyForm, LetterForm, MeetingForm
from sightline.web.court.opening import NOT_HERE, desk_of, open_spell
from sightline.web.enquiries.opening import LOOKED_AT, open_to_write
from sightline.web.enquiries.sheet import OneForm
from sightline.web.plans.desk import answer

LETTER = {"title": "The letter before proceedings was sent", "button": "Record it"}
FAMILY = {
    "title": "Family group decision making",
    "lead": "A meeting at which the family makes its own plan, offered before a court is asked.",
    "button": "Record it",
}
MEETING = {"title": "A meeting with the parents and their lawyers", "button": "Record it"}
DATES = {
    "title": "Put a date right",
    "lead": "The record keeps what stood before, and why it is put right.",
    "button": "Put it right",
}


def letter(request: HttpRequest, step: UUID) -> HttpResponse:
    """The letter before proceedings."""
    spell = open_spell(request, step)

    def perform(sheet: OneForm) -> UUID:
        sent_on = sheet.given["sent_on"] or local_day(spell.opened.at)
        entry: UUID = letter_sent(
            by=spell.opened.by, step=step, sent_on=sent_on, children=spell.chosen(sheet), said=spell.said(sheet),
            at=spell.opened.at,
        )  # fmt: skip
        return entry

    given = {"children": spell.going_on}
    return answer(request, desk_of(spell.opened, request=request, name="before-court-letter", kind=LetterForm,
                                   asks=LETTER, perform=perform, given=given, beside=step))  # fmt: skip


def family(request: HttpRequest, step: UUID) -> HttpResponse:
    """Family group decision making: offered, and held."""
    spell = open_spell(request, step)

    def perform(sheet: OneForm) -> UUID:
        held = sheet.given["held"]
        entry: UUID = family_meeting(
            by=spell.opened.by, step=step, offered=sheet.given["offered"] == YES,
            held=None if held in {"", NOT_YET} else held == YES, children=spell.chosen(sheet),
            said=spell.said(sheet), at=spell.opened.at,
        )  # fmt: skip
        return entry

    given = {"children": spell.going_on}
    return answer(request, desk_of(spell.opened, request=request, name="before-court-family", kind=FamilyForm,
                                   asks=FAMILY, perform=perform, given=given, beside=step))  # fmt: skip


def meeting(request: HttpRequest, step: UUID) -> HttpResponse:
    """The first meeting, or a review."""
    spell = open_spell(request, step)
    had_first = all(one.first_meeting_on for one in spell.lines)

    def perform(sheet: OneForm) -> UUID:
        held_on = sheet.given["held_on"] or local_day(spell.opened.at)
        entry: UUID = hold_meeting(
            by=spell.opened.by, step=step, kind=sheet.given.get("kind", FOLLOWING), held_on=held_on,
            children=spell.chosen(sheet), said=spell.said(sheet), at=spell.opened.at,
        )  # fmt: skip
        return entry

    given = {"children": spell.going_on, "had_first": had_first}
    return answer(request, desk_of(spell.opened, request=request, name="before-court-meeting", kind=MeetingForm,
                                   asks=MEETING, perform=perform, given=given, beside=step))  # fmt: skip


def dates(request: HttpRequest, person: UUID) -> HttpResponse:
    """One date of the child's latest pre-proceedings."""
    opened = open_to_write(request, person)
    look(by=opened.by, people=[person], what=LOOKED_AT, at=opened.at)
    line = next(iter(list_pre_proceedings([person], opened.at)), None)
    if line is None:
        raise NotFound(NOT_HERE)
    before = {name: getattr(line, name) for name in DAYS}
    stood = {name: f"Recorded as {day_words(day)}" if day else "Not recorded" for name, day in before.items()}

    def perform(sheet: OneForm) -> UUID:
        given = sheet.given
        entry: UUID = correct_days(
            by=opened.by, pre_proceedings=line.id, days={given["which"]: given["day"]}, reason=given["because"],
            at=opened.at,
        )  # fmt: skip
        return entry

    fields = {"reason": "because"} | dict.fromkeys(DAYS, "day")
    return answer(request, desk_of(opened, request=request, name="before-court-dates", kind=DatesForm, asks=DATES,
                                   perform=perform, given={"stood": stood}, fields=fields))  # fmt: skip
