"""The storyteller: what the families' files call, each a few words around one journey or operation.

Whoever acts is named by the key word of their account, and stands in their own post. Nothing here
writes anything itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.commands.demonstration.authority import Authority
from sightline.commands.demonstration.diary import Diary
from sightline.doorway.actor import Actor
from sightline.front_door.rules import Agreement, InjuryGiven, Referrer, Story
from sightline.journeys.register_people import NewPerson, Tie
from sightline.journeys.take_contact import look_before_recording, take_contact
from sightline.kernel.references import new_id
from sightline.people import operations as people
from sightline.people.protecting import record_protecting_address
from sightline.practice.queries import current_pack
from sightline.record.rules import Concerned

KNOWS_AND_AGREES = (Agreement(told="yes", agrees="yes"),)


@dataclass
class Telling:
    """The stories so far: people and contacts by the words that the families' files call them."""

    authority: Authority
    diary: Diary
    people: dict[str, UUID] = field(default_factory=dict)
    contacts: dict[str, UUID] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)
    children: set[UUID] = field(default_factory=set)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def who(self, key: str) -> Actor:
        """The worker of this key word."""
        if key not in self._actors:
            self._actors[key] = self.authority.who(key)
        return self._actors[key]

    def forget_who(self) -> None:
        """Somebody has come, gone or changed posts: each is asked for again."""
        self._actors.clear()

    def post(self, key: str) -> UUID:
        """The post of this key word."""
        return self.authority.posts[key]

    # --- people ---------------------------------------------------------------------------------

    def child(self, name: str, born: date | None, sex: str = "U", *, birth: str = "exact") -> NewPerson:
        """A child to be registered with the contact that brings them."""
        return self._new("child", name, birth=birth, birth_date=born, sex=sex)

    def named(self, person: NewPerson, given: str, family: str) -> NewPerson:
        """The same, under the name they have and not the one the stories call them by."""
        return replace(person, given=given, family=family)

    def unborn(self, name: str, expected: date) -> NewPerson:
        """A child who is not yet born, under the family's name."""
        key = self.people[name] = new_id()
        self.children.add(key)
        family = name.rsplit(" ", 1)[1]
        return NewPerson(id=key, kind="child", family=family, birth="expected", expected_date=expected)

    def adult(self, name: str, sex: str = "U", born: date | None = None) -> NewPerson:
        """An adult to be registered with the contact that brings them."""
        return self._new("adult", name, birth="exact" if born else "unknown", birth_date=born, sex=sex)

    def somebody(self, name: str, described: str, sex: str = "U") -> NewPerson:
        """An adult who is spoken of and whom nobody has identified."""
        key = self.people[name] = new_id()
        return NewPerson(id=key, kind="adult", given=name, described=described, sex=sex, unidentified=True)

    def _new(self, kind: str, name: str, *, birth: str, birth_date: date | None, sex: str) -> NewPerson:
        key = self.people[name] = new_id()
        if kind == "child":
            self.children.add(key)
        given, _, family = name.rpartition(" ")
        return NewPerson(
            id=key, kind=kind, given=given or family, family=family if given else "",
            birth=birth, birth_date=birth_date, sex=sex,
        )  # fmt: skip

    def home(self, names: Iterable[str], lines: str, postcode: str, *, by: str, at: datetime, **facts: object) -> None:
        """Where these people live."""
        for name in names:
            people.record_address(
                by=self.who(by), person=self.people[name], lines=lines, postcode=postcode, at=at, **facts
            )

    def protected_home(
        self, names: Iterable[str], lines: str, postcode: str, *, by: str, at: datetime, readers: Sequence[UUID]
    ) -> None:
        """A refuge where these people live, and who may read where it is."""
        for name in names:
            record_protecting_address(
                by=self.who(by), person=self.people[name], lines=lines, postcode=postcode, protects="refuge",
                readers=readers, at=at,
            )  # fmt: skip

    def parents(self, parents: dict[str, str], children: Sequence[str], *, by: str, at: datetime) -> None:
        """`parents` says who is mother or father; each has parental responsibility for each child."""
        for parent, kind in parents.items():
            for child in children:
                self.related(parent, child, kind, by=by, at=at, parental_responsibility=True)

    def siblings(self, names: Sequence[str], *, by: str, at: datetime, kind: str = "sibling") -> None:
        """Each of these is brother or sister to those after them."""
        for place, name in enumerate(names):
            for other in names[place + 1 :]:
                self.related(name, other, kind, by=by, at=at)

    def related(self, name: str, to: str, kind: str, *, by: str, at: datetime, **facts: object) -> None:
        """`name` is the `kind` of `to`."""
        people.relate(by=self.who(by), person=self.people[name], to=self.people[to], kind=kind, at=at, **facts)

    # --- contacts -------------------------------------------------------------------------------

    def professional(self, capacity: str, mailbox: str, name: str) -> Referrer:
        """Somebody at an agency, whose post is written to."""
        return Referrer(
            capacity=capacity, source=self._code(capacity), professional=True, name=name,
            agency_post=self.authority.mailboxes[mailbox],
        )  # fmt: skip

    def public(self, capacity: str, name: str = "", phone: str = "", safe: str = "") -> Referrer:
        """A member of the public, who may stay unnamed."""
        return Referrer(
            capacity=capacity,
            source=self._code(capacity),
            professional=False,
            name=name,
            phone=phone,
            safe_contact=safe,
        )

    def _code(self, capacity: str) -> str:
        return current_pack(self.diary.now).list("source").option(capacity).code

    def take(
        self,
        title: str,
        *,
        by: str,
        at: datetime,
        channel: str,
        referrer: Referrer,
        saw: str,
        fears: str,
        known: Sequence[str] = (),
        new: Sequence[NewPerson] = (),
        danger: str = "",
        agreements: Sequence[Agreement] = KNOWS_AND_AGREES,
        injuries: Sequence[InjuryGiven] = (),
        documents: Sequence[UUID] = (),
        private: dict[str, str] | None = None,
        together_with: str = "",
        received: datetime | None = None,
        ties: Sequence[Tie] = (),
    ) -> UUID:
        """Somebody gets in touch; `known` are already in the register, `new` are registered with it, and tied."""
        contact = self.contacts[title] = new_id()
        who = self.who(by)
        found = [self.people[name] for name in known]
        if found:
            look_before_recording(by=who, draft=contact, people=found, at=at - timedelta(minutes=5))
        story = Story(
            saw_or_heard=saw, fears=fears, danger="yes" if danger else "no", danger_words=danger,
            told_by=referrer.name if referrer.professional else "",
            private={self.people[name]: words for name, words in (private or {}).items()},
        )  # fmt: skip
        return take_contact(
            by=who, contact=contact, received_at=received or at - timedelta(minutes=12), channel=channel,
            referrer=referrer, story=story, concerned=self.concerned([*found, *(person.id for person in new)]),
            new_people=new, agreements=agreements, injuries=injuries, documents=documents,
            together_with=self.contacts[together_with] if together_with else None, ties=ties, at=at,
        )  # fmt: skip

    def injury(self, name: str, *, site: str, on: date, account: str, by: str) -> InjuryGiven:
        """An injury as somebody reports it."""
        return InjuryGiven(child=self.people[name], site=site, happened_on=on, account=account, account_by=by)

    def concerned(self, keys: Iterable[UUID], seen: str = "") -> list[Concerned]:
        """These people as an entry concerns them; `seen` is said of the children."""
        return [
            Concerned(person=key, part="child", seen=seen) if key in self.children else Concerned(key, "adult")
            for key in keys
        ]
