"""The world that every address is asked in: families, each of their protected places holding words of its own.

`own` is carried by the team of most personas, `kin` is a half-sibling with another team, `other` is another
team's child, `restricted` is hidden from all but named readers, `known` may be known of and not read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client

from sightline.access.rules import Section
from sightline.commands.demonstration import casework, desk, paper
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.documents.operations import add_document
from sightline.doorway.acts import acting, look
from sightline.doorway.operations import save_draft
from sightline.doorway.roles import Role
from sightline.front_door.queries import list_waiting_handovers
from sightline.journeys.end_involvement import ask_manager_to_end
from sightline.journeys.hand_over import hand_over
from sightline.journeys.restrict import keep_colleague_away, restrict_record
from sightline.journeys.stand_in import be_away
from sightline.kernel.references import new_id
from sightline.partnership.operations import involve
from sightline.people.operations import add_need, add_warning
from sightline.record.operations import tell
from sightline.record.queries import list_notices, list_steps_about
from sightline.recording.operations import plan_visit
from sightline.workforce import operations as workforce
from tests.universe import Universe
from tests.web.matrix.assessed import assess
from tests.web.matrix.canaries import (
    FATHER,
    LODGER,
    MOTHER,
    NAMES,
    NEIGHBOUR,
    NEIGHBOUR_PHONE,
    OTHERS,
    UNBORN,
    WITHHELD,
    WITHHELD_POSTCODE,
)
from tests.web.matrix.conferring import confer
from tests.web.matrix.guarded import guard
from tests.web.matrix.personas import PERSONAS, SIGNED_OUT
from tests.web.matrix.planning import tell_plan
from tests.web.matrix.protecting import protect
from tests.web.matrix.sharing import share


@dataclass
class World:
    """Keys of what there is, by kind and by whose it is; browsers by persona."""

    universe: Universe
    letters: list[EmailMessage] = field(default_factory=list)
    link: str = ""
    code: str = ""
    keys: dict[str, dict[str, str]] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def add(self, kind: str, whose: str, key: UUID | str) -> None:
        """Everything that was not added is absent."""
        self.keys.setdefault(kind, {})[whose] = str(key)

    def key(self, kind: str, whose: str) -> str:
        """A key of that kind; one that was never given to anything for "absent"."""
        return self.keys.get(kind, {}).get(whose) or ABSENT.get(kind, str(UUID(int=7, version=4)))

    def has(self, kind: str, whose: str) -> bool:
        return whose == "absent" or whose in self.keys.get(kind, {})

    def browser(self, persona: str) -> Client:
        """Signed in as that persona."""
        if persona not in self.browsers:
            from sightline.workforce.models import Account

            client = self.browsers[persona] = Client(raise_request_exception=False)
            if persona != SIGNED_OUT:
                client.force_login(Account.objects.get(id=self.universe.authority.accounts[PERSONAS[persona]]))
        return self.browsers[persona]


ABSENT = {"link": "A" * 26, "uidb": "3-absent", "pk": "4711"}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back, so that every cell of the table meets the same world."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def build_world(universe: Universe) -> World:
    """Told by operations, like the demonstration."""
    world = World(universe)
    story = universe.story
    _hire(story)
    _own_first(world, story)
    _others(world, story)
    _carried(world, story)
    _own_record(world, story)
    _planned_visits(world, story)
    _plans(world, story)
    _kept_apart(world, story)
    _assessments(world, story)
    _own_again(world, story)
    _undecided(world, story)
    _restricted(world, story)
    _professionals(world, story)
    _asked_to_end(world, story)
    _protected(world, story)
    _steps_and_notices(world, story)
    for persona in PERSONAS:
        world.browser(persona)
    return world


def _hire(story: Telling) -> None:
    by, at = story.who("anna"), story.diary.at(60, "09:00")
    authority = story.authority
    teams, posts, accounts = dict(authority.teams), dict(authority.posts), dict(authority.accounts)
    teams["family-support-3"] = workforce.open_team(
        by=by, key="family-support-3", name="Family Support 3", kind="casework", phone="01632 960040", at=at
    )
    places = {
        "nadia": "family-support-3",
        "nina": "family-support-2",
        "nora": "family-support-2",
        "ben": "family-support-2",
    }
    for number, (key, team) in enumerate(places.items()):
        posts[f"post-{key}"] = workforce.open_post(
            by=by, team=teams[team], key=f"post-{key}", title=f"Worker {key}", kind="worker",
            manager=posts["service-manager"], at=at,
        )  # fmt: skip
        accounts[key] = workforce.open_account(
            by=by, name=f"{key.title()} Example", email=f"{key}@hallowby.example", role=Role.SOCIAL_WORKER,
            password="kettle-harbour-91", registration=f"SW8001{number:02}", phone=f"01632 96018{number}", at=at,
        )  # fmt: skip
        workforce.place(by=by, post=posts[f"post-{key}"], account=accounts[key], at=at)
    object.__setattr__(authority, "teams", teams)
    object.__setattr__(authority, "posts", posts)
    object.__setattr__(authority, "accounts", accounts)
    _give_codes([accounts[key] for key in places if key != "nina"])


def _give_codes(accounts: list[UUID]) -> None:
    from sightline.web.signin import give_demonstration_code
    from sightline.workforce.models import Account

    for account in Account.objects.filter(id__in=accounts):
        give_demonstration_code(account)


def _school(story: Telling) -> Any:
    return story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")


def _own_first(world: World, story: Telling) -> None:
    diary = story.diary
    at = diary.at(38, "10:05")
    story.take(
        "own", by="dipa", at=at, channel="phone", referrer=_school(story), saw="qzownsaw and more.", fears="Hunger.",
        new=[
            story.child(NAMES["own"], diary.years_old(8, 40), "F"),
            story.unborn(UNBORN, diary.in_weeks(7)),
            story.adult(MOTHER, "F", diary.years_old(31, 12)),
            story.adult(FATHER, "M", diary.years_old(33, 80)),
        ],
        private={NAMES["own"]: "qzownalone is hers."},
    )  # fmt: skip
    own, mother = story.people[NAMES["own"]], story.people[MOTHER]
    story.parents({MOTHER: "mother", FATHER: "father"}, [NAMES["own"], UNBORN], by="dipa", at=at)
    story.protected_home(
        [NAMES["own"]], WITHHELD, WITHHELD_POSTCODE, by="dipa", at=at, readers=[story.post("service-manager")]
    )
    add_need(by=story.who("dipa"), person=mother, kind="safe_contact", words="qzneed: text first.", at=at)
    warning = add_warning(
        by=story.who("dipa"), person=own, words="qzwarning: a dog.", review_on=diary.in_weeks(12), at=at
    )
    world.add("warning", "own", warning)
    sent = desk.acknowledge(story, "own", by="dipa", at=diary.at(38, "10:30"))
    disagrees = desk.answered(
        sent, kind="challenge", signed="Hannah Reyes", text="We see it otherwise.", at=diary.at(38, "10:50")
    )
    world.add("reply", "own", disagrees)
    desk.ask(
        story, "own", "police", "police-hub", by="dipa", at=diary.at(38, "11:00"), question="What is known?",
        reason="A hungry child.",
    )  # fmt: skip
    desk.agency_answers(
        story, "own", by="tomas", at=diary.at(38, "15:00"), told_by="Northmere Police", text="qzpolicesaid one call.",
        section="police",
    )  # fmt: skip
    desk.settle(
        story, "own", "referral_assessment", by="tomas", at=diary.at(38, "16:00"), need="N1",
        reason="qzowndecided: two children are hungry.", would_change="Breakfast.", history_bears="Nothing earlier.",
    )  # fmt: skip
    outcome = desk.tell_outcome(story, "own", by="tomas", at=diary.at(38, "16:20"))
    world.add("person", "own", own)
    world.add("person", "mother", mother)
    world.add("contact", "own", story.contacts["own"])
    world.add("message", "own", outcome.message)
    with acting(story.who("dipa").id):
        # What the worker's job would do a moment later.
        tell(post=story.post("duty-front-door"), kind="message_challenge", subject=sent.message, at=at)
        told = [one for one in list_notices([story.post("duty-front-door")]) if one.subject == sent.message]
    world.add("message_notice", "own", told[0].id)


def _others(world: World, story: Telling) -> None:
    diary = story.diary
    at = diary.at(38, "11:05")
    story.take(
        "other", by="dipa", at=at, channel="phone", referrer=_school(story), saw="qzothersaw and more.", fears="Cold.",
        new=[
            story.child(NAMES["other"], diary.years_old(9, 20), "M"),
            story.child(NAMES["kin"], diary.years_old(3, 20), "M"),
        ],
        private={NAMES["kin"]: "qzkinalone is his."},
    )  # fmt: skip
    story.siblings([NAMES["own"], NAMES["kin"]], by="dipa", at=at, kind="half_sibling")
    sent = desk.acknowledge(story, "other", by="dipa", at=diary.at(38, "11:30"))
    desk.settle(
        story, "other", "referral_assessment", by="tomas", at=diary.at(38, "16:30"), need="N1", reason="A cold home.",
        would_change="Heat.", history_bears="Nothing earlier.",
    )  # fmt: skip
    desk.tell_outcome(story, "other", by="tomas", at=diary.at(38, "16:40"))
    for whose in OTHERS:
        world.add("person", whose, story.people[NAMES[whose]])
    world.add("contact", "other", story.contacts["other"])
    world.add("message", "other", sent.message)


def _carried(world: World, story: Telling) -> None:
    at = story.diary.at(37, "14:00")
    casework.give(
        story, [NAMES["own"], UNBORN], "worker-1-family-support-2", by="margaret", at=at, reason="Jane has room."
    )
    others = [NAMES[whose] for whose in OTHERS]
    casework.give(story, others, "post-nadia", by="margaret", at=at, reason="Nadia has room.")
    for name in (NAMES["own"], UNBORN, MOTHER, FATHER):
        keep_colleague_away(
            by=story.who("gareth"), person=story.people[name], colleague=story.authority.accounts["ben"],
            reviewer=story.post("service-manager"), reason="qzwhycousin.", at=at,
        )  # fmt: skip


def _own_record(world: World, story: Telling) -> None:
    diary, name = story.diary, NAMES["own"]
    _file(world, story, "own", "jane", diary.at(12, "10:00"))
    casework.note(story, "own", Note(
        about=[name], seen="seen", text="qzownnote: visited.", own_words={name: "qzownwords I do the toast."},
        to_do={"qzstep: see her alone": ("worker-1-family-support-2", diary.in_weeks(1))},
    ), by="jane", at=diary.at(11, "14:00"))  # fmt: skip
    _legal(story, diary.at(11, "15:00"))
    casework.note(
        story, "wrong", Note(about=[name], text="qzwithdrawn was another child."), by="jane", at=diary.at(10, "10:00")
    )
    casework.take_off(
        story, "wrong", name, by="jane", reader="gareth", at=diary.at(9, "10:00"), reason="The wrong child."
    )
    casework.note(story, "other", Note(
        about=[NAMES["other"]], seen="seen", text="qzothernote: visited.",
        to_do={"Ring the school": ("post-nadia", diary.in_weeks(1))},
    ), by="nadia", at=diary.at(11, "14:00"))  # fmt: skip
    _file(world, story, "other", "nadia", diary.at(10, "10:00"))
    for kind, whose, title in (("entry", "own", "own"), ("entry", "other", "other"), ("withdrawn", "own", "wrong")):
        world.add(kind, whose, story.entries[title])


def _planned_visits(world: World, story: Telling) -> None:
    at = story.diary.at(9, "12:00")
    for whose, by, post in (("own", "jane", "worker-1-family-support-2"), ("other", "nadia", "post-nadia")):
        planned = plan_visit(
            by=story.who(by), children=[story.people[NAMES[whose]]], starts_at=story.diary.at(8, "15:00"),
            place="home", announced=True, purpose=f"qz{whose}plan: bedtime.", post=story.post(post), at=at,
        )  # fmt: skip
        world.add("planned", whose, planned)


def _plans(world: World, story: Telling) -> None:
    for whose, by, post in (("own", "jane", "worker-1-family-support-2"), ("other", "nadia", "post-nadia")):
        told = tell_plan(story, NAMES[whose], by=by, post=post, mark="qz" if whose == "own" else "")
        for kind, key in told.items():
            world.add(kind, whose, key)


def _assessments(world: World, story: Telling) -> None:
    for kind, key in assess(story, story.people[NAMES["own"]], at=story.diary.at(9, "12:30")).items():
        world.add(kind, "own", key)


def _protected(world: World, story: Telling) -> None:
    for told in (protect(story), confer(story), guard(story), share(story)):
        for whose, kind, key in ((whose, *pair) for whose, keys in told.items() for pair in keys.items()):
            world.add(kind, whose, key)


def _file(world: World, story: Telling, whose: str, by: str, at: datetime) -> None:
    person = story.people[NAMES[whose]]
    added = add_document(
        by=story.who(by), name=f"qz{whose.replace('restricted', 'hidden')}file.pdf", about=[(person, Section.ORDINARY)],
        content=paper.letter([f"About {whose}"]), at=at,
    )  # fmt: skip
    world.add("document", whose, added)


def _legal(story: Telling, at: datetime) -> None:
    from sightline.kernel.when import When
    from sightline.record.rules import Words
    from sightline.recording.operations import record_note
    from sightline.recording.rules import Written

    person = story.people[NAMES["own"]]
    words = (
        Words(text="Met the lawyer.", about=(person,)),
        Words(text="qzlegal advice.", about=(person,), section=Section.LEGAL_ADVICE),
    )
    written = Written(concerned=tuple(story.concerned([person])), words=words, occurred=When.exactly(at))
    record_note(by=story.who("jane"), written=written, at=at)


def _kept_apart(world: World, story: Telling) -> None:
    diary = story.diary
    story.take(
        "apart", by="dipa", at=diary.at(8, "09:40"), channel="phone", known=[NAMES["own"]], referrer=_school(story),
        saw="qzallegation about a coach.", fears="That he hurts children.",
    )  # fmt: skip
    desk.settle(
        story, "apart", "allegation_professional", by="tomas", at=diary.at(8, "12:00"),
        reason="qzallegation is for the designated officer.", would_change="Nothing.", history_bears="Nothing.",
    )  # fmt: skip
    world.add("contact_apart", "own", story.contacts["apart"])


def _own_again(world: World, story: Telling) -> None:
    diary = story.diary
    referrer = story.public("acquaintance", NEIGHBOUR, NEIGHBOUR_PHONE, "qzsafe after six")
    story.take(
        "again", by="dipa", at=diary.recent(35), channel="phone", known=[NAMES["own"], UNBORN, MOTHER],
        referrer=referrer, saw="qzneighboursaw a bruise.", fears="That it happened at home.",
        new=[story.somebody(LODGER, "qzlodgerlooks tall")],
    )  # fmt: skip
    world.add("unidentified", "own", story.people[LODGER])
    hand_over(by=story.who("dipa"), contact=story.contacts["again"], words="Undecided.", at=diary.recent(30))
    asked = desk.ask(
        story, "again", "health", "hospital-visitors", by="dipa", at=diary.recent(33), question="When last seen?",
        reason="A bruise.",
    )  # fmt: skip
    world.link, world.code = asked.link_token, asked.code
    world.add("link", "own", asked.link_token)
    with acting(story.who("dipa").id):
        steps = list_steps_about(subject=story.contacts["again"])
    world.add("check", "own", next(step.id for step in steps if step.kind == "check_answer"))
    world.add("contact_again", "own", story.contacts["again"])


def _undecided(world: World, story: Telling) -> None:
    """Still with the front door's desk, which can hand it over."""
    story.take(
        "late", by="dipa", at=story.diary.recent(25), channel="phone", known=[NAMES["own"]], referrer=_school(story),
        saw="qzlatesaw her cry.", fears="That she is afraid.",
    )  # fmt: skip
    world.add("contact_late", "own", story.contacts["late"])


def _restricted(world: World, story: Telling) -> None:
    diary, name = story.diary, NAMES["restricted"]
    story.take(
        "restricted", by="dipa", at=diary.at(36, "10:05"), channel="phone", referrer=_school(story),
        saw="qzhiddensaw and more.", fears="That they are found.", new=[story.child(name, diary.years_old(7, 9), "F")],
    )  # fmt: skip
    sent = desk.acknowledge(story, "restricted", by="dipa", at=diary.at(36, "10:30"))
    desk.settle(
        story, "restricted", "referral_assessment", by="tomas", at=diary.at(36, "12:00"), need="N1",
        reason="In hiding.", would_change="Nothing.", history_bears="Nothing earlier.",
    )  # fmt: skip
    desk.tell_outcome(story, "restricted", by="tomas", at=diary.at(36, "12:30"))
    casework.give(story, [name], "worker-1-family-support-2", by="margaret", at=diary.at(36, "14:00"), reason="Room.")
    restrict_record(
        by=story.who("gareth"), person=story.people[name], readers=[story.who("nora").id, story.who("helen").id],
        reviewer=story.post("service-manager"), reason="qzwhyhidden: a relative.", at=diary.at(36, "14:10"),
    )  # fmt: skip
    casework.note(
        story, "restricted",
        Note(about=[name], seen="seen", text="qzhiddennote.", to_do={"Ring": ("post-nora", diary.in_weeks(1))}),
        by="nora", at=diary.at(11, "14:00"),
    )  # fmt: skip
    _file(world, story, "restricted", "nora", diary.at(10, "10:00"))
    of = {"person": story.people[name], "contact": story.contacts["restricted"], "message": sent.message}
    for kind, key in (of | {"entry": story.entries["restricted"]}).items():
        world.add(kind, "restricted", key)


def _professionals(world: World, story: Telling) -> None:
    at = story.diary.at(9, "12:00")
    for whose, worker in (("own", "jane"), ("other", "nadia"), ("restricted", "nora")):
        involved = involve(
            by=story.who(worker), child=story.people[NAMES[whose]], from_on=at.date(), role="Class teacher", at=at,
            agency_post=story.authority.mailboxes["school-office"],
            name=f"qz{whose.replace('restricted', 'hidden')}teacher",
        )  # fmt: skip
        world.add("involvement", whose, involved)


def _asked_to_end(world: World, story: Telling) -> None:
    asked = ask_manager_to_end(
        by=story.who("jane"), children=[story.people[NAMES["own"]]], reason="services_ended", what_changed="She eats.",
        how_to_come_back="Ring us.", who_holds_worry="Her school does.", at=story.diary.recent(25),
    )  # fmt: skip
    world.add("ending", "own", asked)
    world.add("agency_post", "own", story.authority.mailboxes["school-office"])


def _steps_and_notices(world: World, story: Telling) -> None:
    at = story.diary.recent(20)
    for whose, reader in (("own", "jane"), ("other", "nadia"), ("restricted", "nora")):
        person = story.people[NAMES[whose]]
        with acting(story.who(reader).id):
            steps = [step for step in list_steps_about(person=person) if step.kind == "action"]
        world.add("step", whose, steps[0].id)
    for whose, reader, post in (("own", "jane", "worker-1-family-support-2"), ("other", "nadia", "post-nadia")):
        person = story.people[NAMES[whose]]
        with acting(story.who(reader).id):
            tell(post=story.post(post), kind="allocated", person=person, subject=None, at=at)
            world.add("notice", whose, list_notices([story.post(post)])[0].id)
            draft = new_id()
            save_draft(by=story.who(reader), key=draft, form="contact", body={"saw_or_heard": "typed"}, at=at)
            world.add("draft", whose, draft)
    be_away(by=story.who("gareth"), account=story.authority.accounts["marcus"], back_on=None, cover=None, at=at)
    world.add("account", "own", story.authority.accounts["marcus"])
    with acting(story.who("marcus").id):
        look(by=story.who("marcus"), people=[story.people[NAMES["own"]]], what="record", at=at - timedelta(weeks=1))
    with acting(story.who("sanjay").id):
        for handover in list_waiting_handovers(story.who("sanjay").posts):
            world.add("handover", "own", handover.id)
