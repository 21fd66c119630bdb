"""Whoever is kept out of a conference learns neither when nor where; whoever was out of the room, not what was said.

What they are sent is opened as they open it, and read on paper as they are given it.
"""

import io
from uuid import UUID

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sightline.conferences.queries import MeetingView, get_meeting
from sightline.doorway.acts import acting
from sightline.kernel.london import local
from tests.web.casework.reading import words
from tests.web.matrix.asking import ask
from tests.web.matrix.personas import SIGNED_OUT
from tests.web.matrix.world import World, undone


def _meeting(world: World, kind: str) -> MeetingView:
    with acting(world.universe.who("winston").id):
        return get_meeting(UUID(world.key(kind, "own")))


def _opened(world: World, kind: str) -> str:
    """What stands behind a link, for whoever brings it with its code."""
    page = reverse("message-link", args=[world.key(f"{kind}_link", "own")])
    with undone():
        return words(ask(world, SIGNED_OUT, "POST", page, {"code": world.key(f"{kind}_code", "own")}))


def _gives_away(said: str, meeting: MeetingView) -> bool:
    """Whether the place, the day or the hour of a meeting stands in these words."""
    assert meeting.sitting is not None
    starts, place = local(meeting.sitting.starts_at), meeting.sitting.place.split()[0]
    day = [f"{starts.day} {starts:%B}", f"{starts.day} {starts:%b}"]
    return any(one in said for one in (place, *day, f"{starts:%H.%M}", f"{starts:%H:%M}"))


def _on_paper(world: World, letter: str) -> str:
    keys = [world.key("conference_held", "own"), world.key(letter, "own")]
    with undone():
        printed = ask(world, "conference_chair", "GET", reverse("conference-letter-pdf", args=keys))
    pages = PdfReader(io.BytesIO(printed.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(("kind", "of"), [("invitation", "conference"), ("letter", "conference_held")])
def test_what_somebody_kept_out_opens_says_neither_when_nor_where(world: World, kind: str, of: str) -> None:
    said = _opened(world, kind)
    # The box to answer in stands on the page that the code opens, and not on the one before it.
    assert "Your words" in said or "What you want everybody to know" in said
    assert not _gives_away(said, _meeting(world, of))


def test_what_the_mother_opens_says_when_and_where(world: World) -> None:
    # Else the words above would be of pages that say nothing to anybody.
    assert _gives_away(_opened(world, "mothers_invitation"), _meeting(world, "conference"))


def test_the_letter_on_paper_of_somebody_kept_out_says_neither_when_nor_where(world: World) -> None:
    meeting = _meeting(world, "conference_held")
    said = {one: _on_paper(world, f"{one}_letter") for one in ("mothers", "fathers")}
    assert _gives_away(said["mothers"], meeting)
    assert not _gives_away(said["fathers"], meeting)


def test_a_paragraph_kept_apart_is_in_the_letter_of_whoever_heard_it_and_in_no_other(world: World) -> None:
    said = {letter: _on_paper(world, f"{letter}_letter") for letter in ("schools", "mothers", "fathers")}
    assert "qzkeptapart" in said["schools"]
    assert "qzkeptapart" not in said["mothers"] + said["fathers"]
    assert "qzpolicetold" not in said["mothers"] + said["fathers"]
