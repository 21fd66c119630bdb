"""CA13: photographs, recordings and the body map are with the concern; a conclusion reached without them is marked."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.enquiries.rules import ConclusionGiven
from sightline.journeys.protect import begin_enquiry, conclude_enquiry
from tests.journeys.ending_case import Case
from tests.web.casework.reading import key_of
from tests.web.signals.playing import ago, said

SignIn = Callable[[str], Client]
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
WITHOUT = "Concluded without photographs, body maps or recordings"
ON_THE_TAB = "Concluded without the photographs, body maps or recordings that there are"


def record(client: Client, case: Case, *pictures: str) -> None:
    """A bruise with its marks on the body map, and what was photographed or filmed of it."""
    url = reverse("injury-new", args=[case.leo])
    files = [SimpleUploadedFile(name, PNG, content_type="image/png") for name in pictures]
    answer = client.post(url, {
        "key": key_of(client.get(url)), "what": "bruise", "sites": ["arm_left", "face"], "words": "Round.",
        "seen_on": "today", "seen_by": "Ann Lee", "account": "He fell.", "account_of": "His mother", "examined": "no",
        "not_examined_because": "She said no.", "handling": "ordinary", "documents": files,
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()


def concluded(case: Case, media: str, because: str = "") -> UUID:
    moment = ago(2)
    enquiry = begin_enquiry(by=case.jane, children=[case.leo], why="A bruise.", at=moment)
    given = ConclusionGiven(case.leo, "not_substantiated", "He fell at football.", media, because)
    conclude_enquiry(by=case.jane, enquiry=enquiry, conclusions=[given], at=ago(1))
    return enquiry


def test_pictures_and_the_body_map_are_with_the_injury_and_on_the_record(case: Case, sign_in: SignIn) -> None:
    jane = sign_in("Jane Smith")
    record(jane, case, "arm.png", "face.png")
    page = jane.get(reverse("person-injuries", args=[case.leo])).content.decode()
    for words_ in ("arm.png", "face.png", 'aria-label="Front of the body. Marked: Face and left arm"'):
        assert words_ in page, words_
    for name in ("person-timeline", "person-documents"):
        assert "arm.png" in said(jane, name, case.leo)
    assert "arm.png" not in said(jane, "person-documents", case.max)


@pytest.mark.parametrize(("media", "why"), [("not_seen", "The hospital has not sent them."), ("none", "")])
def test_a_conclusion_without_them_is_marked_before_whoever_reads_it_later(
    case: Case, sign_in: SignIn, media: str, why: str
) -> None:
    enquiry = concluded(case, media, why)
    fay = sign_in("Fay Lund")
    for name, key in (("enquiry", enquiry), ("person-timeline", case.leo)):
        page = said(fay, name, key)
        assert WITHOUT in page
        assert why in page
    assert (ON_THE_TAB in said(fay, "person-protection", case.leo)) == (media == "not_seen")


@pytest.mark.parametrize("media", ["attached", "seen"])
def test_a_conclusion_with_them_has_no_mark(case: Case, sign_in: SignIn, media: str) -> None:
    enquiry = concluded(case, media)
    fay = sign_in("Fay Lund")
    for name, key in (("enquiry", enquiry), ("person-timeline", case.leo), ("person-protection", case.leo)):
        assert "oncluded without" not in said(fay, name, key)
