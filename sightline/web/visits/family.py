"""Whom a page of visits is about: the children of one family whom the worker may write about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.kernel.errors import NotPermitted
from sightline.kernel.london import local_day
from sightline.people.queries import PersonHeader, PersonName
from sightline.record.permissions import may_write
from sightline.web.access.readers import reader_choices
from sightline.web.casework import opening
from sightline.web.casework.folded import people_to_choose, posts_to_choose
from sightline.web.casework.opening import Opened
from sightline.web.presenters.steps import shown_name


@dataclass(frozen=True)
class Family:
    """The family of one child as far as the worker may read their records, the child they came from first."""

    person: UUID
    headers: Mapping[UUID, PersonHeader]
    posts: list[tuple[str, str]]
    today: date
    readers: list[tuple[str, str]]

    @property
    def children(self) -> list[PersonHeader]:
        """The children who can be visited, the one whose record was open first, then by age and name."""
        living = [one for one in self.headers.values() if one.kind == "child" and one.death_date is None]
        return sorted(living, key=lambda one: (one.id != self.person, one.birth_date or self.today, shown_name(one)))

    @property
    def people(self) -> list[tuple[str, str]]:
        """Everybody in it, children first, for a list."""
        return people_to_choose(self.headers, self.today)

    @property
    def adults(self) -> list[tuple[str, str]]:
        """The adults in it, for a list."""
        return [(key, words) for key, words in self.people if self.headers[UUID(key)].kind != "child"]

    def named(self, person: UUID) -> str:
        """What somebody in it is called."""
        return shown_name(self.headers[person])


def family_of(opened: Opened) -> Family:
    """The family of whoever was opened. Refuses a role that does not record."""
    if not may_write(opened.by):
        raise NotPermitted("Your role does not record on children's records. Ask the team manager.")
    headers = opening.family_of(opened)
    # All posts before some of them: those need not be asked for by themselves then.
    posts = posts_to_choose(opened.by)
    # Whoever writes a child's words down reads them; the others who may are chosen.
    readers = reader_choices(opened.by, headers)[1:]
    return Family(opened.person, headers, posts, local_day(opened.at), readers)


def is_born(child: PersonName) -> bool:
    """An unborn child is visited through the mother, and is neither seen nor not seen."""
    return child.birth != "expected"
