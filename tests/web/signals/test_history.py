"""CA8: a new contact opens with history, and whoever decides says what of it was read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.assessments.queries import get_document
from sightline.doorway.acts import acting
from sightline.front_door.queries import get_contact
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.journeys.plan_help import make_plan
from sightline.journeys.pre_proceedings import begin_before_court
from sightline.journeys.restrict import restrict_record
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.plans.models import EarlierPlan
from sightline.plans.operations import take_off_plan
from sightline.record.queries import list_timeline
from tests.journeys.ending_case import Case, accepted
from tests.journeys.told import decided, take
from tests.web.casework.reading import words
from tests.web.signals.playing import ago, comes_in, decide_on_the_page, part, said, while_taking

SignIn = Callable[[str], Client]
BLOCKS = ("Signed assessments", "Involvement that ended", "Other areas")
ELSEWHERE = "That does not mean that there is nothing: ask where the family has lived, and ask there."
BEARS = "What in the history bears on"


def assessed(case: Case, children: list[UUID], *, days: int, outcome: str = "child_in_need_plan") -> None:
    """Jane assesses and sends, and her manager signs."""
    document = begin_assessment(by=case.jane, children=children, why="The school is worried.", at=ago(days + 10))
    with acting(case.jane.id):
        found = get_document(document).round
    assert found is not None
    send_to_manager(by=case.jane, round=found.id, reasons={}, at=ago(days + 1))
    sign_off(by=case.fay, round=found.id, outcome=outcome, at=ago(days))


def on_a_plan(case: Case, child: UUID, *, days: int) -> UUID:
    return make_plan(by=case.jane, kind="child_in_need", children=[child], began_on=local_day(ago(days)), at=ago(days))


def lived_through(case: Case) -> None:
    """Both brothers were assessed; Max has a plan, Leo's involvement ended, and Weirshire was told of him once."""
    assessed(case, case.children, days=60)
    on_a_plan(case, case.max, days=50)
    elsewhere = comes_in(case, ago(45))
    decided(case.world, elsewhere, "other_authority", at=ago(45))
    case.authorise(
        case.ask(case.leo), accepted(case.matters(case.leo)), on=local_day(ago(40)), at=ago(40)
    )  # fmt: skip


def on(days: int) -> str:
    return day_words(local_day(ago(days)))


def test_what_was_done_before_stands_on_the_page_while_a_contact_is_taken_and_when_it_is_decided(
    case: Case, sign_in: SignIn
) -> None:
    lived_through(case)
    taking = while_taking(sign_in("Dee Marlow"), case.leo)
    contact = comes_in(case, ago(1))
    for page in (taking, said(sign_in("Sol Abara"), "contact", contact)):
        known = part(page, "What is already known", ELSEWHERE)
        assert "Safeguarding lead, Weir Primary School, about Leo Reed" in known
        assert f"{on(60)} Leo Reed and Max Reed: A child in need plan. Assessment begun {on(70)}" in known
        assert f"Child in need plan Max Reed: since {on(50)}" in known
        assert f"Leo Reed 2 March 2026 to {on(40)}. Services ended" in known
        assert f"Weirshire A contact was passed on to them on {on(45)}" in known
        assert "Nothing is recorded here from court." in known
        assert BEARS in page


def test_pre_proceedings_and_a_plan_of_an_earlier_system_stand_among_what_was_done(case: Case, sign_in: SignIn) -> None:
    begin_before_court(
        by=case.fay, children=[case.leo], decided_on=local_day(ago(30)), why="Nothing has changed.", at=ago(30)
    )
    with acting(case.jane.id):
        entry = list_timeline(person=case.leo).entries[0].id
        EarlierPlan.objects.create(
            child_id=case.leo, entry_id=entry, kind="protection", from_on=local_day(ago(400)),
            to_on=local_day(ago(200)), recorded_at=ago(3),
        )  # fmt: skip
    known = said(sign_in("Sol Abara"), "contact", comes_in(case, ago(1)))
    assert f"Before court Leo Reed Pre-proceedings since {on(30)}" in known
    assert f"Child protection plan Leo Reed: {on(400)} to {on(200)}, recorded in an earlier system" in known
    assert "Nothing is recorded here from" not in known, "something is, from court and from another area"


def test_what_the_decider_read_is_kept_with_the_decision_and_so_is_that_nothing_was_written(
    case: Case, sign_in: SignIn
) -> None:
    sol = sign_in("Sol Abara")
    told, untold = comes_in(case, ago(2)), comes_in(case, ago(1))
    weighed = "The assessment of last spring, and that his brother has a plan."
    given: dict[str, Any] = {"outcome": "advice_and_information", "reason": "He was seen at school today."}
    decide_on_the_page(sol, told, history_bears=weighed, **given)
    decide_on_the_page(sol, untold, **given)
    assert f"{BEARS} it {weighed}" in said(sol, "contact", told)
    assert f"{BEARS} it Nothing was written of what was read" in said(sol, "contact", untold)
    with acting(case.world.watcher):
        assert get_contact(untold).decision is not None


def test_of_a_child_with_no_history_nothing_stands_but_that_nothing_is_recorded(case: Case, sign_in: SignIn) -> None:
    contact, _ = take(case.world, at=ago(1))
    sol = sign_in("Sol Abara")
    known = part(said(sol, "contact", contact), "What is already known", ELSEWHERE)
    silence = known.split("Nothing recorded by this authority of:", 1)[1]
    for missing in ("earlier contacts", "signed assessments", "plans", "involvement that ended"):
        assert missing in silence
    assert "Nothing is recorded here from other areas or from court." in known
    for block in BLOCKS:
        assert block not in known
    decide_on_the_page(sol, contact, outcome="advice_and_information", reason="He was seen at school today.")
    assert "Nothing was written of what was read" not in said(sol, "contact", contact)


def test_a_brother_whose_record_is_restricted_is_not_betrayed_by_what_was_done_for_both(
    case: Case, sign_in: SignIn
) -> None:
    lived_through(case)
    reviewer = case.world.posts["service-manager"]
    restrict_record(
        by=case.fay, person=case.max, readers=[case.fay.id], reviewer=reviewer, reason="A threat", at=ago(5)
    )
    dee, contact = sign_in("Dee Marlow"), comes_in(case, ago(1))
    for page in (while_taking(dee, case.leo), said(sign_in("Sol Abara"), "contact", contact)):
        known = part(page, "What is already known", ELSEWHERE)
        assert "Max" not in page
        assert "restricted" not in page
        assert f"{on(60)} Leo Reed: A child in need plan." in known
        assert "Child in need plan Max" not in known
        assert f"since {on(50)}" not in known
    assert reverse("person-plan", args=[case.max]) not in dee.get(
        reverse("contact", args=[contact])
    ).content.decode()  # fmt: skip


def test_it_is_asked_for_as_often_with_three_assessments_and_plans_as_with_one(case: Case, sign_in: SignIn) -> None:
    assessed(case, case.children, days=60, outcome="plan_goes_on")
    plan = on_a_plan(case, case.max, days=50)
    contact, sol = comes_in(case, ago(1)), sign_in("Sol Abara")

    def queries(shows: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = sol.get(reverse("contact", args=[contact]))
        assert shows in words(answer)
        return len(asked)

    queries(on(60))
    once = queries(on(60))
    assessed(case, case.children, days=30, outcome="plan_goes_on")
    assessed(case, [case.leo], days=10, outcome="plan_goes_on")
    take_off_plan(by=case.fay, plan=plan, child=case.max, to_on=local_day(ago(20)), reason="It went well", at=ago(20))
    on_a_plan(case, case.max, days=9)
    with acting(case.world.accounts["Sol Abara"]):
        assert queries("It went well") == once
