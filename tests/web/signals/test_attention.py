"""What waits on a child's record stands under one heading, each thing once; a quiet record has no such heading."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.assessments.operations import return_for_edits
from sightline.assessments.queries import get_document
from sightline.doorway.acts import acting
from sightline.journeys.assess import begin_assessment, send_to_manager
from sightline.journeys.plan_help import make_plan
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.plans.operations import add_outcome, ask_service, make_version, record_agreement, service_began
from sightline.plans.rules import SignatureGiven
from tests.journeys.ending_case import Case
from tests.web.signals.playing import ago, attention, said, visit

SignIn = Callable[[str], Client]


def helped(case: Case) -> tuple[UUID, UUID]:
    """A plan to which nobody has agreed, and help that has been waited for."""
    plan = make_plan(by=case.jane, kind="child_in_need", children=[case.leo], began_on=local_day(ago(20)), at=ago(20))
    asked: dict[str, Any] = {
        "by": case.jane,
        "children": [case.leo],
        "post": case.world.posts["family-1"],
        "plan": plan,
    }
    speech = ask_service(what="Speech therapy", asked_on=local_day(ago(18)), at=ago(18), **asked)
    ask_service(what="Food bank", asked_on=local_day(ago()), at=ago(), **asked)
    return plan, speech


def test_a_plan_without_agreement_and_help_that_has_not_begun_wait_until_somebody_says_so(
    case: Case, sign_in: SignIn
) -> None:
    visit(case, "seen_alone", 1)
    plan, speech = helped(case)
    jane = sign_in("Jane Smith")
    waits = attention(said(jane, "person", case.leo))
    assert f"Child in need plan (since {day_words(local_day(ago(20)))}): no version has been agreed" in waits
    assert "Asked for, and nobody has said that it began: Speech therapy (18 days)" in waits
    assert "Food bank" not in waits, "it was asked for today"
    assert attention(said(jane, "person", case.max)).count("plan") == 0
    service_began(by=case.jane, step=speech, on=local_day(ago(1)), said_by="The therapist", at=ago())
    add_outcome(by=case.jane, plan=plan, words="He is warm.", at=ago())
    signed = [SignatureGiven("Ms Reed", capacity="Mother", signed_on=local_day(ago()))]
    make_version(by=case.jane, plan=plan, signatures=signed, at=ago())
    assert attention(said(jane, "person", case.leo)) == ""
    record_agreement(by=case.jane, plan=plan, person=case.leo, said="withdrawn", words="Not any more.",
                     said_on=local_day(ago()), at=ago())  # fmt: skip
    assert "Leo Reed does not agree" in attention(said(jane, "person", case.leo))


def test_an_assessment_that_waits_for_a_manager_or_came_back_is_said(case: Case, sign_in: SignIn) -> None:
    visit(case, "seen_alone", 1)
    document = begin_assessment(by=case.jane, children=[case.leo], why="He is cold.", at=ago(5))
    jane = sign_in("Jane Smith")
    assert attention(said(jane, "person", case.leo)) == "", "being written is routine"
    with acting(case.jane.id):
        found = get_document(document).round
    assert found is not None
    send_to_manager(by=case.jane, round=found.id, reasons={}, at=ago(3))
    waits = attention(said(jane, "person", case.leo))
    assert "The assessment waits for Fay Lund, Family-Manager: sent 3 days ago" in waits
    return_for_edits(by=case.fay, round=found.id, words="Say what he says.", at=ago())
    assert "The assessment was returned for edits" in attention(said(jane, "person", case.leo))


def test_the_overview_asks_as_often_with_much_that_waits_as_with_little(case: Case, sign_in: SignIn) -> None:
    helped(case)
    jane = sign_in("Jane Smith")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert jane.get(reverse("person", args=[case.leo])).status_code == 200
        return len(asked)

    visit(case, "nobody_in", 9)
    queries()
    once = queries()
    for days in (7, 5, 3):
        visit(case, "nobody_in", days)
    for what in ("Swimming", "A bed", "A mentor"):
        ask_service(by=case.jane, children=[case.leo], what=what, asked_on=local_day(ago(9)), at=ago(9),
                    post=case.world.posts["family-1"])  # fmt: skip
    assert queries() <= once
