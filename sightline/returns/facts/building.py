"""From what the record knows of one child to their part of a census. Pure: no database, no clock.

A fact belongs to the episode that was open on the day on which it began. What had not happened by the census
date is not there yet; what was over before the year began is left out, and so is what no episode holds, and both
are said (`returns.leaving_out`).
"""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sightline.returns.cin.given import given
from sightline.returns.cin.parts import (
    Assessment,
    Characteristics,
    Child,
    CinPlan,
    Episode,
    Group,
    Identifiers,
    PreProceedings,
    ProtectionPlan,
    Review,
    Section47,
)
from sightline.returns.cin.years import Year
from sightline.returns.facts.rows import (
    AssessmentRow,
    ChildRow,
    EnquiryRow,
    EpisodeRow,
    Facts,
    PlanRow,
    PreProceedingsRow,
)
from sightline.returns.leaving_out import (
    ASSESSMENT,
    BEFORE_YEAR,
    BIRTH,
    CHILD_IN_NEED,
    CONFERENCE,
    ENQUIRY,
    EPISODE,
    EPISODE_OVER,
    NO_DAY,
    NO_EPISODE,
    NOT_ASKED,
    NOT_EXACT,
    ONE_CONFERENCE,
    PRE_PROCEEDINGS,
    PROTECTION,
    STOPPED,
    LeftOut,
)

Target = Callable[[date], date | None]
"""The day by which an initial conference is to be held, from the day that its days are counted from."""
_SEXES = {"M": "male", "F": "female"}


@dataclass(frozen=True, slots=True)
class Exported:
    """One child as a census has them, and what of their record it leaves out."""

    person: UUID
    child: Child
    left_out: tuple[LeftOut, ...]


def build(person: UUID, facts: Facts, *, year: Year, target: Target) -> Exported | None:
    """The child's part of that year's census, or None where no episode of theirs was open in it.

    Also None for somebody whose record may not be read, or who was taken out of the register.
    """
    if not facts.children:
        return None
    telling = _Telling(year, facts, target)
    if not telling.in_year:
        return None
    child = given(
        Child,
        identifiers=telling.identifiers(person, facts.children[0]),
        characteristics=_characteristics(facts.children[0]),
        episodes=telling.episodes(),
    )
    return Exported(person, child, tuple(telling.left_out))


def made_child_id(person: UUID) -> str:
    """The child id of somebody to whom nobody gave one: always the same, of twenty letters and digits at most."""
    return "S" + base64.b32encode(hashlib.sha256(person.bytes).digest()).decode()[:15]


def _characteristics(row: ChildRow) -> Characteristics:
    return given(Characteristics, ethnicity=row.ethnicity or None, disabilities=row.disabilities or ())


def _by(day: date | None, end: date) -> date | None:
    """A day that has come by the end of the year."""
    return day if day is not None and day <= end else None


Inside = dict[str, Any]


@dataclass
class _Telling:
    """Tells one child's year: each fact finds its episode, or is left out with why."""

    year: Year
    facts: Facts
    target: Target
    left_out: list[LeftOut] = field(default_factory=list)
    inside: dict[str, Inside] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def __post_init__(self) -> None:
        self.start, self.end = self.year.first_day, self.year.census_date
        begun = (one for one in self.facts.episodes if one.opened_on <= self.end)
        self.begun = sorted(begun, key=lambda one: (one.opened_on, one.closed_on or date.max, one.id))
        self.in_year = [one for one in self.begun if one.closed_on is None or one.closed_on >= self.start]

    def episodes(self) -> tuple[Episode, ...]:
        """Every episode of the year with what belongs to it, each kind in the order in which it began."""
        for one in self.begun:
            if one not in self.in_year:
                self._leave(EPISODE, BEFORE_YEAR, one.opened_on)
        self._assessments()
        self._plans()
        self._enquiries()
        self._conferences()
        self._pre_proceedings()
        return tuple(self._episode(one) for one in self.in_year)

    def _episode(self, one: EpisodeRow) -> Episode:
        closed = _by(one.closed_on, self.end)
        # A referral of no further action ended with itself; the census asks for no closure of it.
        if one.no_further_action and one.closed_on == one.opened_on and not one.closure_reason:
            closed = None
        return given(
            Episode,
            referral_date=one.opened_on,
            referral_source=one.source or None,
            primary_need=one.need or None,
            closure_date=closed,
            closure_reason=(one.closure_reason or None) if closed else None,
            no_further_action=one.no_further_action,
            **self.inside.get(one.id, {}),
        )

    # --- where a fact belongs ---------------------------------------------------------------------

    def _leave(self, module: str, why: str, began: date | None) -> None:
        self.left_out.append(LeftOut(module, why, began))

    def _home(self, module: str, began: date, ended: date | None) -> Inside | None:
        """What is inside the episode that the fact belongs to; None where it has not begun, or is left out."""
        if began > self.end:
            return None
        if ended is not None and ended < self.start:
            self._leave(module, BEFORE_YEAR, began)
            return None
        home = self._episode_of(began)
        if home is None or home not in self.in_year:
            self._leave(module, EPISODE_OVER if home else NO_EPISODE, began)
            return None
        return self.inside[home.id]

    def _episode_of(self, began: date) -> EpisodeRow | None:
        """The episode that was open on a day: one with further action before one without, and the latest of them."""
        open_then = [
            one for one in self.begun if one.opened_on <= began and (one.closed_on is None or one.closed_on >= began)
        ]
        return max(open_then, key=lambda one: (not one.no_further_action, one.opened_on), default=None)

    # --- who the child is -------------------------------------------------------------------------

    def identifiers(self, person: UUID, row: ChildRow) -> Identifiers:
        """Who the child is, as they were at the end of the year: born after it, they were still expected."""
        numbers = row.numbers or {}
        born, expected = self._birth(row)
        upn, former = numbers.get("upn"), numbers.get("former_upn")
        return given(
            Identifiers,
            sex_element=self.year.sex_element,
            la_child_id=numbers.get("child_id") or made_child_id(person),
            upn=upn,
            former_upn=former if former != upn else None,
            upn_unknown=None if upn else row.upn_unknown or None,
            birth_date=born,
            expected_birth_date=expected,
            sex=self.year.sex_unborn if expected else self._sex(row.sex or ""),
            death_date=_by(row.death_date, self.end),
        )

    def _birth(self, row: ChildRow) -> tuple[date | None, date | None]:
        if row.birth == "expected":
            return None, row.expected_date
        if row.birth_date is None:
            return None, None
        if row.birth_date > self.end:
            return None, row.was_expected or row.birth_date
        if row.birth != "exact":
            self._leave(BIRTH, NOT_EXACT, None)
            return None, None
        return row.birth_date, None

    def _sex(self, held: str) -> str:
        words = _SEXES.get(held)
        return next((code for code, said in self.year.sex_codes.items() if said == words), self.year.sex_missing)

    # --- assessments ------------------------------------------------------------------------------

    def _assessments(self) -> None:
        for one in sorted(self.facts.assessments, key=lambda row: (row.started_on, row.authorised_on or date.max)):
            authorised = _by(one.authorised_on, self.end)
            if one.authorised_on is None and _by(one.ended_on, self.end) and one.started_on <= self.end:
                self._leave(ASSESSMENT, STOPPED, one.started_on)
            elif (home := self._home(ASSESSMENT, one.started_on, authorised)) is not None:
                home["assessments"].append(self._assessment(one, authorised))

    def _assessment(self, one: AssessmentRow, authorised: date | None) -> Assessment:
        return given(
            Assessment,
            start=one.started_on,
            internal_review=_by(one.internal_review_on, self.end),
            authorised=authorised,
            # An earlier system may have marked factors before anybody signed; ours are what was signed.
            factors=() if one.authorised_on and not authorised else tuple(dict.fromkeys(one.factors or ())),
        )

    # --- plans ------------------------------------------------------------------------------------

    def _plans(self) -> None:
        before: int | None = None
        for one in sorted(self.facts.plans, key=lambda row: (row.from_on, row.to_on or date.max)):
            if one.here and one.to_on == one.from_on:
                self._leave(_kind(one), NO_DAY, one.from_on)
                continue
            if one.kind == "protection":
                told = one.plans_before
                before = told if told is not None else 0 if before is None else before + 1
            home = self._home(_kind(one), one.from_on, _by(one.to_on, self.end))
            if home is None:
                continue
            if one.kind == "protection":
                home["protection_plans"].append(self._protection(one, before))
            else:
                home["cin_plans"].append(given(CinPlan, start=one.from_on, end=_by(one.to_on, self.end)))

    def _protection(self, one: PlanRow, before: int | None) -> ProtectionPlan:
        so_far = [(main, day) for main, since in one.categories if (day := date.fromisoformat(since)) <= self.end]
        named, changed = [main for main, _ in so_far], [main for main, day in so_far if day > one.from_on]
        held = sorted({day for text in one.reviews if (day := date.fromisoformat(text)) <= self.end})
        # Taken up after the census date, it had on that date what the earlier system ended with.
        latest = [*named[-1:], *([one.last_category] if one.last_category else []), *changed[-1:]]
        return given(
            ProtectionPlan,
            start=one.from_on,
            end=_by(one.to_on, self.end),
            initial_category=one.first_category or (named[0] if named else None),
            latest_category=latest[-1] if latest else None,
            previous_plans=before,
            reviews=(given(Review, dates=held),) if held else (),
        )

    # --- enquiries and conferences ----------------------------------------------------------------

    def _enquiries(self) -> None:
        for one in sorted(self.facts.enquiries, key=lambda row: (row.began_on, row.conference_on or date.max)):
            held = _by(one.conference_on, self.end)
            not_required = one.not_required and not (one.concluded_on and one.concluded_on > self.end)
            home = self._home(ENQUIRY, one.began_on, held or (one.concluded_on if not_required else None))
            if home is not None:
                home["enquiries"].append(self._enquiry(one, held, not_required=not_required and not held))

    def _enquiry(self, one: EnquiryRow, held: date | None, *, not_required: bool) -> Section47:
        due = one.target_on
        if one.counted_from is not None and not not_required:
            due = self.target(one.counted_from)
        return given(
            Section47,
            start=one.began_on,
            conference_target=due,
            conference=held,
            conference_not_required=not_required,
        )

    def _conferences(self) -> None:
        """The latest of an episode is written: there is one place for it."""
        for one in sorted(self.facts.conferences, key=lambda row: row.held_on, reverse=True):
            home = self._home(CONFERENCE, one.held_on, one.held_on)
            if home is None:
                continue
            if "conference" in home:
                self._leave(CONFERENCE, ONE_CONFERENCE, one.held_on)
            else:
                home["conference"] = one.held_on

    # --- pre-proceedings --------------------------------------------------------------------------

    def _pre_proceedings(self) -> None:
        for one in sorted(self.facts.pre_proceedings, key=lambda row: _first_day(row) or date.max):
            began = _first_day(one)
            if began is not None and began > self.end:
                continue
            if not self.year.asks(PreProceedings.ELEMENT):
                self._leave(PRE_PROCEEDINGS, NOT_ASKED, began)
            elif began is None:  # no day says to which episode it belongs: the last that goes on
                self.inside[self.in_year[-1].id]["pre_proceedings"].append(self._times(one))
            elif (home := self._home(PRE_PROCEEDINGS, began, _over(one))) is not None:
                home["pre_proceedings"].append(self._times(one))

    def _times(self, one: PreProceedingsRow) -> Group:
        decided = one.decided_on is None or one.decided_on <= self.end
        return given(
            PreProceedings,
            start=_by(one.started_on, self.end),
            letter_sent=_by(one.letter_sent_on, self.end),
            meeting_offered=one.meeting_offered,
            meeting_facilitated=one.meeting_held,
            initial_meeting=_by(one.first_meeting_on, self.end),
            review_meetings=one.review_meetings,
            step_decision=_by(one.decided_on, self.end),
            outcome=(one.outcome or None) if decided else None,
            court_application=_by(one.applied_on, self.end),
            letter_of_issue=_by(one.letter_of_issue_on, self.end),
        )


def _kind(one: PlanRow) -> str:
    return PROTECTION if one.kind == "protection" else CHILD_IN_NEED


def _given_days(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def _first_day(one: PreProceedingsRow) -> date | None:
    days = (one.letter_sent_on, one.first_meeting_on, one.decided_on, one.applied_on, one.letter_of_issue_on)
    return one.started_on or min(_given_days(days), default=None)


def _over(one: PreProceedingsRow) -> date | None:
    """The day by which it was over: something was decided, and nothing happened after."""
    if not one.outcome and one.applied_on is None:
        return None
    return max(_given_days((one.decided_on, one.applied_on, one.letter_of_issue_on)), default=None)
