"""What workers do with a child who is open to them: notes, calls, oversight, allocation. See `helping`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sightline.access.rules import Section
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.allocate_child import allocate_child
from sightline.kernel.when import When
from sightline.record.operations import correct_entry, withdraw_entry
from sightline.record.rules import Words
from sightline.recording.operations import record_note, record_oversight, record_phone_call
from sightline.recording.rules import Action, Written

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Note:
    """What somebody writes. `private` holds a paragraph for one child; `to_do` what follows, by which day."""

    about: Sequence[str]
    text: str
    seen: str = ""
    private: dict[str, str] = field(default_factory=dict)
    own_words: dict[str, str] = field(default_factory=dict)
    documents: Sequence[UUID] = ()
    to_do: dict[str, tuple[str, date]] = field(default_factory=dict)


def give(story: Telling, children: Sequence[str], post: str, *, by: str, at: datetime, reason: str) -> None:
    """A manager allocates these children, who belong together, to one post."""
    for name in children:
        allocate_child(by=story.who(by), child=story.people[name], post=story.post(post), reason=reason, at=at)


def _written(story: Telling, note: Note, happened: datetime) -> Written:
    keys = [story.people[name] for name in note.about]
    words = [Words(text=note.text, about=tuple(keys))]
    words += [Words(text=own, about=(story.people[name],)) for name, own in note.private.items()]
    words += [
        Words(text=said, about=(story.people[name],), section=Section.CHILD_WORDS, told_by=name)
        for name, said in note.own_words.items()
    ]
    return Written(
        concerned=tuple(story.concerned(keys, note.seen)),
        words=tuple(words),
        occurred=When.exactly(happened),
        documents=tuple(note.documents),
        actions=tuple(Action(what, story.post(post), due) for what, (post, due) in note.to_do.items()),
    )


def note(story: Telling, title: str, given: Note, *, by: str, at: datetime) -> None:
    """A case note, written up an hour after it happened."""
    story.entries[title] = record_note(by=story.who(by), written=_written(story, given, at - AN_HOUR), at=at)


def call(story: Telling, title: str, given: Note, *, by: str, at: datetime, spoke_with: str, direction: str) -> None:
    """A phone call."""
    story.entries[title] = record_phone_call(
        by=story.who(by), written=_written(story, given, at), spoke_with=spoke_with, direction=direction, at=at
    )


def oversee(story: Telling, title: str, given: Note, *, by: str, at: datetime) -> None:
    """A manager's oversight."""
    story.entries[title] = record_oversight(by=story.who(by), written=_written(story, given, at), at=at)


def correct(story: Telling, title: str, about: Sequence[str], text: str, *, by: str, at: datetime, reason: str) -> None:
    """Replace what was written by what is right; both are shown."""
    keys = tuple(story.people[name] for name in about)
    story.entries[title] = correct_entry(
        by=story.who(by), entry=story.entries[title], words=[Words(text=text, about=keys)], reason=reason, at=at
    )


def take_off(story: Telling, title: str, name: str, *, by: str, reader: str, at: datetime, reason: str) -> None:
    """Take text off the record of somebody whom it was never about."""
    withdraw_entry(
        by=story.who(by), entry=story.entries[title], person=story.people[name], reason=reason,
        reader=story.who(reader).id, at=at,
    )  # fmt: skip
