"""What is shared with an agency in the matrix's world, what one noted for itself, and a child's wish for one post."""

from datetime import timedelta

from sightline.access.rules import Section
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import acting
from sightline.kernel.london import local_day
from sightline.kernel.when import When
from sightline.partnership.own_notes import note_for_ourselves
from sightline.partnership.shares import open_share
from sightline.record.operations import write_entry
from sightline.record.queries import get_entry
from sightline.record.rules import Concerned, Words
from tests.web.matrix.canaries import NAMES

Keys = dict[str, dict[str, str]]


def share(story: Telling) -> Keys:
    """Tells both of the first child; keys by whose they are and by kind. The agency has nobody who signs in."""
    own, at, helens = story.people[NAMES["own"]], story.diary.recent(30), story.post("service-manager")
    gareth = story.who("gareth")
    shared = open_share(
        by=gareth, agency=story.authority.agencies["tidewell-homes"], purpose="Ring us before anybody writes.",
        children=[own], post=min(gareth.posts), until_on=local_day(at) + timedelta(days=60), tells_why=True, at=at,
    )  # fmt: skip
    words = Words(text="Helen may read this.", about=(own,), section=Section.CHILD_WORDS, kept_to=(helens,))
    jane = story.who("jane")
    kept = write_entry(by=jane, kind="note", concerned=[Concerned(own)], words=[words], at=at)
    with acting(story.who("helen").id):
        [passage] = [one.id for one in get_entry(kept).passages]
    note_for_ourselves(
        by=story.who("sarah"), about="qzagencyabout, class four", kind="worry", noted=When.exactly(at), at=at,
        text="qzagencynoted and told nobody.",
    )  # fmt: skip
    return {"own": {"share": str(shared), "kept": str(kept), "passage": str(passage)}}
