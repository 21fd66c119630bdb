"""The smaller blocks of a record: steps, needs and documents."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from sightline.documents.queries import DocumentLine
from sightline.people.models import Need
from sightline.people.queries import PersonHeader
from sightline.record.queries import OpenStep
from sightline.web.presenters import words
from sightline.web.presenters.step_links import step_url
from sightline.web.presenters.steps import clock_of, is_visit_over, no_outcome_words, shown_name, title_of


def step_rows(
    steps: Iterable[OpenStep], posts: Mapping[UUID, str], headers: Mapping[UUID, PersonHeader], at: datetime
) -> list[dict[str, object]]:
    """Who does what by when, for components/tasks.html."""
    return [
        {
            "title": no_outcome_words(step.due_at, at) if step.due_at and is_visit_over(step, at) else title_of(step),
            "url": step_url(step, headers),
            # In a narrow column the clock stands under the words and not beside them.
            "detail": ". ".join(part for part in (_clock(step, at), posts.get(step.post, "")) if part),
        }
        for step in steps
    ]


def _clock(step: OpenStep, at: datetime) -> str:
    return "" if is_visit_over(step, at) else clock_of(step, at)


def need_rows(header: PersonHeader) -> list[dict[str, str]]:
    """What somebody needs to be spoken with, and contacted in safety."""
    return [{"key": str(Need.Kind(one.kind).label), "value": one.words} for one in header.needs]


def needs_at_home(household: Iterable[PersonHeader]) -> list[dict[str, str]]:
    """The same of those who live with a child, since it is they who are rung."""
    return [
        {"key": f"{shown_name(other)}: {row['key'].lower()}", "value": row["value"]}
        for other in household
        for row in need_rows(other)
    ]


def document_rows(lines: Iterable[DocumentLine]) -> list[list[object]]:
    """Rows of components/table.html."""
    return [
        [
            {"text": line.name, "url": reverse("document", args=[line.id])},
            size_words(line.size),
            words.full_moment(line.added_at),
        ]
        for line in lines
    ]


def size_words(size: int) -> str:
    """`340 KB`, `2.1 MB`."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"


def attachment_header(name: str) -> str:
    """A file's name as a header may carry it, whatever letters are in it."""
    plain = "".join(mark if mark.isascii() and (mark.isalnum() or mark in " ._-()") else "_" for mark in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
