"""The newest entries about anybody whom a worker reads about, as rows of components/table.html."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from sightline.people.queries import PersonName
from sightline.record.models import Entry
from sightline.record.queries import EntryView, Mine
from sightline.web.presenters.words import count, full_moment, listing

COLUMNS = ["When", "What", "About", "By"]


def newest_rows(
    entries: Sequence[EntryView], headers: Mapping[UUID, PersonName], authors: Mapping[UUID, str]
) -> list[list[object]]:
    """One row an entry, which leads to its place on the timeline of the first whom it is about."""
    return [_row(one, headers, authors) for one in entries if any(each.person in headers for each in one.subjects)]


def _row(entry: EntryView, headers: Mapping[UUID, PersonName], authors: Mapping[UUID, str]) -> list[object]:
    about = [headers[one.person] for one in entry.subjects if one.person in headers]
    children = [one for one in about if one.kind == "child"] or about
    url = f"{reverse('person-timeline', args=[children[0].id])}#entry-{entry.root}"
    return [
        {"text": _when(entry), "url": url},
        str(Entry.Kind(entry.kind).label),
        listing([one.name for one in children]),
        authors.get(entry.author, ""),
    ]


def count_words(mine: Mine) -> str:
    """`You may read 1,204 entries about 60 people.`"""
    return f"You may read {count(mine.entries, 'entry', 'entries')} about {count(mine.people, 'person', 'people')}."


def _when(entry: EntryView) -> str:
    return full_moment(entry.when.earliest) if entry.when.precision == "exact" else str(entry.when)
