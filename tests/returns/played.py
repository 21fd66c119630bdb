"""Playing a family's years by operations, and writing down beside each act what a census should say of it.

What is expected is written when it is played and never read back from the record: `Played.expected` gives the
parts of the census as a file would. Everything lies in one census year, months before now on any clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sightline.commands.demonstration import casework, desk, helping, protecting
from sightline.commands.demonstration.authority import open_authority
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.helping import Ending
from sightline.commands.demonstration.telling import Telling
from sightline.conferences.holding_rules import Held, Paragraph
from sightline.court import operations as court
from sightline.journeys.birth import LIVING, BirthGiven, child_born
from sightline.journeys.plan_help import make_plan
from sightline.journeys.pre_proceedings import begin_before_court
from sightline.kernel.london import at_local_time
from sightline.kernel.working_days import add_working_days
from sightline.people import operations as people
from sightline.plans.operations import end_by_law, take_off_plan
from sightline.practice.operations import publish_shipped_packs
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

OPENING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AFTERWARDS = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
POST = "worker-1-family-support-2"
CLOSURES = {"died": "RC2", "services_ended": "RC7", "closed_after_assessment": "RC8"}
SHORTLY = timedelta(minutes=5)


@dataclass
class Told:
    """What a census should say of one child: plain values under the names of its parts, episode by episode."""

    who: dict[str, Any]
    characteristics: dict[str, Any] = field(default_factory=lambda: {"ethnicity": None, "disabilities": ()})
    episodes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def now(self) -> dict[str, Any]:
        """The episode that is open, or was last."""
        return self.episodes[-1]

    def child(self, otherwise: str) -> Child:
        """`otherwise` is the child id of a child to whom nobody gave one."""
        return given(
            Child,
            identifiers=given(Identifiers, **self.who | {"la_child_id": self.who["la_child_id"] or otherwise}),
            characteristics=given(Characteristics, **self.characteristics),
            episodes=tuple(_episode(one) for one in self.episodes),
        )


_GROUPS = {
    "assessments": Assessment,
    "cin_plans": CinPlan,
    "enquiries": Section47,
    "protection_plans": ProtectionPlan,
    "pre_proceedings": PreProceedings,
}


def _episode(told: Mapping[str, Any]) -> Episode:
    facts: dict[str, Any] = {}
    for name, value in told.items():
        facts[name] = tuple(_group(name, one) for one in value) if name in _GROUPS else value
    return given(Episode, **facts)


def _group(name: str, told: Mapping[str, Any]) -> Any:
    facts = dict(told)
    if name == "protection_plans":
        reviews = facts.pop("reviews")
        facts["reviews"] = (given(Review, dates=reviews),) if reviews else ()
    return given(_GROUPS[name], **facts)


def on(day: date, clock: str = "10:00") -> datetime:
    """A moment on a day, by England's clock."""
    return at_local_time(day, time.fromisoformat(clock))


class Played:
    """The authority of the demonstration without its families, and what is played in it. Children by their names."""

    def __init__(self) -> None:
        publish_shipped_packs(at=OPENING)
        self.story = Telling(open_authority(opening=OPENING), Diary(AFTERWARDS))
        self.told: dict[str, Told] = {}

    def expected(self, otherwise: str = "UNNAMED") -> list[Child]:
        """What a census of the year says of everybody. `otherwise` is the child id of whoever was given none."""
        return [told.child(otherwise) for told in self.told.values()]

    def keys(self, names: Sequence[str]) -> list[UUID]:
        return [self.story.people[name] for name in names]

    # --- who they are ---------------------------------------------------------------------------

    def child(self, name: str, born: date, sex: str, child_id: str = "", **told: Any) -> None:
        """A child to come with the next referral. `child_id` is recorded with it, where there is one."""
        self.told[name] = Told({"la_child_id": child_id or None, "birth_date": born, "sex": sex} | told)

    def unborn(self, name: str, expected: date, child_id: str) -> None:
        self.told[name] = Told({"la_child_id": child_id, "expected_birth_date": expected, "sex": "U"})

    def known(
        self, name: str, at: date, *, ethnicity: str, disabilities: tuple[str, ...], by: str = "jane", **about: str
    ) -> None:
        """What a worker knows of a child and the census asks: ethnicity, disabilities, pupil number or why none."""
        who, key, moment = self.story.who(by), self.story.people[name], on(at, "12:00")
        told = self.told[name]
        facts: dict[str, Any] = {"ethnicity": ethnicity, "disabilities": list(disabilities)}
        if "upn_unknown" in about:
            facts["upn_unknown"] = about["upn_unknown"]
        people.correct_particulars(by=who, person=key, at=moment, **facts)
        told.characteristics = {"ethnicity": ethnicity, "disabilities": disabilities}
        told.who |= about
        numbers = {"child_id": told.who["la_child_id"], "upn": about.get("upn")}
        for scheme, value in numbers.items():
            if value:
                people.add_identifier(by=who, person=key, scheme=scheme, value=value, at=moment)

    def another_upn(self, name: str, at: date, upn: str) -> None:
        """Another school gave another number."""
        people.add_identifier(
            by=self.story.who("jane"), person=self.story.people[name], scheme="upn", value=upn, at=on(at)
        )
        who = self.told[name].who
        who |= {"upn": upn, "former_upn": who["upn"]}

    def renamed(self, name: str, at: date, given_name: str, family: str) -> None:
        """Another name, of which a census says nothing."""
        people.add_name(
            by=self.story.who("jane"), person=self.story.people[name], given=given_name, family=family, true_from=at,
            at=on(at),
        )  # fmt: skip

    def born(self, name: str, at: date, sex: str) -> None:
        birth = BirthGiven(born_on=at, sex=sex, standing=LIVING, given=name.split(maxsplit=1)[0])
        child_born(by=self.story.who("jane"), child=self.story.people[name], born=birth, at=on(at, "16:00"))
        who = self.told[name].who
        who |= {"birth_date": at, "expected_birth_date": None, "sex": sex}

    def died(self, name: str, at: date) -> None:
        people.correct_particulars(
            by=self.story.who("jane"), person=self.story.people[name], death_date=at, at=on(at, "09:00")
        )
        self.told[name].who["death_date"] = at

    # --- referral and closure -------------------------------------------------------------------

    def refer(self, names: Sequence[str], at: date, *, need: str = "N1", further: bool = True) -> None:
        """A neighbour rings; it is assessed, or there is no further action."""
        story, title = self.story, f"{names[0]}, {at}"
        known = [name for name in names if name in story.people]
        referrer = story.public("acquaintance", name="Nora Nearby")
        story.take(
            title, by="dipa", at=on(at), channel="phone", referrer=referrer, saw="He was out late.", fears="Harm.",
            known=known, new=[self._new(name) for name in names if name not in known],
        )  # fmt: skip
        desk.settle(
            story, title, "referral_assessment" if further else "referral_no_further_action", by="tomas",
            at=on(at, "11:00"), need=need, reason="What we know.", would_change="More.", history_bears="Nothing.",
        )  # fmt: skip
        if further:
            casework.give(story, names, POST, by="margaret", at=on(at, "11:30"), reason="Jane has room.")
        for name in names:
            facts = {"referral_date": at, "referral_source": "1B", "primary_need": need}
            facts |= {"no_further_action": not further}
            self.told[name].episodes.append(facts | {group: [] for group in _GROUPS})

    def _new(self, name: str) -> Any:
        who = self.told[name].who
        if who.get("expected_birth_date"):
            return self.story.unborn(name, who["expected_birth_date"])
        return self.story.child(name, who["birth_date"], who["sex"])

    def close(self, names: Sequence[str], at: date, reason: str = "services_ended") -> None:
        """Asked for and authorised on one day."""
        ending = Ending(reason, "It is better.", "Ring us.", "The school.")
        step = helping.ask_to_end(self.story, names, ending, by="jane", at=on(at, "15:00"))
        helping.end(self.story, step, names, by="gareth", at=on(at, "16:00"), answer="Done")
        for name in names:
            self.told[name].now.update(closure_date=at, closure_reason=CLOSURES[reason])
            for plan in self.told[name].now["cin_plans"]:
                plan["end"] = plan["end"] or at

    # --- assessments and plans ------------------------------------------------------------------

    def assess(self, found: Mapping[str, Sequence[str]], begun: date, signed: date, outcome: str) -> None:
        """`found` has each child's factors. The one that a referral asked for runs from the day of the referral."""
        story = self.story
        one = helping.assess(story, list(found), by="jane", at=on(begun), why="What is happening")
        helping.write(
            story, one, {"analysis": "What we think.", "decision": "What follows."}, by="jane", at=on(begun, "11:00")
        )
        helping.found(story, one, found, by="jane", at=on(begun, "11:10"))
        helping.send(story, one, by="jane", at=on(signed, "10:00"), missing={"childs_day": "It stands in the notes."})
        helping.sign(story, f"assessed, {signed}, {min(found)}", one, outcome, by="gareth", at=on(signed, "15:00"))
        for name, factors in found.items():
            episode = self.told[name].now
            started = begun if episode["assessments"] else episode["referral_date"]
            episode["assessments"].append({"start": started, "authorised": signed, "factors": tuple(factors)})

    def plan(self, names: Sequence[str], begun: date) -> UUID:
        """A child in need plan."""
        for name in names:
            self.told[name].now["cin_plans"].append({"start": begun, "end": None})
        return make_plan(
            by=self.story.who("jane"), kind="child_in_need", children=self.keys(names), began_on=begun,
            post=self.story.post(POST), at=on(begun, "17:00"),
        )  # fmt: skip

    def end_plan(self, plan: UUID, name: str, ended: date) -> None:
        take_off_plan(
            by=self.story.who("gareth"), plan=plan, child=self.story.people[name], to_on=ended, reason="It is done.",
            at=on(ended, "17:30"),
        )  # fmt: skip
        self.told[name].now["cin_plans"][-1]["end"] = ended

    def end_by_death(self, plan: UUID, name: str, at: date) -> None:
        """The law ends a protection plan with the child's life."""
        end_by_law(by=self.story.who("gareth"), plan=plan, child=self.story.people[name], at=on(at, "14:00"))
        self.told[name].now["protection_plans"][-1]["end"] = self.told[name].who["death_date"]

    # --- protection -----------------------------------------------------------------------------

    def enquire(self, found: Mapping[str, str], begun: date, concluded: date) -> None:
        """A strategy discussion and the enquiry; `found` has each child's conclusion."""
        story = self.story
        reasons = dict.fromkeys(found, ("enquiry", "Two marks."))
        took_part = [protecting.us(story, "manager-family-support-2", "Gareth Lowe", "Team manager")]
        protecting.discuss(
            story, "Two marks.", reasons, took_part, by="gareth", at=on(begun, "14:00"), manner="single",
            medical="not_needed", medical_because="He was seen.", alone_because="It could not wait.",
        )  # fmt: skip
        conclusions = {name: (outcome, "What was found.") for name, outcome in found.items()}
        protecting.conclude(story, conclusions, by="jane", at=on(concluded, "15:00"), media="seen")
        for name, outcome in found.items():
            self.told[name].now["enquiries"].append(
                {
                    "start": begun,
                    "conference_target": add_working_days(begun, 15) if outcome == "continuing_risk" else None,
                    "conference": None,
                    "conference_not_required": outcome != "continuing_risk",
                }
            )

    def confer(self, decided: Mapping[str, str], held: date, kind: str = "initial") -> dict[str, UUID]:
        """`decided` is "plan:NEG" or "no_plan" of an initial conference, "goes_on:EMO" or "ends" of a review.

        Gives the protection plan of each child who is on one."""
        story = self.story
        conference = protecting.convene(
            story, list(decided), by="jane", at=on(held - timedelta(days=3), "12:00"), starts_at=on(held), place="Here",
            kind=kind,
        )  # fmt: skip
        children = tuple(
            protecting.decided(story, name, code.partition(":")[0], "What it rests on.", part="none",
                               category=code.partition(":")[2])
            for name, code in decided.items()
        )  # fmt: skip
        said = Paragraph("What was said.", tuple(self.keys(list(decided))))
        came = protecting.held(
            story, f"{kind}, {held}", conference,
            Held(held_at=on(held), children=children, paragraphs=(said,), alone_because="It could not wait."),
            at=on(held, "13:00"),
        )  # fmt: skip
        for name, code in decided.items():
            self._decided(name, code, held, kind)
        return {name: came.plans[story.people[name]] for name in decided if story.people[name] in came.plans}

    def _decided(self, name: str, code: str, held: date, kind: str) -> None:
        episode = self.told[name].now
        what, _, category = code.partition(":")
        if kind == "initial" and episode["enquiries"]:
            episode["enquiries"][-1]["conference"] = held
        elif kind != "review":
            episode["conference"] = held
        if what == "plan":
            for plan in episode["cin_plans"]:
                plan["end"] = plan["end"] or held
            before = sum(len(one["protection_plans"]) for one in self.told[name].episodes)
            begun = {"start": held, "end": None, "initial_category": category, "latest_category": category}
            episode["protection_plans"].append(begun | {"previous_plans": before, "reviews": []})
        elif kind == "review":
            plan = episode["protection_plans"][-1]
            plan["reviews"].append(held)
            plan["latest_category"] = category or plan["latest_category"]
            plan["end"] = held if what == "ends" else None

    # --- before a court -------------------------------------------------------------------------

    def before_court(
        self, names: Sequence[str], begun: date, letter: date, met: date, reviewed: Sequence[date]
    ) -> UUID:
        """Begun by a manager; the letter, a family meeting that took place, the first meeting and the others."""
        jane = self.story.who("jane")
        step = begin_before_court(
            by=self.story.who("gareth"), children=self.keys(names), decided_on=begun, why="The plan has not helped.",
            at=on(begun, "15:00"),
        )  # fmt: skip
        court.letter_sent(by=jane, step=step, sent_on=letter, at=on(letter, "15:00"))
        court.family_meeting(by=jane, step=step, offered=True, held=True, at=on(letter, "15:30"))
        court.hold_meeting(by=jane, step=step, kind="first", held_on=met, at=on(met, "17:00"))
        for day in reviewed:
            court.hold_meeting(by=jane, step=step, kind="review", held_on=day, at=on(day, "17:00"))
        for name in names:
            self.told[name].now["pre_proceedings"].append(
                {"start": begun, "letter_sent": letter, "meeting_offered": True, "meeting_facilitated": True,
                 "initial_meeting": met, "review_meetings": len(reviewed)}
            )  # fmt: skip
        return step

    def go_to_court(self, names: Sequence[str], step: UUID, decided: date, applied: date) -> None:
        gareth, jane = self.story.who("gareth"), self.story.who("jane")
        court.decide(
            by=gareth, step=step, outcome="B", decided_on=decided, why="It is not safe.", at=on(decided, "12:00")
        )
        court.applied_to_court(
            by=jane, step=step, applied_on=applied, letter_of_issue_on=applied + timedelta(days=1),
            at=on(applied + timedelta(days=1), "16:00"),
        )  # fmt: skip
        for name in names:
            self.told[name].now["pre_proceedings"][-1] |= {
                "step_decision": decided, "outcome": "B", "court_application": applied,
                "letter_of_issue": applied + timedelta(days=1),
            }  # fmt: skip
