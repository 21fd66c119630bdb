"""The answers to requests for evidence, in the words in which they came, as far as their reader may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.assessments.queries import EvidenceView
from sightline.documents.queries import describe_documents
from sightline.partnership.queries import list_replies_of
from sightline.people.queries import get_names
from sightline.record.queries import EntryView, list_entries
from sightline.web.assessments.opening import OpenDocument
from sightline.web.presenters.assessment_evidence import AnswerFacts, answer_rows
from sightline.web.presenters.timeline import TimelineFacts
from sightline.workforce.queries import account_names


@dataclass(frozen=True)
class Came:
    """By request, its answer and each addition in the order in which they came; and which of them came by the link."""

    entries: Mapping[UUID, Sequence[EntryView]]
    by_link: frozenset[UUID]


def answers_to(asked: Iterable[EvidenceView]) -> Came:
    """What came of these requests, of all of them at once."""
    keys: dict[UUID, list[UUID]] = {one.id: [one.answer] if one.answer else [] for one in asked}
    of_message = {one.message: one.id for one in asked}
    replies = list_replies_of(message for message in of_message if message)
    for reply in replies:
        # An answer by the link is an entry under the reply's own key, once the clock has brought it in.
        keys[of_message[reply.message_id]].append(reply.id)
    found = list_entries(entry for entries in keys.values() for entry in entries)
    came = {one: [found[key] for key in dict.fromkeys(entries) if key in found] for one, entries in keys.items()}
    return Came(came, frozenset(reply.id for reply in replies))


def read_answers(opened: OpenDocument, asked: Iterable[EvidenceView], came: Came) -> list[dict[str, object]]:
    """What each professional wrote or said, for assessments/answers.html."""
    every = [entry for entries in came.entries.values() for entry in entries]
    passages = [passage for entry in every for passage in entry.passages]
    family = {*opened.children, *(one.given_by for one in passages if one.given_by)}
    writers = {*(one.author for one in every), *(one.added_by for one in passages if one.added_by)}
    beside = TimelineFacts(
        person=opened.children[0], headers=get_names(people=family), authors=account_names(writers),
        documents=describe_documents(document for entry in every for document in entry.documents),
    )  # fmt: skip
    return answer_rows(asked, came.entries, AnswerFacts(beside, came.by_link, opened.at))
