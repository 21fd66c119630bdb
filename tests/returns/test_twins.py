"""A census that is brought in anew never makes a second record that anybody finds beside a restricted one.

`./run prove twins` asks the same of ten thousand children.
"""

import os
from datetime import date, timedelta

from sightline.access.models import Bar
from sightline.access.operations import restrict
from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.access.standing_queries import same_person
from sightline.doorway.acts import acting
from sightline.journeys.hidden_match import answer_twin
from sightline.people.queries import find_called, search_people
from sightline.record.queries import list_open_steps
from sightline.returns.models import ImportedChild
from tests.returns.census import child, episode, make_file, upn
from tests.returns.conftest import LATER
from tests.staff import SOON

CHILDREN = int(os.environ.get("SIGHTLINE_TWINS", "1000"))
"""How many restricted children are brought in again; in ways by turns."""
WAYS = ("same id", "same pupil number", "same birth", "birth turned round", "other birth")
FIRST = date(2009, 1, 1)
SEXES = ("M", "F")


def born(number):
    return FIRST + timedelta(days=number % 5_500)


def turned_round(day):
    return date(day.year, day.day, day.month) if day.day <= 12 else day


def given(number, way=None):
    """One child of the file; brought in again under another id, in one of the ways."""
    day = born(number)
    facts = {"number": f"C{number}", "UPN": upn(number), "PersonBirthDate": day.isoformat(), "Sex": SEXES[number % 2]}
    if way is not None and way != "same id":
        facts["number"] = f"N{number}"
    if way in {"same birth", "birth turned round", "other birth"}:
        facts |= {"UPN": None, "UPNunknown": "UN2"}
    if way == "birth turned round":
        facts["PersonBirthDate"] = turned_round(day).isoformat()
    if way == "other birth":
        # After all the others, and on days that are no months: nobody else was born then, turned round or not.
        facts |= {"PersonBirthDate": date(2024, 3 + number % 8, 13 + number % 16).isoformat()}
    return child(episode(), **facts)


def read_by(actor, batch):
    """Whom an import brought in, as far as this person may read them."""
    with acting(actor.id):
        return set(ImportedChild.objects.filter(batch=batch, created=True).values_list("person", flat=True))


def close(people, staff, reader="Helen Marsh"):
    for person in people:
        restrict(
            person=person, readers=[staff.accounts[reader]], reviewer=staff.posts["service-manager"],
            reason="Known to a colleague.", at=SOON,
        )  # fmt: skip


def test_nobody_restricted_is_found_a_second_time(bring_in, staff, manager):
    first, _ = bring_in(make_file(*(given(number) for number in range(CHILDREN))))
    restricted = read_by(manager, first)
    assert len(restricted) == CHILDREN
    with acting(manager.id):
        close(restricted, staff)
    ways = [WAYS[number % len(WAYS)] for number in range(CHILDREN)]
    same, others = ways.count("same id"), ways.count("other birth")
    again, did = bring_in(make_file(*(given(*one) for one in enumerate(ways)), year=2026), at=LATER)
    assert did.as_json()["children"] == {"new": CHILDREN - same, "known": same}, "By their id they are the same person."
    with acting(staff.accounts["Helen Marsh"]):
        hidden = set(Bar.objects.filter(kind="twin").values_list("person", flat=True))
    assert len(hidden) == CHILDREN - same - others
    assert len(read_by(manager, again)) == others, "Somebody else altogether is read as ever; nobody else is."
    with acting(manager.id):
        assert not find_called(people=hidden | restricted)
        assert not may_see_of(people=hidden, section=Section.IDENTITY), "Nor by the post that they were given to."
        assert search_people(by=manager, number="N1", at=LATER) == []


def test_whoever_answers_makes_them_one_or_gives_them_back(bring_in, staff, manager):
    first, _ = bring_in(make_file(given(1), given(2)))
    helen = staff.actor("Helen Marsh")
    restricted = read_by(manager, first)
    with acting(manager.id):
        close(restricted, staff)
    bring_in(make_file(given(1, WAYS[1]), given(2, WAYS[2]), year=2026), at=LATER)
    with acting(helen.id):
        asked = list_open_steps(helen.posts, kinds=["possible_twin"])
    assert len(asked) == 2
    one, other = sorted(asked, key=lambda step: str(step.subject))
    answer_twin(by=helen, step=one.id, same=True, words="The same number.", at=LATER)
    answer_twin(by=helen, step=other.id, same=False, words="Their mothers differ.", at=LATER)
    with acting(helen.id):
        assert len(same_person(one.subject)) == 2
    with acting(manager.id):
        assert not may_see_of(people=[one.subject], section=Section.IDENTITY)
        assert may_see_of(people=[other.subject]) == {other.subject}
