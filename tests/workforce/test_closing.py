"""Accounts that are closed and opened again, by an administrator or because nobody uses them; and their sessions."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access.models import BarReader, Grant
from sightline.access.operations import give_sight, restrict
from sightline.access.queries import may_see
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.references import new_id
from sightline.workforce import operations, queries
from sightline.workforce.closing import close_what_nobody_uses
from sightline.workforce.models import Account, Session
from sightline.workforce.operations import EmergencyDutyEmpty, ensure_clock_account
from sightline.workforce.sessions import NOTED_EVERY, SessionStore, begin, ends_at, note_use
from tests.staff import AT, Staff

MUCH_LATER = AT + timedelta(days=91)


@pytest.fixture(autouse=True)
def _ninety_days(settings: Any) -> None:
    settings.DORMANT_DAYS = 90


def _signs_in(account: UUID, at: datetime) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=account), "allauth.account.auth_backends.AuthenticationBackend")
    Account.objects.filter(id=account).update(last_login=at)
    return client


def test_what_nobody_used_for_ninety_days_is_closed_and_its_post_is_vacant(staff: Staff) -> None:
    tom, jane = staff.accounts["Tom Bell"], staff.accounts["Jane Smith"]
    for used in set(staff.accounts.values()) - {tom}:
        _signs_in(used, MUCH_LATER - timedelta(days=1))
    assert close_what_nobody_uses(at=MUCH_LATER) == 1
    closed = Account.objects.get(id=tom)
    assert (closed.is_active, closed.closed_because, closed.left_at) == (False, "unused", MUCH_LATER)
    assert queries.posts_of(tom, at=MUCH_LATER) == set()
    assert queries.get_actor(jane).id == jane


def test_the_day_counts_to_the_moment(staff: Staff) -> None:
    tom, clock = staff.accounts["Tom Bell"], ensure_clock_account()
    _signs_in(tom, AT)
    with pytest.raises(Refusal, match="used since"):
        operations.close_unused(by=clock, account=tom, days=90, at=AT + timedelta(days=90) - timedelta(microseconds=1))
    operations.close_unused(by=clock, account=tom, days=90, at=AT + timedelta(days=90))
    assert not Account.objects.get(id=tom).is_active


def test_the_last_administrator_and_the_last_on_emergency_duty_are_never_closed(staff: Staff) -> None:
    clock, omar = ensure_clock_account(), staff.accounts["Omar Reid"]
    close_what_nobody_uses(at=MUCH_LATER)
    assert {one.id for one in queries.list_accounts()} - {clock.id} == {staff.admin, omar}
    with pytest.raises(Refusal, match="last administrator"):
        operations.close_unused(by=clock, account=staff.admin, days=90, at=MUCH_LATER)
    with pytest.raises(EmergencyDutyEmpty):
        operations.close_unused(by=clock, account=omar, days=90, at=MUCH_LATER)


def test_an_account_that_is_opened_again_is_not_closed_the_next_night(staff: Staff) -> None:
    tom, admin = staff.accounts["Tom Bell"], staff.actor("admin")
    operations.close_unused(by=ensure_clock_account(), account=tom, days=90, at=MUCH_LATER)
    operations.open_again(by=admin, account=tom, at=MUCH_LATER)
    reopened = Account.objects.get(id=tom)
    assert (reopened.is_active, reopened.left_at, reopened.closed_because) == (True, None, "")
    assert tom not in queries.list_unused(since=MUCH_LATER + timedelta(days=1) - timedelta(days=90))
    assert queries.posts_of(tom, at=MUCH_LATER) == set(), "a manager gives a post again"


def test_nought_days_closes_nobody(staff: Staff, settings: Any) -> None:
    settings.DORMANT_DAYS = 0
    assert close_what_nobody_uses(at=MUCH_LATER) == 0


def test_only_administrators_and_the_clock_close_and_only_administrators_end_sessions(staff: Staff) -> None:
    tom, jane = staff.actor("Tom Bell"), staff.accounts["Jane Smith"]
    for act, more in (
        (operations.close_unused, {"days": 90}),
        (operations.leave, {}),
        (operations.open_again, {}),
        (operations.end_sessions, {}),
        (operations.take_away_factors, {}),
    ):
        with pytest.raises(NotPermitted):
            act(by=tom, account=jane, at=AT, **more)  # type: ignore[operator]  # each takes what it is given
    for act in (operations.leave, operations.end_sessions, operations.take_away_factors):
        with pytest.raises(NotPermitted):
            act(by=ensure_clock_account(), account=jane, at=AT)


def test_whoever_leaves_has_no_session_left_and_none_comes_back_with_the_account(staff: Staff) -> None:
    tom, admin, now = staff.accounts["Tom Bell"], staff.actor("admin"), timezone.now()
    browser = _signs_in(tom, now)
    assert [one.account_id for one in queries.list_sessions(tom, at=now)] == [tom]
    operations.leave(by=admin, account=tom, at=now)
    assert not Session.objects.filter(account=tom).exists()
    operations.open_again(by=admin, account=tom, at=now)
    assert not browser.session.get("_auth_user_id")
    with pytest.raises(Refusal, match="signed in nowhere"):
        operations.end_sessions(by=admin, account=tom, at=now)


def test_what_was_given_to_an_account_by_name_does_not_come_back_with_it(staff: Staff) -> None:
    tom, admin, child, now = staff.accounts["Tom Bell"], staff.actor("admin"), new_id(), timezone.now()
    with acting(tom):
        restrict(person=child, readers=[tom], reviewer=new_id(), reason="Known to staff.", at=AT)
        give_sight(people=[child], reader=tom, because="test", because_of=None, at=AT)
        assert may_see(person=child)
    operations.leave(by=admin, account=tom, at=now)
    operations.open_again(by=admin, account=tom, at=now)
    with acting(tom):
        assert Grant.objects.get(person=child).until_at == BarReader.objects.get(account=tom).until_at == now
        assert not may_see(person=child)


def test_what_has_run_out_is_thrown_away_and_what_goes_on_stays(staff: Staff) -> None:
    tom, now = staff.accounts["Tom Bell"], timezone.now()
    _signs_in(tom, now)
    assert operations.forget_ended_sessions(at=now) == 0
    (one,) = queries.list_sessions(tom, at=now)
    assert operations.forget_ended_sessions(at=one.expire_date) == 1
    assert queries.count_sessions(at=now) == {}


def test_a_session_ends_when_it_is_not_used_and_a_day_after_it_began_at_the_latest(settings: Any) -> None:
    quiet, longest = settings.SESSION_QUIET, settings.SESSION_LONGEST
    assert ends_at(began=AT, seen=AT) == AT + quiet
    assert ends_at(began=AT, seen=AT + longest - timedelta(minutes=1)) == AT + longest


def test_use_is_noted_every_five_minutes_and_not_at_every_page() -> None:
    session = SessionStore()
    begin(session, browser="Edge on Windows", at=AT)
    session.modified = False
    note_use(session, at=AT + NOTED_EVERY - timedelta(seconds=1))
    assert not session.modified
    note_use(session, at=AT + NOTED_EVERY)
    assert session.modified


def test_one_does_not_take_away_ones_own_code(staff: Staff) -> None:
    admin = staff.actor("admin")
    with pytest.raises(Refusal, match="another administrator"):
        operations.take_away_factors(by=admin, account=admin.id, at=AT)
    with pytest.raises(Refusal, match="no code and no passkey"):
        operations.take_away_factors(by=admin, account=staff.accounts["Tom Bell"], at=AT)


def test_an_account_that_is_nobodys_is_no_account_to_administer(staff: Staff) -> None:
    with acting(staff.admin), pytest.raises(NotFound):
        queries.get_account(ensure_clock_account().id)
