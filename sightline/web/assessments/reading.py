"""What the pages of an assessment read beside it: each piece once, in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.assessments.queries import DocumentView, SignedView, list_signed
from sightline.people.queries import PersonName
from sightline.practice.queries import get_packs
from sightline.practice.spec import Pack
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessments import Naming
from sightline.workforce.queries import account_names, describe_posts


@dataclass(frozen=True)
class Stands:
    """A document with what was signed of it and of its children before, and whose names its words need."""

    view: DocumentView | None
    signed: list[SignedView]
    naming: Naming

    def context(self, pack: Pack, at: datetime) -> dict[str, object]:
        """Where it stands, for assessments/stands.html."""
        if self.view is None:
            return {}
        signed_by = {one.round: (one.by, one.authorised_at) for one in self.signed}
        return {
            "stands": said.standing_words(self.view, self.naming, at, signed_by),
            "returned": said.returned_words(self.view),
            **said.clock_of(self.view.round, pack, at),
        }

    def earlier(self, headers: Mapping[UUID, PersonName]) -> list[dict[str, str]]:
        """What was signed before, the latest first, each in the words of the pack that it was signed under."""
        return said.signed_rows(self.signed, get_packs(one.pin for one in self.signed), headers, self.naming)


def read_standing(
    view: DocumentView | None, children: Iterable[UUID], *, also: Iterable[UUID] = ()
) -> Stands:  # fmt: skip
    """`also` are accounts that other words of the page name."""
    signed = list_signed(children)
    accounts = {*also, *(one.by for one in signed), *(said.accounts_in(view) if view else ())}
    posts = said.posts_in(view) if view else set()
    return Stands(view, signed, Naming(account_names(accounts), describe_posts(posts)))


def naming_of(view: DocumentView) -> Naming:
    """Whose names the words of a document need, in two queries."""
    return Naming(account_names(said.accounts_in(view)), describe_posts(said.posts_in(view)))
