"""The rule as SQL, as a row policy, and as an independent statement in Python, over random worlds."""

import os
import random
from collections import Counter
from uuid import UUID

from django.db import connection, transaction

from sightline.access.rules import Section
from sightline.doorway.acts import set_actor
from sightline.people.models import Person
from tests.access.world import RandomWorld, draw_world, put_down

# About 10,000 decisions in CI; SIGHTLINE_WORLDS=5000 asks more than a million.
WORLDS = int(os.environ.get("SIGHTLINE_WORLDS", "70"))


def test_the_rule_answers_as_its_table_says(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, statement_timestamp()")
        role, now = cursor.fetchone()
    assert role == "sightline_serving"
    answers: Counter[bool] = Counter()
    barred = 0
    for number in range(WORLDS):
        dice = random.Random(number)  # noqa: S311 (the same worlds each time)
        with transaction.atomic():
            world = draw_world(dice, now)
            set_actor(next(iter(world.active)))
            put_down(world, dice)
            for account in world.active:
                _agree(world, account, answers, number)
                barred += sum(world.barred(account, person) for person in world.people)
            transaction.set_rollback(True)
    # Worlds in which everybody sees nothing, or nobody is barred, would prove little.
    assert answers[True] > WORLDS * 10
    assert answers[False] > WORLDS * 10
    assert barred > WORLDS / 2


def _agree(world: RandomWorld, account: UUID, answers: Counter[bool], number: int) -> None:
    set_actor(account)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p, s, access_may_see(p, s) FROM unnest(%s::uuid[]) AS p, unnest(%s::text[]) AS s",
            [world.people, [section.value for section in Section]],
        )
        for person, section, answer in cursor.fetchall():
            expected = world.may_see(account, person, section)
            assert answer == expected, f"world {number}: {account} about {person}, {section}"
            answers[answer] += 1
    seen = set(Person.objects.filter(id__in=world.people).values_list("id", flat=True))
    assert seen == {person for person in world.people if world.may_see(account, person, "identity")}


def test_nobody_acting_sees_nobody(db: None) -> None:
    dice = random.Random(1)  # noqa: S311 (the same world each time)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        world = draw_world(dice, cursor.fetchone()[0])
    set_actor(next(iter(world.active)))
    put_down(world, dice)
    set_actor(None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_or(access_may_see(p, 'identity')) FROM unnest(%s::uuid[]) AS p", [world.people])
        assert cursor.fetchone() == (False,)
    assert not Person.objects.exists()
