"""Plans made, handed over, and children stepped up and down: nothing is left with nobody."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.doorway.acts import acting
from sightline.journeys.plan_help import (
    ask_to_step,
    begin_protection,
    hand_plan_over,
    make_plan,
    protection_known,
    put_on_plan,
    return_step,
    step_down,
    step_up,
)
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.plans.operations import (
    ProgressGiven,
    add_outcome,
    agree_action,
    ask_service,
    hold_review,
    set_category,
    take_off_plan,
)
from sightline.plans.queries import PlanView, clocks_of, get_plan, list_plans, list_services, progress_of
from sightline.record.operations import open_episodes, write_entry
from sightline.record.queries import (
    get_open_episodes,
    get_step,
    list_notices,
    list_open_steps,
    list_steps_for,
    list_timeline,
)
from sightline.record.rules import Concerned, Words
from tests.journeys.world import BEGIN, World
from tests.plans.household import DAY, FIRST, Household

AT = BEGIN + timedelta(days=30)
ON = FIRST + 30 * DAY


@pytest.fixture
def household(okafors: Household, world: World) -> Household:
    return okafors


@pytest.fixture
def need(household: Household) -> UUID:
    """All three on a child in need plan, each in an open episode."""
    open_episodes(
        by=household.jane, children=household.children(), opened_on=FIRST, post=household.world.posts["family-1"],
        at=BEGIN,
    )  # fmt: skip
    return household.plan()


def down(household: Household, plan: UUID, *names: str, **more: object) -> UUID:
    return step_down(
        by=household.fay, plan=plan, children=household.children(*names), reason="Emeka gives Chi breakfast", on=ON,
        at=AT, **more,
    )  # fmt: skip


def read(household: Household, plan: UUID) -> PlanView:
    with acting(household.jane.id):
        return get_plan(plan)


def told(household: Household, post: str) -> set[str]:
    keys = [household.world.posts[post]]
    occupant = {"family-1": "Jane Smith", "family-manager": "Fay Lund", "long-term-1": "Kit Rowe"}[post]
    with acting(household.world.accounts[occupant]):
        return {one.kind for one in list_notices(keys)}


def test_the_team_that_carries_a_plan_reads_the_children_and_their_parents(household: Household) -> None:
    world = household.world
    plan = make_plan(
        by=household.jane, kind="early_help", children=household.children("Bim"), began_on=FIRST,
        post=world.posts["long-term-1"], at=BEGIN,
    )  # fmt: skip
    with acting(household.kit.id):
        view = get_plan(plan)
    assert view.line.children == (household["Bim"],)
    assert household["Dayo"] in {one.person for one in view.agreements}
    assert "plan_yours" in told(household, "long-term-1")


@pytest.mark.parametrize("names", [("Bim",), ("Bim", "Ayo")])
def test_the_team_whose_plan_ended_reads_on_and_may_record_what_was_late(
    household: Household, names: tuple[str, ...]
) -> None:
    world, bim, dayo = household.world, household["Bim"], household["Dayo"]
    plan = make_plan(
        by=household.jane, kind="early_help", children=household.children(*names), began_on=FIRST,
        post=world.posts["long-term-1"], at=BEGIN,
    )  # fmt: skip
    for name in names:
        take_off_plan(by=household.kit, plan=plan, child=household[name], to_on=ON, reason="Reached", at=AT)
    write_entry(
        by=household.kit, kind="visit", concerned=[Concerned(bim, seen="seen"), Concerned(dayo, "adult")],
        words=[Words("He was well on the last day.", (bim, dayo))], at=AT,
    )  # fmt: skip
    hold_review(by=household.kit, plan=plan, held_on=ON - DAY, text="We met.", at=AT)


def test_one_child_steps_down_while_brother_and_sister_stay(household: Household, need: UUID) -> None:
    early = down(household, need, "Chi")
    stays, goes = read(household, need), read(household, early)
    assert set(stays.line.children) == set(household.children("Ayo", "Bim"))
    assert (goes.kind, goes.line.children, goes.began_on) == ("early_help", (household["Chi"],), ON)
    assert goes.post == household.world.posts["family-1"]
    with acting(household.jane.id):
        said = list_timeline(person=household["Chi"], kinds=["plan"]).entries[0]
        assert "Stepped down to early help: Emeka gives Chi breakfast" in said.passages[0].text
        # Its ending is asked for and authorised by itself.
        assert household["Chi"] in get_open_episodes([household["Chi"]])


def test_what_the_worker_chose_goes_along_and_progress_with_it(household: Household, need: UUID) -> None:
    jane, post = household.jane, household.world.posts["family-1"]
    own, left = (
        add_outcome(by=jane, plan=need, child=household["Chi"], words=words, at=BEGIN) for words in ("Sleeps", "Reads")
    )
    shared = add_outcome(by=jane, plan=need, words="We eat together", at=BEGIN)
    action = agree_action(by=jane, plan=need, outcome=own, what="Bed at seven", who="Ngozi", post=None, at=BEGIN)
    hold_review(by=jane, plan=need, held_on=FIRST, text="Met.", progress=[ProgressGiven(own, 6)], at=BEGIN)
    helps = [
        ask_service(by=jane, plan=need, children=whom, what=what, asked_on=FIRST, post=post, at=BEGIN)
        for what, whom in (("Hers", household.children("Chi")), ("All", household.children()), ("Left", []))
    ]
    early = down(household, need, "Chi", outcomes=[own, shared], services=helps[:2])
    goes, stays = read(household, early), read(household, need)
    assert [(one.words, one.root == own) for one in goes.outcomes] == [("Sleeps", True), ("We eat together", False)]
    assert [one.step for one in goes.actions] == [action]
    with acting(jane.id):
        assert [one.scale for one in progress_of(early)[own]] == [6]
    assert {one.what: one.children for one in goes.services} == {
        "Hers": (household["Chi"],), "All": (household["Chi"],),
    }  # fmt: skip
    assert {one.what for one in stays.services} == {"All", "Left"}
    ended = {one.root: one.ended_because for one in stays.outcomes if one.to_at}
    assert ended[own] == "Goes on in the early help plan"
    assert ended[left].startswith("Stepped down")
    assert [one.root for one in stays.outcomes if not one.to_at] == [shared]


def test_nothing_that_was_open_is_left_with_nobody(household: Household, need: UUID) -> None:
    jane, post = household.jane, household.world.posts["family-1"]
    agree_action(by=jane, plan=need, what="Ring the school", who="Jane", post=None, at=BEGIN)
    ask_service(by=jane, plan=need, children=household.children("Chi"), what="A", asked_on=FIRST, post=post, at=BEGIN)
    with acting(jane.id):
        before = {one.id for one in list_steps_for(household.children())}
    down(household, need)
    with acting(jane.id):
        after = {one.id: one.post for one in list_steps_for(household.children())}
    assert before - set(after) == {need}
    assert all(after.values())


def test_a_second_child_steps_down_on_to_the_first_ones_plan(household: Household, need: UUID) -> None:
    first = down(household, need, "Chi")
    assert down(household, need, "Bim", to_plan=first) == first
    assert set(read(household, first).line.children) == set(household.children("Bim", "Chi"))


def test_a_child_who_is_helped_early_already_goes_on_in_that_plan(household: Household, need: UUID) -> None:
    early = household.plan("early_help", "Chi")
    assert down(household, need, "Chi") == early


def test_a_manager_authorises_a_step_down_and_a_worker_asks_for_it(household: Household, need: UUID) -> None:
    with pytest.raises(NotPermitted, match="A manager authorises"):
        step_down(by=household.jane, plan=need, children=household.children("Chi"), reason="Better", at=AT)
    step = ask_to_step(by=household.jane, plan=need, children=household.children("Chi"), reason="Better", at=AT)
    with acting(household.fay.id):
        [waits] = list_open_steps([household.world.posts["family-manager"]], kinds=["authorise_step"])
    assert waits.id == step
    assert waits.due_at is not None
    assert waits.words == "Decide whether Chi Okafor step to early help"
    early = down(household, need, "Chi", asked=step)
    assert read(household, early).line.children == (household["Chi"],)
    with acting(household.fay.id), pytest.raises(NotFound):
        get_step(step)
    assert "stepped_down" in told(household, "family-1")


def test_a_manager_who_does_not_agree_says_why_and_the_worker_is_told(household: Household, need: UUID) -> None:
    step = ask_to_step(by=household.jane, plan=need, children=household.children("Chi"), reason="Better", at=AT)
    with pytest.raises(Refusal, match="why not"):
        return_step(by=household.fay, step=step, words=" ", at=AT)
    with pytest.raises(NotPermitted):
        return_step(by=household.jane, step=step, words="No", at=AT)
    return_step(by=household.fay, step=step, words="Not before the summer", at=AT)
    assert "step_returned" in told(household, "family-1")
    assert set(read(household, need).line.children) == set(household.children())


def test_some_children_step_up_and_the_others_stay_helped_early(household: Household) -> None:
    early = household.plan("early_help")
    new = step_up(
        by=household.jane, plan=early, children=household.children("Ayo", "Bim"), reason="Both were hit", on=ON,
        need="N1", source="1A", at=AT,
    )  # fmt: skip
    assert read(household, early).line.children == (household["Chi"],)
    assert set(read(household, new).line.children) == set(household.children("Ayo", "Bim"))
    with acting(household.jane.id):
        episodes = get_open_episodes(household.children())
    assert set(episodes) == set(household.children("Ayo", "Bim"))
    assert {one.post for one in episodes.values()} == {household.world.posts["family-1"]}
    assert "stepped_up" in told(household, "family-manager")


def test_a_registered_social_worker_decides_that_a_child_is_in_need(household: Household) -> None:
    early = household.plan("early_help", "Chi")
    with pytest.raises(NotPermitted, match="registered social worker"):
        step_up(by=household.kit, plan=early, children=household.children("Chi"), reason="Worse", at=AT)


def test_a_step_is_of_children_who_are_on_that_plan_and_of_its_kind(household: Household, need: UUID) -> None:
    early = household.plan("early_help", "Chi")
    with pytest.raises(NotFound):
        step_up(by=household.jane, plan=early, children=household.children("Chi", "Bim"), reason="Worse", at=AT)
    with pytest.raises(Refusal, match="This is a child in need plan"):
        step_up(by=household.jane, plan=need, children=household.children("Chi"), reason="Worse", at=AT)


def test_a_plan_is_handed_over_with_what_it_asked_for_and_agreed(household: Household) -> None:
    world, jane = household.world, household.jane
    plan = household.plan("early_help", "Bim")
    agree_action(by=jane, plan=plan, what="Ring", who="Jane", post=None, at=BEGIN)
    ask_service(
        by=jane, plan=plan, children=household.children("Bim"), what="A course", asked_on=FIRST,
        post=world.posts["family-1"], at=BEGIN,
    )  # fmt: skip
    hand_plan_over(by=jane, plan=plan, post=world.posts["long-term-1"], at=AT)
    with acting(household.kit.id):
        view = get_plan(plan)
        [help_asked] = list_services(household.children("Bim"))
    assert view.post == help_asked.post == world.posts["long-term-1"]
    assert [one.post for one in view.actions] == [world.posts["long-term-1"]]
    assert household["Dayo"] in {one.person for one in view.agreements}


def test_a_child_put_on_a_plan_brings_their_own_father_into_its_teams_sight(household: Household) -> None:
    plan = make_plan(
        by=household.jane, kind="early_help", children=household.children("Chi"), began_on=FIRST,
        post=household.world.posts["long-term-1"], at=BEGIN,
    )  # fmt: skip
    put_on_plan(by=household.jane, plan=plan, child=household["Ayo"], from_on=FIRST, at=BEGIN)
    with acting(household.kit.id):
        assert household["Dayo"] in {one.person for one in get_plan(plan).agreements}
        assert [set(one.children) for one in list_plans(household.children("Ayo"))] == [
            set(household.children("Ayo", "Chi"))
        ]


def test_a_conference_ends_the_child_in_need_plan_of_whom_it_protects_the_same_day(
    household: Household, need: UUID
) -> None:
    chair, post = household.world.actor("Obi Watcher"), household.world.posts["family-1"]
    agree_action(by=household.jane, plan=need, what="Ring the school", who="Jane", post=None, at=BEGIN)
    plan = begin_protection(by=chair, children=household.children("Bim", "Chi"), began_on=ON, post=post, at=AT)
    stays, goes = read(household, need), read(household, plan)
    assert (goes.kind, set(goes.line.children), goes.began_on) == (
        "protection", set(household.children("Bim", "Chi")), ON,
    )  # fmt: skip
    assert stays.line.children == (household["Ayo"],)
    assert {one.to_on for one in stays.children if one.child != household["Ayo"]} == {ON}
    assert goes.post == post
    assert "plan_yours" in told(household, "family-1")
    with acting(household.jane.id):
        steps = {one.id: one for one in list_steps_for(household.children())}
    # What was agreed goes on with its post, for all of them.
    assert {one.kind for one in steps.values()} >= {"plan", "action"}


def test_nothing_of_it_happens_where_one_of_it_is_refused(household: Household, need: UUID) -> None:
    chair, post = household.world.actor("Obi Watcher"), household.world.posts["family-1"]
    begin_protection(by=chair, children=household.children("Bim"), began_on=ON, post=post, at=AT)
    with pytest.raises(Refusal, match="Bim Okafor is on a child protection plan from 1 April 2026"):
        begin_protection(by=chair, children=household.children("Chi", "Bim"), began_on=ON, post=post, at=AT)
    assert set(read(household, need).line.children) == set(household.children("Ayo", "Chi"))


def test_a_brother_who_joins_a_protection_plan_leaves_the_child_in_need_plan_that_day(
    household: Household, need: UUID
) -> None:
    chair, post = household.world.actor("Obi Watcher"), household.world.posts["family-1"]
    plan = begin_protection(by=chair, children=household.children("Chi"), began_on=ON, post=post, at=AT)
    with pytest.raises(NotPermitted, match="conference decides"):
        put_on_plan(by=household.jane, plan=plan, child=household["Bim"], from_on=ON, at=AT)
    put_on_plan(by=chair, plan=plan, child=household["Bim"], from_on=ON, at=AT)
    assert read(household, need).line.children == (household["Ayo"],)
    with acting(household.jane.id):
        known = protection_known(household.children())
    assert {child: one.since_on for child, one in known.items()} == dict.fromkeys(household.children("Bim", "Chi"), ON)


def test_a_protection_plan_goes_with_its_work_from_post_to_post(household: Household) -> None:
    world, chair = household.world, household.world.actor("Obi Watcher")
    plan = begin_protection(
        by=chair, children=household.children("Bim", "Chi"), began_on=FIRST, post=world.posts["family-1"], at=BEGIN
    )
    set_category(by=chair, plan=plan, child=household["Bim"], main="NEG", from_on=FIRST, at=BEGIN)
    hand_plan_over(by=household.jane, plan=plan, post=world.posts["long-term-1"], at=AT)
    with acting(household.kit.id):
        known = protection_known(household.children("Bim"))
        clocks = {one.kind: one.post for one in clocks_of(household.children("Bim"), at=AT)}
    assert known[household["Bim"]].main == "NEG"
    assert clocks == dict.fromkeys(("visit", "review", "core_group"), world.posts["long-term-1"])
    assert "plan_yours" in told(household, "long-term-1")
