"""Whose records a page of a family offers beside one child's: also those whom nobody called brother or sister."""

from sightline.doorway.actor import Actor
from sightline.people.operations import relate
from sightline.people.queries import list_family, list_network
from tests.people.conftest import AT, Register


def test_children_of_one_mother_are_a_family_though_nobody_said_that_they_are_sisters(
    register: Register, worker: Actor
) -> None:
    ida, nell, mother = register("Ida", "Quill"), register("Nell", "Quill"), register("Jo", "Quill", kind="adult")
    for child in (ida, nell):
        relate(by=worker, person=mother, to=child, kind="mother", at=AT)
    assert nell not in list_network(people=[ida])
    assert list_family(person=ida) == {ida, nell, mother}


def test_somebody_else_whom_a_carer_cares_for_is_no_family(register: Register, worker: Actor) -> None:
    ida, other, carer = register("Ida", "Quill"), register("Pat", "Moss"), register("Jo", "Vane", kind="adult")
    for child in (ida, other):
        relate(by=worker, person=carer, to=child, kind="carer", at=AT)
    assert list_family(person=ida) == {ida, carer}
