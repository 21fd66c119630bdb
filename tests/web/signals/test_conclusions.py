"""CA15: a conclusion shows its date and basis, and is marked out of date when the household changes."""

from django.test import Client
from django.utils import timezone

from sightline.assessments.operations import record_conclusion
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.people.operations import add_need, record_address
from tests.universe import Universe
from tests.web.casework.conftest import SignIn
from tests.web.signals.playing import attention, part, said

ROSIE, LOWENNA, PERRAN = "Rosie Penhallow", "Lowenna Penhallow", "Perran Penhallow"
HOME = {"lines": "14 Cooper's Yard, Hallowby", "postcode": "QX1 4AB"}


def concluded(universe: Universe) -> None:
    record_conclusion(
        by=universe.who("jane"), children=[universe.person(ROSIE)], adult=universe.person(LOWENNA),
        words="Mother is protective", basis="She rang us the same evening.",
        concluded_on=local_day(universe.at), at=universe.at,
    )  # fmt: skip


def shown_on(client: Client, universe: Universe) -> str:
    return part(said(client, "person", universe.person(ROSIE)), "What has been concluded", "To speak with them")


def test_a_conclusion_stands_with_date_and_basis_and_goes_out_of_date_when_somebody_moves_in(
    universe: Universe, at_hallowby: SignIn
) -> None:
    concluded(universe)
    jane, gareth, rosie = at_hallowby("jane"), at_hallowby("gareth"), universe.person(ROSIE)
    day = day_words(local_day(universe.at))
    before = shown_on(jane, universe)
    assert f"{LOWENNA}: Mother is protective She rang us the same evening. Concluded {day} by Jane Smith" in before
    assert "ut of date" not in said(jane, "person", rosie)
    at_hallowby("jane")
    record_address(by=universe.who("jane"), person=universe.person(PERRAN), at=timezone.now(), **HOME)
    for reader in (jane, gareth):
        assert f"Out of date since {day_words(local_day(timezone.now()))}. {PERRAN} moved in" in shown_on(
            reader, universe
        )
        waits = attention(said(reader, "person", rosie))
        assert f"A conclusion of {day} is out of date, “Mother is protective”: {PERRAN} moved in" in waits
        assert "Out of date since" in said(reader, "person-assessment", rosie)


def test_where_nobody_came_or_went_a_conclusion_stands_as_it_is(universe: Universe, at_hallowby: SignIn) -> None:
    concluded(universe)
    jane, rosie = at_hallowby("jane"), universe.person(ROSIE)
    # Recorded since, and no change to the household: her own address once more, and how she is reached.
    record_address(by=universe.who("jane"), person=universe.person(LOWENNA), at=timezone.now(), **HOME)
    add_need(by=universe.who("jane"), person=universe.person(LOWENNA), kind="safe_contact", words="Ring after six.",
             at=timezone.now())  # fmt: skip
    assert "Mother is protective" in shown_on(jane, universe)
    for page in ("person", "person-assessment"):
        assert "ut of date" not in said(jane, page, rosie)
    assert "Mother is protective" not in said(jane, "person", universe.person("Jack Penhallow"))
