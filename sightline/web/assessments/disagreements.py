"""Who disagrees, with what: professionals who answered so, and the family. A manager sees them before signing."""

from django.urls import reverse

from sightline.front_door.queries import list_contacts_about
from sightline.partnership.queries import list_messages_of, list_replies_of
from sightline.record.queries import list_disputed
from sightline.web.asked import address
from sightline.web.assessments.opening import OpenDocument
from sightline.web.presenters import words
from sightline.web.presenters.steps import names_of


def list_disagreements(opened: OpenDocument) -> list[dict[str, str]]:
    """Rows of components/tasks.html, the latest first, in a fixed number of queries."""
    found = [*_of_professionals(opened), *_of_family(opened)]
    return [row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _of_professionals(opened: OpenDocument) -> list[tuple[str, dict[str, str]]]:
    subjects = [*(one.id for one in list_contacts_about(opened.children)), *(one.id for one in opened.view.rounds)]
    lines = {line.id: line for found in list_messages_of(subjects).values() for line in found if line.replies}
    return [
        (
            reply.at.isoformat(),
            {
                "title": f"{reply.signed}, {lines[reply.message_id].to}",
                "url": address("message", reply.message_id),
                "detail": f"{words.full_moment(reply.at)}: {reply.text}",
            },
        )
        for reply in list_replies_of(lines)
        if reply.kind == "challenge"
    ]


def _of_family(opened: OpenDocument) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            (one.added_at or one.occurred_at).isoformat(),
            {
                "title": f"Somebody of the family, about what was recorded of {words.day(one.occurred_at)}",
                "url": reverse("person-timeline", args=[one.children[0]]) + f"#entry-{one.root}",
                "detail": names_of(one.children, opened.headers),
            },
        )
        for one in list_disputed(opened.children)
    ]
