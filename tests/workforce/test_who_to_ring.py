"""The SQL function that says whom to ring, held against its second statement in Python."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.kernel.references import new_id
from sightline.workforce import rules
from sightline.workforce.models import Absence, Account, Cover, Occupancy, Post, Team

START = datetime(2026, 1, 1, tzinfo=UTC)
POSTS = ACCOUNTS = 4


def _hour(number: int) -> datetime:
    return START + timedelta(hours=number)


def _periods(of: st.SearchStrategy[int]) -> st.SearchStrategy[list[tuple[int, int | None, int]]]:
    """Up to two periods that do not overlap, each with somebody: (begins, ends, who)."""
    cuts = st.lists(st.integers(0, 6), min_size=4, max_size=4).map(sorted)
    return st.tuples(cuts, of, of, st.integers(0, 2), st.booleans()).map(_cut)


def _cut(drawn: tuple[list[int], int, int, int, bool]) -> list[tuple[int, int | None, int]]:
    (a, b, c, d), first, second, many, is_open = drawn
    return [(a, b, first), (c, None if is_open else d, second)][:many]


WHO = st.integers(0, ACCOUNTS - 1)
WORLD = st.fixed_dictionaries(
    {
        "managers": st.lists(st.none() | st.integers(0, POSTS - 1), min_size=POSTS, max_size=POSTS),
        "emergency": st.lists(st.booleans(), min_size=POSTS, max_size=POSTS),
        "closed": st.lists(st.booleans(), min_size=POSTS, max_size=POSTS),
        "active": st.lists(st.sampled_from([True, True, False]), min_size=ACCOUNTS, max_size=ACCOUNTS),
        "occupants": st.lists(_periods(WHO), min_size=POSTS, max_size=POSTS),
        "covers": st.lists(_periods(WHO), min_size=POSTS, max_size=POSTS),
        "absences": st.lists(_periods(st.just(0)), min_size=ACCOUNTS, max_size=ACCOUNTS),
    }
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=WORLD, at=st.integers(0, 7))
def test_sql_and_python_ring_the_same_person(world: dict, at: int) -> None:
    with transaction.atomic():
        posts, asked = _build(world)
        with connection.cursor() as cursor:
            for post in posts:
                cursor.execute("SELECT * FROM workforce_who_to_ring(%s, %s)", [post, _hour(at)])
                assert cursor.fetchone() == rules.who_to_ring(post, at=_hour(at), **asked)
        transaction.set_rollback(True)


def _build(world: dict) -> tuple[list[UUID], dict]:
    teams = [Team.objects.create(key=new_id(), name="T", kind=kind) for kind in ("casework", "emergency_duty")]
    accounts = [
        Account.objects.create(name="A", email=f"{new_id()}@x.example", is_active=active, joined_at=START)
        for active in world["active"]
    ]
    posts = [
        Post.objects.create(
            key=new_id(), team=teams[emergency], title="P", kind="worker", opened_at=START,
            closed_at=START if closed else None,
        )
        for emergency, closed in zip(world["emergency"], world["closed"], strict=True)
    ]  # fmt: skip
    # A manager's post comes earlier in the list, so that no line turns back on itself.
    above = [posts[m] if m is not None and m < n else None for n, m in enumerate(world["managers"])]
    for post, manager in zip(posts, above, strict=True):
        Post.objects.filter(id=post.id).update(manager=manager)
    standings = [
        standing
        for model, key in ((Occupancy, "occupants"), (Cover, "covers"))
        for post, periods in zip(posts, world[key], strict=True)
        for standing in _stand(model, post, periods, accounts)
    ]
    absences = [
        rules.Away(account.id, _hour(begins), None if ends is None else _hour(ends))
        for account, periods in zip(accounts, world["absences"], strict=True)
        for begins, ends, _ in periods
    ]
    Absence.objects.bulk_create(
        Absence(account_id=away.account, from_at=away.begins, to_at=away.ends) for away in absences
    )
    places = [
        rules.Place(post.id, manager.id if manager else None, emergency=emergency and not closed)
        for post, manager, emergency, closed in zip(posts, above, world["emergency"], world["closed"], strict=True)
    ]
    active = {account.id for account in accounts if account.is_active}
    return [post.id for post in posts], {
        "places": places, "standings": standings, "absences": absences, "active": active
    }  # fmt: skip


def _stand(model: type, post: Post, periods: list, accounts: list[Account]) -> list[rules.Standing]:
    made = []
    for begins, ends, who in periods:
        to_at = None if ends is None else _hour(ends)
        model.objects.create(post=post, account=accounts[who], from_at=_hour(begins), to_at=to_at)
        made.append(rules.Standing(post.id, accounts[who].id, _hour(begins), to_at, cover=model is Cover))
    return made


def test_a_gap_is_found_where_cover_ends_before_the_absence_does() -> None:
    post, one, two = new_id(), new_id(), new_id()
    standings = [rules.Standing(post, one, _hour(0)), rules.Standing(post, two, _hour(1), _hour(5), cover=True)]
    away = [rules.Away(one, _hour(2))]
    assert rules.first_gap(at=_hour(1), standings=standings, absences=away, active={one, two}) == _hour(5)
    assert rules.first_gap(at=_hour(1), standings=standings, absences=[], active={one, two}) is None
    assert rules.first_gap(at=_hour(1), standings=standings, absences=[], active={two}) == _hour(5)


def test_a_change_is_refused_only_where_it_makes_the_gap_sooner() -> None:
    assert rules.opens_a_gap(None, _hour(3))
    assert rules.opens_a_gap(_hour(3), _hour(2))
    assert not rules.opens_a_gap(_hour(3), _hour(3))
    assert not rules.opens_a_gap(_hour(3), None)
