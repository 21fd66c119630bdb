"""Two workers on one assessment at the same moment, on connections of their own: neither loses a word."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from sightline.assessments.operations import begin_round
from sightline.assessments.queries import get_document_of, list_open_rounds, list_part_versions
from sightline.doorway.acts import acting
from sightline.journeys.ask_evidence import ask_for_evidence
from sightline.kernel.errors import Refusal, Stale
from tests.assessments.family import Family
from tests.journeys.world import BEGIN

pytestmark = pytest.mark.django_db(transaction=True)

LONG_ENOUGH = 10.0
WHO_WAITS_FOR_ME = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def while_another_waits(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Future[Any]]:
    """The first acts and has not committed when the second comes, who waits; then the first commits."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            done = first()
            waiting = pool.submit(_on_own_connection, second)
            _until_somebody_waits(waiting)
        waiting.exception()
    return done, waiting


def _on_own_connection(perform: Callable[[], Any]) -> Any:
    try:
        return perform()
    finally:
        connections.close_all()


def _until_somebody_waits(waiting: Future[Any]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < LONG_ENOUGH:
        with connection.cursor() as cursor:
            cursor.execute(WHO_WAITS_FOR_ME)
            if cursor.fetchone()[0]:
                return
        assert not waiting.done(), f"The second did not wait: {waiting}"
        time.sleep(0.02)
    pytest.fail("The second never came to a lock.")


def _versions(family: Family, document: Any) -> list[str]:
    with acting(family.world.accounts["Jane Smith"]):
        return [one.text for one in list_part_versions(assessment=document, key="history", child=None)]


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("round_is_open", [True, False])
def test_the_second_to_write_a_part_is_shown_both_texts(family: Family, base: int, *, round_is_open: bool) -> None:
    """While a round is open they meet at its step; when none is, at the constraint that a version is there once."""
    document, step = family.begin("Ava")
    if base:
        family.write(document, "history", "Before.")
    if not round_is_open:
        family.signed(step)
    _, waited = while_another_waits(
        lambda: family.write(document, "history", "Jane's words.", base=base),
        lambda: family.write(document, "history", "Fay's words.", base=base, by="Fay Lund"),
    )
    stale = waited.exception()
    assert isinstance(stale, Stale)
    assert (stale.theirs, stale.yours) == ("Jane's words.", "Fay's words.")
    assert _versions(family, document)[0] == "Jane's words."
    assert family.said(document)["history", ""] == "Jane's words."


def test_an_edit_while_a_manager_signs_goes_into_the_next_one_and_not_into_the_signed(family: Family) -> None:
    document, step = family.begin("Ava")
    family.write(document, "history", "As it was read.")
    family.submit(step)
    entry, waited = while_another_waits(
        lambda: family.authorise(step),
        lambda: family.write(document, "history", "As it is now.", base=1),
    )
    assert waited.result().voided is False
    assert family.texts(entry)["history"] == ["As it was read."]
    assert family.said(document)["history", ""] == "As it is now."


def test_a_manager_who_signs_while_it_is_edited_is_told_that_it_changed(family: Family) -> None:
    document, step = family.begin("Ava")
    family.submit(step)
    written, waited = while_another_waits(
        lambda: family.write(document, "history", "A new fact."),
        lambda: family.authorise(step),
    )
    assert written.voided
    refused = waited.exception()
    assert isinstance(refused, Refusal)
    assert "no longer stands" in str(refused)


def test_two_who_begin_at_once_are_in_one_document(family: Family) -> None:
    steps = [family.owed("Ava"), family.owed("Ava", "Ben")]
    jane, fay = family.who("Jane Smith"), family.who("Fay Lund")
    document, waited = while_another_waits(
        lambda: begin_round(by=jane, children=[family["Ava"]], started_on=BEGIN.date(), step=steps[0], at=BEGIN),
        lambda: begin_round(
            by=fay, children=[family["Ava"], family["Ben"]], started_on=BEGIN.date(), step=steps[1], at=BEGIN
        ),
    )
    assert waited.result() == document
    with acting(jane.id):
        found = get_document_of(family["Ben"])
        assert found is not None
        assert found.id == document
        assert len(list_open_rounds(children=[family["Ava"]])) == 2


def test_two_who_ask_one_professional_at_once_ask_once(family: Family) -> None:
    _, step = family.begin("Ava")

    def ask(name: str) -> Callable[[], Any]:
        return lambda: ask_for_evidence(
            by=family.who(name), round=step, agency_post=family.world.school_lead, name="", question="How is Ava?",
            means="call", at=BEGIN,
        )  # fmt: skip

    _, waited = while_another_waits(ask("Jane Smith"), ask("Fay Lund"))
    refused = waited.exception()
    assert isinstance(refused, Refusal)
    assert "was asked on" in str(refused)
