"""Files are stored once, read by the rule, and every look is recorded."""

from uuid import UUID

import pytest

from sightline.access.operations import end_sight, give_sight
from sightline.access.rules import Section
from sightline.audit.models import EventPerson
from sightline.documents import queries
from sightline.documents.models import Blob, Document
from sightline.documents.operations import add_document, place_document
from sightline.documents.rules import FileRefused
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.references import new_id
from tests.staff import AT, SOON, Staff

LETTER = b"%PDF-1.7 what the school saw"


def _child_of(staff: Staff, name: str, post: str, because_of: UUID | None = None) -> UUID:
    child = new_id()
    with acting(staff.accounts[name]):
        give_sight(people=[child], reader=staff.posts[post], because="test", because_of=because_of, at=AT)
    return child


def test_a_document_comes_back_as_it_came_and_the_look_is_recorded(staff: Staff) -> None:
    tom, child = staff.actor("Tom Bell"), _child_of(staff, "Tom Bell", "duty")
    document = add_document(by=tom, name="report.pdf", content=LETTER, about=[(child, Section.ORDINARY)], at=SOON)
    opened = queries.open_document(by=tom, document=document, at=SOON)
    assert (opened.name, opened.media_type, opened.content) == ("report.pdf", "application/pdf", LETTER)
    assert EventPerson.objects.filter(person=child, event__kind="look", event__what="document").count() == 1
    [line] = queries.list_documents(child)
    assert (line.id, line.size) == (document, len(LETTER))


def test_the_same_bytes_are_stored_once_even_where_the_first_are_hidden(staff: Staff) -> None:
    tom, jane = staff.actor("Tom Bell"), staff.actor("Jane Smith")
    toms, janes = _child_of(staff, "Tom Bell", "duty"), _child_of(staff, "Jane Smith", "family-2")
    first = add_document(by=tom, name="a.pdf", content=LETTER, about=[(toms, Section.ORDINARY)], at=SOON)
    set_actor(jane.id)
    assert not Blob.objects.exists()
    second = add_document(by=jane, name="b.pdf", content=LETTER, about=[(janes, Section.ORDINARY)], at=SOON)
    assert queries.open_document(by=jane, document=second, at=SOON).content == LETTER
    assert Blob.objects.count() == 1
    with pytest.raises(NotFound):
        queries.open_document(by=jane, document=first, at=SOON)
    assert queries.list_documents(toms) == []
    assert set(queries.describe_documents([first, second])) == {second}


def test_who_loses_sight_cannot_open_it_again(staff: Staff) -> None:
    tom, why = staff.actor("Tom Bell"), new_id()
    child = _child_of(staff, "Tom Bell", "duty", because_of=why)
    document = add_document(by=tom, name="a.pdf", content=LETTER, about=[(child, Section.ORDINARY)], at=SOON)
    with acting(tom.id):
        end_sight(because_of=why, at=AT)
    set_actor(tom.id)
    with pytest.raises(NotFound):
        queries.open_document(by=tom, document=document, at=SOON)


def test_a_document_in_a_section_kept_for_named_readers_is_hidden_from_others(staff: Staff) -> None:
    tom, child = staff.actor("Tom Bell"), _child_of(staff, "Tom Bell", "duty")
    document = add_document(by=tom, name="a.pdf", content=LETTER, about=[(child, Section.LEGAL_ADVICE)], at=SOON)
    with pytest.raises(NotFound):
        queries.open_document(by=tom, document=document, at=SOON)


def test_a_document_waits_unseen_until_it_is_said_whom_it_is_about(staff: Staff) -> None:
    tom, child = staff.actor("Tom Bell"), _child_of(staff, "Tom Bell", "duty")
    document = add_document(by=tom, name="a.pdf", content=LETTER, about=[], at=SOON)
    assert not Document.objects.filter(id=document).exists()
    about = [(child, Section.ORDINARY)]
    jane, hers = staff.actor("Jane Smith"), _child_of(staff, "Jane Smith", "family-2")
    with pytest.raises(NotFound):
        place_document(by=jane, document=document, about=[(hers, Section.ORDINARY)], at=SOON)
    place_document(by=tom, document=document, about=about, at=SOON)
    assert queries.open_document(by=tom, document=document, at=SOON).content == LETTER
    with pytest.raises(NotFound):
        place_document(by=tom, document=document, about=about, at=SOON)


def test_nobody_adds_about_a_child_they_may_not_see_or_without_casework_access(staff: Staff) -> None:
    child = _child_of(staff, "Tom Bell", "duty")
    for name, refusal in (("Jane Smith", NotFound), ("admin", NotPermitted)):
        with pytest.raises(refusal):
            add_document(by=staff.actor(name), name="a.pdf", content=LETTER, about=[(child, Section.ORDINARY)], at=SOON)


def test_a_refused_file_leaves_nothing(staff: Staff) -> None:
    tom, child = staff.actor("Tom Bell"), _child_of(staff, "Tom Bell", "duty")
    with pytest.raises(FileRefused):
        add_document(by=tom, name="a.pdf", content=b"<html>", about=[(child, Section.ORDINARY)], at=SOON)
    set_actor(tom.id)
    assert not Document.objects.exists()
