"""What is kept nearer than a record in the matrix's world: a child who may be known of and not read, opened in an
emergency by another team; a refuge of theirs; and words that a child wished few to read.
"""

from datetime import timedelta

from sightline.access.rules import Section
from sightline.commands.demonstration import casework, desk
from sightline.commands.demonstration.casework import Note
from sightline.commands.demonstration.telling import Telling
from sightline.journeys.emergency import open_in_emergency
from sightline.journeys.restrict import restrict_record
from sightline.kernel.when import When
from sightline.record.rules import Words
from sightline.recording.operations import record_note
from sightline.recording.rules import Written
from tests.web.matrix.canaries import HAVEN, HAVEN_POSTCODE, NAMES

Keys = dict[str, dict[str, str]]


def guard(story: Telling) -> Keys:
    """Tells all of it; keys by whose they are and by kind."""
    _known(story)
    _kept_to_few(story)
    person = story.people[NAMES["known"]]
    opened = open_in_emergency(
        by=story.who("nadia"), person=person, reason="danger", words="qzemergency: a neighbour rang.",
        at=story.diary.now - timedelta(minutes=40), address_words="qzemergency: an officer waits to be sent there.",
    )  # fmt: skip
    return {"known": {"person": str(person), "opened": str(opened)}}


def _known(story: Telling) -> None:
    diary, name = story.diary, NAMES["known"]
    hannah = story.professional("school", "school-lead", "Hannah Reyes, safeguarding lead")
    story.take(
        "known", by="dipa", at=diary.at(36, "10:05"), channel="phone", referrer=hannah, saw="qzknownsaw and more.",
        fears="That they are followed.", new=[story.child(name, diary.years_old(6, 9), "M")],
    )  # fmt: skip
    desk.settle(
        story, "known", "referral_assessment", by="tomas", at=diary.at(36, "12:00"), need="N1", reason="A threat.",
        would_change="Nothing.", history_bears="Nothing earlier.",
    )  # fmt: skip
    casework.give(story, [name], "post-nora", by="margaret", at=diary.at(36, "14:00"), reason="Room.")
    story.protected_home(
        [name], HAVEN, HAVEN_POSTCODE, by="nora", at=diary.at(36, "14:05"), readers=[story.post("post-nora")]
    )
    restrict_record(
        by=story.who("gareth"), person=story.people[name], readers=[story.who("nora").id], hidden=False,
        reviewer=story.post("manager-family-support-2"), reason="qzwhyknown: a threat.", at=diary.at(36, "14:10"),
    )  # fmt: skip
    note = Note(about=[name], seen="seen", text="qzknownnote.")
    casework.note(story, "known", note, by="nora", at=diary.at(11, "14:00"))


def _kept_to_few(story: Telling) -> None:
    own, at = story.people[NAMES["own"]], story.diary.at(7, "15:00")
    jane = story.post("worker-1-family-support-2")
    words = (
        Words(text="Spoke on the way home.", about=(own,)),
        Words(text="qzkeptto: only Jane.", about=(own,), section=Section.CHILD_WORDS, kept_to=(jane,)),
    )
    written = Written(concerned=tuple(story.concerned([own])), words=words, occurred=When.exactly(at))
    record_note(by=story.who("jane"), written=written, at=at)
