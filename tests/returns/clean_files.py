"""Clean census files, made from a seed and a size: children who have several of what the census asks for.

Each child plays one of the stories below on working days of the census year, taken in order, so that what follows
in a story follows in time. Nothing here reads the record or knows how it is written out: the parts are made as a
file's are, and no rule has a word to say about them. Pure: the same seed, size and year give the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import cycle, islice
from random import Random
from typing import Any

from sightline.kernel.references import upn_check_letter
from sightline.kernel.working_days import add_working_days, is_working_day
from sightline.returns.cin.given import given
from sightline.returns.cin.parts import (
    Assessment,
    Characteristics,
    Child,
    CinPlan,
    Episode,
    Identifiers,
    PreProceedings,
    ProtectionPlan,
    Review,
    Section47,
)
from sightline.returns.cin.writer import HeaderGiven, write_census
from sightline.returns.cin.years import Year, known_years

FEWEST = 4
"""Rule 2887Q wants eight codes of disability in a file, and the first four children have them."""
AUTHORITY = "845"
# Numbers of authorities that are no more. No school's number begins with 0, so these are no pupil's.
_PUPIL_AUTHORITIES = ("820", "875", "909", "928")
_CATEGORIES = ("NEG", "EMO", "PHY", "SAB", "MUL")
_SOURCES = ("1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4", "5A", "5B", "5C", "6", "7")
_NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9")
_OUTCOMES = ("A", "B", "C")
_LATE = 12  # working days before the reference date from which nothing is overdue

# An act and the days that it takes, in their order. What is left open takes no day for its end.
ACTS = {
    "no further action": 1,
    "refer": 1,
    "referred before": 0,
    "assess": 2,
    "find nothing": 2,
    "begin to assess": 1,
    "plan": 2,
    "go on planning": 1,
    "plan until protected": 1,
    "enquire": 1,
    "begin to enquire": 1,
    "confer": 2,
    "protect": 6,
    "protect on": 5,
    "protected before": 3,
    "move in protected": 3,
    "born": 1,
    "pre-proceedings": 6,
    "begin pre-proceedings": 2,
    "close": 1,
    "close for early help": 1,
    "close after assessment": 1,
    "die": 1,
}


@dataclass(frozen=True)
class Story:
    """What happens to a child, act after act, and who they are (``born``: before, small, unborn, within)."""

    acts: tuple[str, ...]
    born: str = "before"
    late: int = 0  # how many of its last days fall so late that what they begin may be open

    @property
    def days(self) -> int:
        """How many days of the year it takes."""
        return sum(ACTS[act] for act in self.acts)


def _story(acts: str, **facts: Any) -> Story:
    return Story(tuple(acts.split(", ")), **facts)


STORIES = (
    _story("no further action, refer, assess, plan, close, no further action"),
    _story("refer, find nothing, close after assessment, refer, assess, close for early help, refer, assess, enquire"),
    _story("referred before, assess, assess, plan, plan, go on planning"),
    _story("refer, assess, enquire, assess, confer, plan, close"),
    _story("referred before, assess, protect, plan, protect on"),
    _story("referred before, protected before, assess, protect on"),
    _story("refer, assess, plan until protected, protect, plan, close", born="small"),
    _story("refer, assess, go on planning", born="unborn"),
    _story("refer, enquire, born, assess, protect on", born="within"),
    _story("refer, assess, plan, die"),
    _story("refer, assess, move in protected", born="small"),
    _story("referred before, protected before, assess, pre-proceedings"),
    _story("no further action, no further action"),
    _story("no further action, refer, begin to assess, begin to enquire", late=3),
    _story("refer, assess, close, refer, assess, plan, close, refer, assess, begin pre-proceedings"),
    _story("refer, assess, enquire, protect, close, refer, assess, protect, die"),
)


def clean_children(*, seed: int, size: int, year: int = 2027) -> Iterator[Child]:
    """So many children of that year's census, each with a child id of their own. Refuses fewer than `FEWEST`."""
    if size < FEWEST:
        raise ValueError(f"A clean file has at least {FEWEST} children.")
    rng = Random(seed)  # noqa: S311 (a story's days are no secret)
    told = cycle(rng.sample(STORIES, len(STORIES)))
    for number, story in enumerate(islice(told, size)):
        yield _Telling(rng, known_years()[year], story, seed % 1_000, number).child()


def clean_file(*, seed: int, size: int, year: int = 2027) -> bytes:
    """The same children as a file."""
    of = known_years()[year]
    header = HeaderGiven(
        authority=AUTHORITY,
        year=year,
        reference_date=of.census_date,
        software="CLEAN",
        release="1",
        serial="001",
        made_at=datetime(year, 4, 10, 8, 0, tzinfo=UTC),
    )
    out = BytesIO()
    write_census(out, header=header, children=clean_children(seed=seed, size=size, year=year))
    return out.getvalue()


@dataclass
class _Open:
    """An episode that is being told."""

    facts: dict[str, Any]
    assessments: list[Assessment] = field(default_factory=list)
    cin_plans: list[CinPlan] = field(default_factory=list)
    enquiries: list[Section47] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    pre_proceedings: list[PreProceedings] = field(default_factory=list)

    def made(self) -> Episode:
        groups = {name: value for name, value in vars(self).items() if name != "facts"}
        return given(Episode, **self.facts, **groups)


class _Telling:
    """One child's story: who they are, the days that are left, and what has been told so far."""

    def __init__(self, rng: Random, year: Year, story: Story, file: int, number: int) -> None:
        self.rng, self.year, self.story = rng, year, story
        self.file, self.number = file, number
        self.days = iter(_days(rng, year, story))
        self.episodes: list[_Open] = []
        self.plans_before = rng.choice((0, 0, 1, 2))
        self.planned_from: date | None = None
        self.born: date | None = None if story.born in ("unborn", "within") else self._birth()
        self.died: date | None = None

    def child(self) -> Child:
        for act in self.story.acts:
            getattr(self, _VERBS[act])()
        episodes = tuple(one.made() for one in self.episodes)
        return given(Child, identifiers=self._who(), characteristics=self._characteristics(), episodes=episodes)

    @property
    def episode(self) -> _Open:
        return self.episodes[-1]

    def day(self) -> date:
        return next(self.days)

    # --- who they are ---------------------------------------------------------------------------

    def _birth(self) -> date:
        """Of school age, or too young for school at the census that follows."""
        small = self.story.born == "small"
        youngest, oldest = (3, 4) if small else (7, 16)
        years = self.rng.randint(youngest, oldest)
        # From October on, so that somebody four years back is not yet of school age.
        return date(self.year.number - years - 1, self.rng.randint(10, 12), self.rng.randint(1, 28))

    def _who(self) -> Identifiers:
        unborn = self.born is None
        expected = self.year.census_date + timedelta(days=self.rng.randint(10, 70)) if unborn else None
        codes = [code for code in self.year.sex_codes if code not in (self.year.sex_unborn, self.year.sex_missing, "9")]
        return given(
            Identifiers,
            sex_element=self.year.sex_element,
            la_child_id=f"K{self.file:03d}{self.number:06d}",
            birth_date=self.born,
            expected_birth_date=expected,
            sex=self.year.sex_unborn if unborn else self.rng.choice(sorted(codes)),
            death_date=self.died,
            **self._pupil_numbers(),
        )

    def _pupil_numbers(self) -> dict[str, str]:
        if all(one.facts["no_further_action"] for one in self.episodes):
            return {"upn_unknown": "UN7"}
        if self.story.born != "before":
            return {"upn_unknown": "UN1"}
        if self.number % 5 == 4:
            return {"upn_unknown": self.rng.choice(("UN2", "UN3", "UN4", "UN5", "UN6"))}
        here, before = self.rng.sample(_PUPIL_AUTHORITIES, 2)
        numbers = {"upn": self._upn(here)}
        return numbers | ({"former_upn": self._upn(before)} if self.number % 3 == 0 else {})

    def _upn(self, authority: str) -> str:
        rest = f"{authority}0{self.file:03d}{self.number:05d}"
        return upn_check_letter(rest) + rest

    def _characteristics(self) -> Characteristics:
        kinds = sorted(self.year.disabilities - {"NONE"})
        if self.number < FEWEST:
            disabilities = kinds[self.number * 3 : self.number * 3 + 3]
        else:
            disabilities = self.rng.choice((["NONE"], ["NONE"], self.rng.sample(kinds, 2)))
        return given(
            Characteristics, ethnicity=self.rng.choice(sorted(self.year.ethnicities)), disabilities=disabilities
        )

    # --- what happens to them -------------------------------------------------------------------

    def no_further_action(self) -> None:
        facts = {"referral_date": self.day(), "referral_source": self.rng.choice(_SOURCES), "no_further_action": True}
        self.episodes.append(_Open(facts))

    def refer(self, on: date | None = None) -> None:
        self.episodes.append(
            _Open(
                {
                    "referral_date": on or self.day(),
                    "referral_source": self.rng.choice(_SOURCES),
                    "primary_need": self.rng.choice(_NEEDS),
                    "no_further_action": False,
                }
            )
        )

    def referred_before(self) -> None:
        self.refer(self.year.first_day - timedelta(days=self.rng.randint(250, 500)))

    def be_born(self) -> None:
        earliest = min(one.facts["referral_date"] for one in self.episodes)
        self.born = min(self.day(), earliest + timedelta(days=250))

    def assess(self, factors: list[str] | None = None) -> None:
        found = factors or self.rng.sample(sorted(self.year.factors - {"21"}), self.rng.randint(1, 4))
        started, authorised = self.day(), self.day()
        self.episode.assessments.append(given(Assessment, start=started, authorised=authorised, factors=found))

    def find_nothing(self) -> None:
        self.assess(["21"])

    def begin_to_assess(self) -> None:
        self.episode.assessments.append(given(Assessment, start=self.day()))

    def plan(self) -> None:
        self.episode.cin_plans.append(given(CinPlan, start=self.day(), end=self.day()))

    def go_on_planning(self) -> None:
        self.episode.cin_plans.append(given(CinPlan, start=self.day()))

    def plan_until_protected(self) -> None:
        self.planned_from = self.day()

    def enquire(self) -> None:
        self._enquired(self.day(), required=False)

    def begin_to_enquire(self) -> None:
        self._enquired(self.day())

    def confer(self) -> date:
        """An enquiry and its conference; gives the conference's day."""
        began, held = self.day(), self.day()
        self._enquired(began, held=held)
        return held

    def _enquired(self, began: date, *, held: date | None = None, required: bool = True) -> None:
        target = add_working_days(began, 15) if required else None
        self.episode.enquiries.append(
            given(
                Section47, start=began, conference_target=target, conference=held, conference_not_required=not required
            )
        )

    def protect(self) -> None:
        """Enquiry, conference and a plan with three reviews that has ended; a plan for a child in need ends with it."""
        started = self.confer()
        if self.planned_from:
            self.episode.cin_plans.append(given(CinPlan, start=self.planned_from, end=started))
            self.planned_from = None
        reviews = [self.day(), self.day(), self.day()]
        self._protected(started, reviews, end=self.day())

    def protect_on(self) -> None:
        self._protected(self.confer(), [self.day(), self.day(), self.day()])

    def protected_before(self) -> None:
        """A plan that began in an earlier year, and ends at the third review of this one."""
        reviews = [self.day(), self.day(), self.day()]
        began = self.episode.facts["referral_date"] + timedelta(days=self.rng.randint(30, 200))
        self._protected(began, reviews, end=reviews[-1])

    def move_in_protected(self) -> None:
        """On another authority's plan, so that a conference is held without an enquiry here."""
        self.episode.facts["conference"] = held = self.day()
        self._protected(held, [self.day(), self.day()])

    def _protected(self, started: date, reviews: list[date], *, end: date | None = None) -> None:
        first, latest = self.rng.choice(_CATEGORIES), self.rng.choice(_CATEGORIES)
        plan = given(
            ProtectionPlan,
            start=started,
            end=end,
            initial_category=first,
            latest_category=latest,
            previous_plans=self.plans_before,
            reviews=(given(Review, dates=reviews),),
        )
        self.plans_before += 1
        self.episode.protection_plans.append(plan)

    def pre_proceedings(self) -> None:
        """All of it, to an application."""
        letter, started, met = self.day(), self.day(), self.day()
        decided, applied, issued = self.day(), self.day(), self.day()
        self._pre_proceedings(
            start=started, letter_sent=letter, meeting_offered=True, meeting_facilitated=self.rng.random() < 0.5,
            initial_meeting=met, review_meetings=self.rng.randint(0, 3), step_decision=decided,
            outcome=self.rng.choice(_OUTCOMES), court_application=applied, letter_of_issue=issued,
        )  # fmt: skip

    def begin_pre_proceedings(self) -> None:
        started, letter = self.day(), self.day()
        self._pre_proceedings(start=started, letter_sent=letter, meeting_offered=False, review_meetings=0)

    def _pre_proceedings(self, **facts: Any) -> None:
        if self.year.asks("PreProceedingsandFGDM"):
            self.episode.pre_proceedings.append(given(PreProceedings, **facts))

    def close(self, reason: str = "") -> date:
        on = self.day()
        self.episode.facts |= {"closure_date": on, "closure_reason": reason or self.rng.choice(("RC3", "RC5", "RC7"))}
        return on

    def close_for_early_help(self) -> None:
        self.close("RC9" if "RC9" in self.year.closures else "RC8")

    def close_after_assessment(self) -> None:
        self.close("RC8")

    def die(self) -> None:
        self.died = self.close("RC2")


_OTHER_VERBS = {
    "born": "be_born",
    "pre-proceedings": "pre_proceedings",
    "begin pre-proceedings": "begin_pre_proceedings",
}
_VERBS: dict[str, str] = {act: _OTHER_VERBS.get(act, act.replace(" ", "_")) for act in ACTS}


def _days(rng: Random, year: Year, story: Story) -> list[date]:
    """As many working days of the year as the story takes, in order."""
    all_days = [year.first_day + timedelta(days=n) for n in range((year.census_date - year.first_day).days + 1)]
    working = [day for day in all_days if is_working_day(day)]
    if story.born == "unborn":
        # A pregnancy is 40 weeks at most.
        working = [day for day in working if day > year.census_date - timedelta(days=200)]
    early, late = working[:-_LATE], working[-_LATE:]
    return sorted([*rng.sample(early, story.days - story.late), *rng.sample(late, story.late)])
