"""What the pages of discussions and enquiries read beside them: each piece once, in a fixed number of queries."""

from collections.abc import Iterable
from uuid import UUID

from sightline.documents.queries import describe_documents
from sightline.record.queries import EntryView, OpenStep
from sightline.web.enquiries.opening import Together
from sightline.web.presenters.enquiries import ProtectionFacts
from sightline.workforce.queries import account_names, describe_posts


def facts_about(
    together: Together,
    entries: Iterable[EntryView],
    *,
    people: Iterable[UUID | None] = (),
    steps: Iterable[OpenStep] = (),
) -> ProtectionFacts:
    """What the words stand on. `people` are colleagues who asked, recorded, decided."""
    every = list(entries)
    writers = {one.author for one in every} | {one for one in people if one is not None}
    return ProtectionFacts(
        names=together.names,
        at=together.opened.at,
        authors=account_names(writers),
        posts=describe_posts([one.post for one in steps]),
        documents=describe_documents([document for one in every for document in one.documents]),
    )
