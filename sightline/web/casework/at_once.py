"""Reading what a child's record shows at once, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sightline.conferences.queries import latest_views, voices_of
from sightline.partnership.queries import agency_names
from sightline.people.queries import PersonName
from sightline.record.models import Entry
from sightline.record.queries import EntryView, list_steps_about
from sightline.web.casework.opening import Opened
from sightline.web.casework.reading import names_of
from sightline.web.presenters import at_once as said
from sightline.web.presenters.child import ChildFacts
from sightline.web.presenters.steps import shown_name

SAID_IN = (Entry.Kind.VIEW, Entry.Kind.REPORT, Entry.Kind.EVIDENCE, Entry.Kind.CHECK_ANSWER)
LATEST, ACTIONS = 60, 300


def at_once(
    opened: Opened, facts: ChildFacts, entries: Sequence[EntryView], known: Iterable[PersonName]
) -> dict[str, object]:
    """The context of casework/at-once.html: a child's record as it stands now, with its latest entries `SAID_IN`."""
    person, at = opened.person, opened.at
    agencies = agency_names(one.agency for one in entries if one.agency)
    views = latest_views([person]).get(person, [])
    voices = voices_of([key for one in entries for key in (one.id, one.root)])
    actions = list_steps_about(person=person, kinds=["action"], only_open=False, limit=ACTIONS)
    on = facts.protection
    return {
        "protection": said.protection_rows(on, facts.categories, at) if on else [],
        "said": said.said_rows(
            said.said_of(entries, views, agencies, child=person, names=_names(opened, known, entries), voices=voices)
        ),
        "agreed": said.agreed_words(actions, at),
        "agreed_rows": said.agreed_rows(actions, at),
        "agreed_late": any(said.is_late(one, at) for one in actions),
        "agreed_columns": said.ACTION_COLUMNS,
    }


def _names(opened: Opened, known: Iterable[PersonName], entries: Iterable[EntryView]) -> dict[UUID, str]:
    """The children whom these words are about, as far as the reader may see them."""
    about = {person for one in entries for passage in one.paragraphs for person in passage.about}
    about |= {subject.person for one in entries for subject in one.subjects}
    return {key: shown_name(one) for key, one in names_of(opened, known, about).items() if one.kind == "child"}
