"""Accounts, posts, who stands in them, and that somebody is always on emergency duty."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import Event
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, set_actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.remembering import remembering
from sightline.workforce import operations, queries
from sightline.workforce.models import Absence, Account
from sightline.workforce.operations import EmergencyDutyEmpty
from tests.staff import AT, PASSWORD, SOON, Staff


def test_an_actor_is_read_in_one_query_with_posts_and_teams(staff: Staff) -> None:
    with CaptureQueriesContext(connection) as asked:
        actor = queries.get_actor(staff.accounts["Tom Bell"])
    assert len(asked) == 1
    assert actor.posts == {staff.posts["duty"]}
    assert actor.teams == {staff.teams["front-door"]}
    assert actor.role == Role.DUTY_WORKER
    assert not actor.registered
    assert queries.get_actor(staff.accounts["Jane Smith"]).registered


def test_an_address_is_kept_in_small_letters_and_once(staff: Staff) -> None:
    assert Account.objects.get(id=staff.admin).email == "ada.finch@hallowby.example"
    with pytest.raises(Refusal, match="there already"):
        operations.open_account(
            by=staff.actor("admin"), name="Ada", email="ADA.finch@hallowby.example", role=Role.ANALYST,
            password=PASSWORD, at=AT,
        )  # fmt: skip


def test_a_password_that_is_easily_guessed_is_refused(staff: Staff) -> None:
    with pytest.raises(Refusal) as refused:
        operations.open_account(
            by=staff.actor("admin"), name="Al", email="al@hallowby.example", role=Role.ANALYST, password="password",
            at=AT,
        )  # fmt: skip
    assert refused.value.field == "password"


def test_the_first_administrator_is_opened_once(staff: Staff) -> None:
    with pytest.raises(Refusal, match="accounts already"):
        operations.open_first_administrator(name="B", email="b@hallowby.example", password=PASSWORD, at=AT)


def test_only_an_administrator_opens_accounts_and_the_refusal_is_audited(staff: Staff) -> None:
    manager = staff.actor("Priya Nair")
    with pytest.raises(NotPermitted):
        operations.open_account(
            by=manager, name="C", email="c@hallowby.example", role=Role.ANALYST, password=PASSWORD, at=AT
        )
    set_actor(manager.id)
    assert Event.objects.filter(kind="refused", what="open_account", actor=manager.id).exists()


def test_an_administrator_cannot_stand_in_a_post(staff: Staff) -> None:
    with pytest.raises(Refusal, match="no casework access"):
        operations.place(by=staff.actor("admin"), post=staff.posts["duty"], account=staff.admin, at=SOON)


def test_there_is_one_emergency_duty_team(staff: Staff) -> None:
    with pytest.raises(Refusal, match="only one"):
        operations.open_team(by=staff.actor("admin"), key="edt-2", name="EDT 2", kind="emergency_duty", at=AT)


def test_a_manager_staffs_posts_below_theirs_and_no_others(staff: Staff) -> None:
    front_door, service = staff.actor("Priya Nair"), staff.actor("Helen Marsh")
    jane = staff.accounts["Jane Smith"]
    operations.set_cover(by=front_door, post=staff.posts["duty"], account=jane, at=SOON)
    operations.set_cover(by=service, post=staff.posts["duty"], account=jane, at=SOON + timedelta(hours=1))
    for post in ("family-2", "front-door-manager"):
        with pytest.raises(NotPermitted):
            operations.set_cover(by=front_door, post=staff.posts[post], account=jane, at=SOON)


def test_taking_a_post_ends_the_one_before_in_the_same_moment(staff: Staff) -> None:
    duty = staff.posts["duty"]
    operations.place(by=staff.actor("admin"), post=duty, account=staff.accounts["Jane Smith"], at=SOON)
    before = queries.who_to_ring(post=duty, at=SOON - timedelta(microseconds=1))
    after = queries.who_to_ring(post=duty, at=SOON)
    assert before
    assert before.name == "Tom Bell"
    assert after
    assert (after.name, after.standing) == ("Jane Smith", "occupant")


def test_who_stands_in_a_post_is_asked_once_and_anew_when_that_changes(staff: Staff) -> None:
    admin, duty = staff.actor("admin"), staff.posts["duty"]
    with remembering():
        assert queries.describe_posts([duty]) == {duty: "Tom Bell, Duty 1"}
        with CaptureQueriesContext(connection) as asked:
            assert queries.describe_posts([duty]) == {duty: "Tom Bell, Duty 1"}
        assert not asked.captured_queries
        operations.place(by=admin, post=duty, account=staff.accounts["Jane Smith"], at=datetime.now(UTC))
        assert queries.describe_posts([duty]) == {duty: "Jane Smith, Duty 1"}
        operations.vacate(by=admin, post=duty, at=datetime.now(UTC))
        assert queries.describe_posts([duty]) == {duty: "Duty 1 (nobody in post)"}


def test_when_a_worker_is_away_their_cover_and_then_their_manager_is_rung(staff: Staff) -> None:
    admin, duty = staff.actor("admin"), staff.posts["duty"]
    operations.begin_absence(by=staff.actor("Tom Bell"), account=staff.accounts["Tom Bell"], at=SOON)
    ring = queries.who_to_ring(post=duty, at=SOON)
    assert ring
    assert (ring.name, ring.standing, ring.post_title) == ("Priya Nair", "manager", "Front door manager")
    operations.set_cover(by=admin, post=duty, account=staff.accounts["Jane Smith"], at=SOON)
    ring = queries.who_to_ring(post=duty, at=SOON)
    assert ring
    assert (ring.name, ring.standing) == ("Jane Smith", "cover")


def test_a_leaver_stands_nowhere_and_is_no_actor(staff: Staff) -> None:
    tom = staff.accounts["Tom Bell"]
    operations.leave(by=staff.actor("admin"), account=tom, at=SOON)
    assert queries.describe_posts([staff.posts["duty"]], at=SOON) == {staff.posts["duty"]: "Duty 1 (nobody in post)"}
    with pytest.raises(NotFound):
        queries.get_actor(tom)
    with pytest.raises(Refusal, match="closed"):
        operations.place(by=staff.actor("admin"), post=staff.posts["duty"], account=tom, at=SOON)


@pytest.mark.parametrize("way", ["leave", "vacate", "absence"])
def test_the_last_of_the_emergency_duty_team_is_kept(staff: Staff, way: str) -> None:
    admin, omar = staff.actor("admin"), staff.accounts["Omar Reid"]
    act = {
        "leave": lambda: operations.leave(by=admin, account=omar, at=SOON),
        "vacate": lambda: operations.vacate(by=admin, post=staff.posts["emergency-1"], at=SOON),
        "absence": lambda: operations.begin_absence(by=admin, account=omar, at=SOON),
    }[way]
    with pytest.raises(EmergencyDutyEmpty, match="Name who takes over on the emergency duty team first"):
        act()
    ring = queries.who_to_ring(post=staff.posts["emergency-1"], at=SOON)
    assert ring
    assert ring.name == "Omar Reid"
    operations.set_cover(by=admin, post=staff.posts["emergency-1"], account=staff.accounts["Grace Okoro"], at=SOON)
    act()
    ring = queries.who_to_ring(post=staff.posts["emergency-1"], at=SOON)
    assert ring
    assert ring.name == "Grace Okoro"


def test_cover_that_will_run_out_does_not_let_the_last_one_go(staff: Staff) -> None:
    admin, post = staff.actor("admin"), staff.posts["emergency-1"]
    operations.set_cover(
        by=admin, post=post, account=staff.accounts["Grace Okoro"], at=SOON, until=SOON + timedelta(days=1)
    )
    with pytest.raises(EmergencyDutyEmpty):
        operations.begin_absence(by=admin, account=staff.accounts["Omar Reid"], at=SOON)
    assert not Absence.objects.exists()


def test_a_line_of_managers_cannot_turn_back_on_itself(staff: Staff) -> None:
    with pytest.raises(Refusal, match="stands below"):
        operations.set_manager(
            by=staff.actor("admin"), post=staff.posts["service-manager"], manager=staff.posts["duty"], at=SOON
        )


def test_the_clock_cannot_sign_in_is_made_once_and_reads_as_nobody_else(staff: Staff) -> None:
    clock = operations.ensure_clock_account()
    assert operations.ensure_clock_account() == clock
    account = Account.objects.get(id=clock.id)
    assert not account.has_usable_password()
    set_actor(clock.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_principals()")
        assert cursor.fetchone()[0] == [clock.id]
    assert clock.id not in [each.id for each in queries.list_accounts(active=False)]


def test_lists_and_words(staff: Staff) -> None:
    admin = staff.actor("admin")
    operations.begin_absence(by=admin, account=staff.accounts["Tom Bell"], at=SOON)
    assert queries.describe_posts([staff.posts["family-2"]], at=SOON) == {
        staff.posts["family-2"]: "Jane Smith, Family Support 2"
    }
    [away] = queries.list_absent(posts=staff.posts.values(), at=SOON)
    assert (away.name, away.posts) == ("Tom Bell", (staff.posts["duty"],))
    members = queries.list_team_members(team=staff.teams["front-door"], at=SOON)
    assert [(each.name, each.away) for each in members] == [("Priya Nair", False), ("Tom Bell", True)]
    assert queries.posts_below([staff.posts["service-manager"]]) == {
        staff.posts[key] for key in ("front-door-manager", "duty", "family-2")
    }
    assert queries.front_door_post() == staff.posts["duty"]
    assert queries.front_door_manager() == staff.posts["front-door-manager"]
    assert queries.emergency_post() == staff.posts["emergency-1"]
    assert queries.get_post("duty") == queries.get_post(staff.posts["duty"])


@act("opens_and_is_refused")
def opens_and_is_refused(*, by: Actor, at: datetime, team: UUID) -> None:
    operations.open_post(by=by, team=team, key="passing", title="Passing", kind="worker", at=at)
    assert "passing" in {post.key for post in queries.list_posts(team=team)}
    raise Refusal("No.")


def test_a_post_is_known_of_at_once_and_no_longer_when_its_act_is_undone(staff: Staff) -> None:
    team, by = staff.teams["front-door"], staff.actor("admin")
    with remembering():
        before = queries.list_posts(team=team)
        with CaptureQueriesContext(connection) as asked:
            assert queries.list_posts(team=team) == before
        assert len(asked) == 0
        with pytest.raises(Refusal, match="No"):
            opens_and_is_refused(by=by, at=AT, team=team)
        assert queries.list_posts(team=team) == before
        operations.open_post(by=by, team=team, key="lasting", title="Lasting", kind="worker", at=AT)
        assert len(queries.list_posts(team=team)) == len(before) + 1
