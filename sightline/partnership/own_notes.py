"""What an agency noted for itself and sent to nobody. Part of this room's operations.

No worker, manager or administrator of the authority reads a word of it: the row policy lets the agency's own
accounts read, and nobody else.
"""

from datetime import datetime
from uuid import UUID

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.when import When
from sightline.partnership import permissions
from sightline.partnership.models import AgencyNote

LONGEST_ABOUT, LONGEST_KIND, LONGEST_TEXT = 200, 60, 20_000


@act("note_for_ourselves")
def note_for_ourselves(
    *, by: Actor, about: str, noted: When, text: str, at: datetime, kind: str = "", scenario: UUID | None = None
) -> UUID:
    """Keep a note of one's own agency: `about` whom in its own words, `noted` when, `text`. Final once written.

    Nothing is sent, nobody here is told, and no person of the record is named by key. Refuses whoever is not of
    another agency, a note without words, and a moment that is to come.
    """
    agency = permissions.refuse_unless_of_an_agency(by)
    for words, longest, field, what in (
        (about, LONGEST_ABOUT, "about", "whom it is about"),
        (kind, LONGEST_KIND, "kind", "what kind of note it is"),
        (text, LONGEST_TEXT, "text", "the note"),
    ):
        refuse_longer(words, longest, field=field, what=what)
    if not about.strip():
        raise Refusal("Say whom it is about, as your agency calls them.", field="about")
    if not text.strip():
        raise Refusal("Write what you noted.", field="text")
    if noted.earliest > at:
        raise Refusal("That is still to come. Enter when it was noted.", field="noted")
    note = AgencyNote(
        agency_id=agency, about=about.strip(), kind=kind.strip(), text=text.strip(), noted_from=noted.earliest,
        noted_to=noted.latest, precision=noted.precision, recorded_at=at, by=by.id, scenario_id=scenario,
    )  # fmt: skip
    note.save(force_insert=True)
    # Neither whom it is about nor a word of it: who looks at the audit is of the authority.
    touch(agency=str(agency))
    return note.id
