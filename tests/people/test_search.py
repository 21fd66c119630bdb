import random
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from sightline.access.operations import declare_conflict, restrict
from sightline.audit.models import Event
from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotPermitted, Refusal
from sightline.people import operations, queries, rules
from sightline.people.protecting import record_protecting_address
from sightline.people.search import other_forms
from tests.people.conftest import AT, Register, open_account

GIVEN = [
    *("Mia", "Elizabeth", "Mohammed", "William", "Catherine", "Thomas", "Aisha"),
    *("Daniel", "Sophie", "Katarzyna", "Jack", "Olivia", "Yusuf", "Rebecca"),
]
FAMILY = [
    *("Smith", "Jones", "Khan", "Robinson", "Nowak", "Thompson", "O'Brien", "Ahmed", "Wright", "Clarke"),
    *("Phillips", "Stevenson", "Bailey", "Whitfield", "Macdonald", "Lawrence", "Fletcher", "Kaczmarek", "Reynolds"),
]
SOUNDS = [
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("y", "i"),
    ("th", "t"),
    ("ll", "l"),
    ("wr", "r"),
    ("ey", "y"),
    ("z", "s"),
]


def names_found(worker: Actor, text: str = "", **parts: str) -> list[str]:
    return [match.name for match in queries.search_people(by=worker, text=text, at=AT, **parts)]


@pytest.fixture
def mia(register: Register, worker: Actor) -> object:
    """Mia Smyth, and others from whom she has to be told."""
    mia = register("Mia", "Smyth", birth="exact", birth_date=date(2019, 3, 12))
    operations.record_address(by=worker, person=mia, lines="12 Oak Street", postcode="LS7 4AB", at=AT)
    operations.add_identifier(by=worker, person=mia, scheme="nhs", value="943 476 5919", at=AT)
    register("Leo", "Barnes", birth="exact", birth_date=date(2014, 7, 1))
    register("Elizabeth", "Okafor", birth="exact", birth_date=date(2010, 2, 2))
    return mia


@pytest.mark.parametrize(
    "text",
    [
        "mia smyth",
        "smith mia",
        "SMYTH, Mia",
        "mia smiht",
        "maia smyth 12/3/2019",
        "mia smyth 13 3 2019",
        "mia smyth 3 12 2019",
        "mia smith about 7",
        "mia LS7",
        "12/03/2019",
        "LS7 4AB",
        "12 oak st ls7 4ab",
        "12 Oak Street",
        "9434765919",
    ],
)
def test_a_child_is_found_by_what_a_caller_says(mia: object, worker: Actor, text: str) -> None:
    assert names_found(worker, text)[0] == "Mia Smyth"


def test_the_parts_may_be_given_by_themselves(mia: object, worker: Actor) -> None:
    for parts in ({"birth": "12 March 2019"}, {"postcode": "ls74ab"}, {"number": "943 476 5919"}):
        assert names_found(worker, **parts) == ["Mia Smyth"]
    with pytest.raises(Refusal):
        names_found(worker, "mia", birth="31 February 2019")


def test_a_nickname_finds_the_name(mia: object, worker: Actor) -> None:
    (match,) = queries.search_people(by=worker, text="Beth Okafor", at=AT)
    assert match.name == "Elizabeth Okafor"
    assert "another form of the name" in match.because


def test_a_name_of_two_words_is_found_as_one_and_the_other_way_round(register: Register, worker: Actor) -> None:
    register("Anne-Marie", "Mac Donald")
    register("Ian", "Vandenberg")
    for text in ("annemarie macdonald", "anne mac donald", "marie macdonald", "macdonald anne-marie"):
        assert names_found(worker, text)[0] == "Anne-Marie Mac Donald"


def test_a_child_not_yet_born_is_found_by_the_expected_date(register: Register, worker: Actor) -> None:
    register("", "Lee", birth="expected", expected_date=date(2027, 3, 3))
    for text in ("due 10 March 2027", "lee due 1/3/2027"):
        (match,) = queries.search_people(by=worker, text=text, at=AT)
        assert match.age_words(AT.date()) == "not yet born, expected 3 March 2027"


def test_a_former_name_still_finds_and_a_mistaken_one_does_not(register: Register, worker: Actor) -> None:
    child = register("Mia", "Wrongley")
    (name,) = queries.list_names(person=child)
    operations.supersede_name(by=worker, name=name.id, given="Mia", family="Rightley", at=AT)
    (name,) = queries.list_names(person=child)
    operations.end_name(by=worker, name=name.id, true_to=date(2026, 1, 1), at=AT)
    operations.add_name(by=worker, person=child, given="Mia", family="Newman", at=AT)
    assert names_found(worker, "rightley") == ["Mia Newman"]
    assert names_found(worker, "wrongley") == []


def test_whoever_is_hidden_from_the_worker_is_not_found_by_anything(
    mia: object, worker: Actor, colleague: Actor
) -> None:
    restrict(person=mia, readers=[colleague.id], reviewer=worker.id, reason="staff family", at=AT)
    for text in ("mia smyth", "12/3/2019", "LS7 4AB", "9434765919", "12 oak street"):
        assert "Mia Smyth" not in names_found(worker, text)
    set_actor(colleague.id)
    assert "Mia Smyth" in names_found(colleague, "mia smyth")


def test_a_restricted_record_that_may_be_known_of_is_found_and_not_by_where_they_live(
    mia: UUID, register: Register, worker: Actor, colleague: Actor
) -> None:
    neighbour = register("Mia", "Smith")
    operations.record_address(by=worker, person=neighbour, lines="14 Oak Street", postcode="LS7 4AB", at=AT)
    asked = {
        "person": mia, "readers": [colleague.id], "reviewer": worker.id, "reason": "staff family", "hidden": False,
    }  # fmt: skip
    restrict(**asked, at=AT)
    for text in ("mia smyth", "12/3/2019", "9434765919", "mia smyth LS7 4AB", "smyth 12 oak street"):
        (found,) = [one for one in queries.search_people(by=worker, text=text, at=AT) if one.name == "Mia Smyth"]
        assert (found.closed, found.area) == (True, "")
        assert not {"same address", "same postcode", "same area"} & set(found.because)
    for text in ("LS7 4AB", "12 oak street", "12 Oak St LS7 4AB"):
        assert "Mia Smyth" not in names_found(worker, text)
    assert names_found(worker, "mia LS7")[0] == "Mia Smith", "Where she lives does not move her up the list."
    set_actor(colleague.id)
    (found,) = [one for one in queries.search_people(by=colleague, text="12 oak street", at=AT) if one.area]
    assert (found.name, found.closed, found.area) == ("Mia Smyth", False, "LS7")


def test_a_conflict_of_interest_hides_from_one_worker_only(mia: object, worker: Actor, colleague: Actor) -> None:
    declare_conflict(person=mia, against=colleague.id, reviewer=worker.id, reason="aunt", at=AT)
    assert "Mia Smyth" in names_found(worker, "mia smyth")
    set_actor(colleague.id)
    assert names_found(colleague, "mia smyth") == []


def test_a_withheld_address_finds_nobody_and_shows_no_area(register: Register, worker: Actor) -> None:
    child = register("Kai", "Hidden")
    operations.record_address(by=worker, person=child, lines="12 Oak Street", postcode="LS7 4AB", at=AT)
    assert queries.search_people(by=worker, text="kai hidden", at=AT)[0].area == "LS7"
    record_protecting_address(
        by=worker, person=child, lines="The Haven", postcode="BD1 1AA", protects="refuge", readers=[worker.id], at=AT
    )
    assert queries.search_people(by=worker, text="kai hidden", at=AT)[0].area == ""
    assert names_found(worker, "BD1 1AA") == []
    (match,) = queries.search_people(by=worker, text="kai hidden BD1", at=AT)
    assert "the same area" not in match.because


def test_somebody_who_has_left_finds_nobody(mia: object, worker: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workforce_account SET is_active = false WHERE id = %s", [worker.id])
    assert names_found(worker, "mia smyth") == []


def test_an_administrator_may_not_search(worker: Actor) -> None:
    administrator = open_account("Ada Admin", Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted):
        queries.search_people(by=administrator, text="mia", at=AT)


def test_an_age_or_half_a_postcode_alone_finds_nobody(mia: object, worker: Actor) -> None:
    for text in ("", "about 7", "LS7", "  "):
        assert names_found(worker, text) == []


def test_a_search_is_audited_without_what_was_typed(mia: object, worker: Actor) -> None:
    names_found(worker, "mia smyth")
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, facts::text FROM audit_event WHERE what = 'search' ORDER BY id DESC LIMIT 1")
        rows = cursor.fetchall()
    ((kind, facts),) = rows
    assert kind == Event.Kind.SEARCH
    assert '"found": 1' in facts
    assert "smyth" not in facts.lower()


def test_children_of_one_name_are_flagged(register: Register, worker: Actor) -> None:
    twins = {register("Sam", "Lee"), register("Sam", "Lee")}
    other = register("Sam", "Leigh")
    found = queries.search_people(by=worker, text="sam lee", at=AT)
    assert {match.person for match in found if match.same_name} == twins
    assert queries.same_names(people=[*twins, other]) == twins


def test_a_hidden_match_is_told_only_for_routing(mia: object, register: Register, worker: Actor) -> None:
    asked = {"given": "Mia", "family": "Smith", "birth_date": date(2019, 3, 12), "at": AT}
    assert queries.hidden_matches(**asked) == {}
    restrict(person=mia, readers=[], reviewer=worker.id, reason="staff family", at=AT)
    assert queries.hidden_matches(**asked) == {mia: True}
    assert queries.hidden_matches(given="Leo", family="Smith", birth_date=date(2001, 1, 1), at=AT) == {}


def faulty(kind: str, given: str, family: str, born: date, chance: random.Random) -> str | None:
    """A line with one fault in it, or None where this name cannot have that fault."""
    if kind == "slip":
        at = chance.randrange(1, len(family) - 1)
        family = family[:at] + family[at + 1] + family[at] + family[at + 2 :]
    elif kind == "letter":
        at = chance.randrange(1, len(family))
        family = family[:at] + family[at + 1 :]
    elif kind == "nickname":
        forms = sorted(other_forms(given.lower()))
        given = chance.choice(forms) if forms else ""
    elif kind == "swapped":
        given, family = family, given
    elif kind == "sound":
        pair = next(((old, new) for old, new in SOUNDS if old in family.lower()), None)
        family = family.lower().replace(*pair, 1) if pair else ""
    elif kind == "birth":
        born = chance.choice(rules.near_dates(born))
    return f"{given} {family} {born.day}/{born.month}/{born.year}" if given and family else None


def test_nine_in_ten_single_faults_still_find_the_person_in_the_first_ten(register: Register, worker: Actor) -> None:
    chance = random.Random(20261121)  # noqa: S311 - the same people each time
    everybody = []
    for given in GIVEN:
        for family in FAMILY:
            born = date(2009, 1, 1).replace(year=chance.randint(2009, 2025), month=chance.randint(1, 12))
            born = born.replace(day=chance.randint(1, 28))
            everybody.append((register(given, family, birth="exact", birth_date=born), given, family, born))
    for kind in ("slip", "letter", "nickname", "swapped", "sound", "birth"):
        found, asked = 0, 0
        for person, given, family, born in chance.sample(everybody, 40):
            line = faulty(kind, given, family, born, chance)
            if line is not None:
                asked += 1
                matches = queries.search_people(by=worker, text=line, at=AT)[:10]
                found += person in {match.person for match in matches}
        assert asked >= 8, kind
        assert found / asked >= 0.9, kind
