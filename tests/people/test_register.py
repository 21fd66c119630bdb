from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from sightline.access.operations import restrict
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import set_actor
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.kernel.references import upn_check_letter
from sightline.people import operations, queries
from sightline.people.models import Home, NameToken, Person, Word
from sightline.people.operations import AlreadyCorrected
from sightline.people.protecting import record_protecting_address
from tests.people.conftest import AT, Register, open_account

LATER = AT + timedelta(hours=1)


def test_a_registered_child_has_a_header(register: Register) -> None:
    child = register("Mia", "Smith", known_as="Mimi Smith", birth="exact", birth_date=date(2019, 3, 12), sex="F")
    header = queries.get_header(person=child)
    assert header is not None
    assert (header.name, header.known_as, header.sex) == ("Mia Smith", "Mimi Smith", "F")
    assert header.age_words(date(2026, 11, 21)) == "7 years"


def test_a_child_not_yet_born_is_not_yet_born(register: Register, worker: Actor) -> None:
    child = register(birth="expected", expected_date=date(2027, 3, 3))
    header = queries.get_header(person=child)
    assert header is not None
    assert header.name == "Not yet named"
    operations.record_birth(by=worker, person=child, birth_date=date(2026, 11, 19), sex="M", at=LATER)
    born = queries.get_header(person=child)
    assert born is not None
    assert (born.birth, born.birth_date, born.expected_date) == ("exact", date(2026, 11, 19), date(2027, 3, 3))


def test_nobody_is_seen_without_a_grant(register: Register, colleague: Actor) -> None:
    child = register("Mia", "Smith")
    set_actor(colleague.id)
    assert queries.get_header(person=child) is None
    assert not Person.objects.exists()
    with pytest.raises(NotFound):
        operations.add_name(by=colleague, person=child, given="Mo", at=AT)


def test_a_grant_for_one_person_shows_no_other(register: Register, colleague: Actor) -> None:
    seen, unseen = register("Mia", "Smith"), register("Leo", "Smith", sections=(Section.ORDINARY,))
    assert set(queries.get_headers(people=[seen, unseen])) == {seen}


def test_an_administrator_registers_nobody(worker: Actor) -> None:
    administrator = open_account("Ada Admin", Role.ADMINISTRATOR)
    with pytest.raises(NotPermitted):
        operations.register_person(by=administrator, kind="child", given="Mia", at=AT)


def test_a_corrected_name_reads_as_it_did(register: Register, worker: Actor) -> None:
    child = register("Mia", "Smth")
    (name,) = queries.list_names(person=child)
    operations.supersede_name(by=worker, name=name.id, given="Mia", family="Smith", at=LATER)
    now, then = queries.get_header(person=child), queries.get_header(person=child, as_at=AT)
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("Mia Smith", "Mia Smth")
    with pytest.raises(AlreadyCorrected):
        operations.supersede_name(by=worker, name=name.id, given="Mia", family="Smyth", at=LATER)


def test_corrected_particulars_keep_what_was_not_named(register: Register, worker: Actor) -> None:
    child = register("Mia", birth="exact", birth_date=date(2019, 3, 12))
    operations.correct_particulars(by=worker, person=child, sex="F", at=LATER)
    now, then = queries.get_header(person=child), queries.get_header(person=child, as_at=AT)
    assert now is not None
    assert then is not None
    assert (now.birth_date, now.sex, then.sex) == (date(2019, 3, 12), "F", "U")


def test_people_of_one_home_share_it(register: Register, worker: Actor) -> None:
    child, mother, neighbour = register("Mia"), register("Ann", kind="adult"), register("Bob", kind="adult")
    for person, lines in ((child, "12 Oak St, Leeds"), (mother, "12 Oak Street"), (neighbour, "14 Oak Street")):
        operations.record_address(by=worker, person=person, lines=lines, postcode="ls74ab", at=AT)
    assert Home.objects.count() == 2
    assert queries.list_household(person=child) == [mother]


def test_a_move_ends_the_address_that_was_current(register: Register, worker: Actor) -> None:
    child = register("Mia")
    operations.record_address(by=worker, person=child, lines="12 Oak St", postcode="LS7 4AB", at=AT)
    operations.record_address(
        by=worker, person=child, lines="3 Elm Rd", postcode="BD1 1AA", true_from=date(2026, 11, 1), at=LATER
    )
    assert [(a.lines, a.true_to) for a in queries.list_addresses(person=child)] == [
        ("3 Elm Rd", None),
        ("12 Oak St", date(2026, 11, 1)),
    ]


def test_a_withheld_address_says_only_that_it_is(register: Register, worker: Actor, colleague: Actor) -> None:
    child, mother = register("Mia"), register("Ann", kind="adult")
    for person in (child, mother):
        record_protecting_address(
            by=worker, person=person, lines="The Haven", postcode="LS1 1AA", protects="refuge", at=AT,
            readers=[colleague.id],
        )  # fmt: skip
    (address,) = queries.list_addresses(person=child)
    assert (address.withheld, address.shown, address.lines, address.home) == (True, False, "", None)
    assert queries.list_household(person=child) == []
    assert queries.list_network(people=[child]) == {child}


def test_a_number_that_cannot_be_is_refused(register: Register, worker: Actor) -> None:
    child = register("Mia")
    for scheme, value in (("nhs", "943 476 5918"), ("upn", "A12"), ("child_id", " ")):
        with pytest.raises(Refusal):
            operations.add_identifier(by=worker, person=child, scheme=scheme, value=value, at=AT)


def test_a_number_that_somebody_has_is_refused_unless_they_are_hidden(register: Register, worker: Actor) -> None:
    one, other, hidden = register("Mia"), register("Leo"), register("Kai")
    operations.add_identifier(by=worker, person=one, scheme="child_id", value="C1", at=AT)
    with pytest.raises(Refusal):
        operations.add_identifier(by=worker, person=other, scheme="child_id", value="C1", at=AT)
    operations.add_identifier(by=worker, person=hidden, scheme="child_id", value="C2", at=AT)
    restrict(person=hidden, readers=[], reviewer=worker.id, reason="staff family", at=AT)
    operations.add_identifier(by=worker, person=other, scheme="child_id", value="C2", at=AT)
    assert queries.hidden_matches(numbers=("C2",), at=AT) == {hidden: True}


def test_a_replaced_pupil_number_stays_as_a_former_one(register: Register, worker: Actor) -> None:
    child = register("Mia")
    for rest in ("801200001001", "801200001002"):
        operations.add_identifier(by=worker, person=child, scheme="upn", value=upn_check_letter(rest) + rest, at=AT)
    header = queries.get_header(person=child)
    assert header is not None
    assert [row.scheme for row in header.identifiers] == ["former_upn", "upn"]


def test_relationships_and_household_make_the_network(register: Register, worker: Actor) -> None:
    child, mother, brother, stranger = register("Mia"), register("Ann", kind="adult"), register("Leo"), register("Zed")
    operations.relate(by=worker, person=mother, to=child, kind="mother", parental_responsibility=True, at=AT)
    for person in (mother, brother):
        operations.record_address(by=worker, person=person, lines="12 Oak St", postcode="LS7 4AB", at=AT)
    assert queries.list_network(people=[child]) == {child, mother}
    assert queries.list_network(people=[mother]) == {child, mother, brother}
    (related,) = queries.list_relationships(person=child)
    assert (related.other, related.kind, related.reads) == (mother, "mother", True)
    restrict(person=mother, readers=[], reviewer=worker.id, reason="staff", at=AT)
    assert queries.list_network(people=[child]) == {child}
    assert queries.list_relationships(person=child) == []
    assert stranger not in queries.list_network(people=[child])


def test_an_unidentified_adult_stays_open_until_ruled_out_with_a_reason(register: Register, worker: Actor) -> None:
    adult = register(kind="adult")
    operations.set_identification(by=worker, person=adult, status="not_identified", words="called Lee", at=AT)
    assert [one.is_open for one in queries.list_unidentified(people=[adult])] == [True]
    with pytest.raises(Refusal):
        operations.set_identification(by=worker, person=adult, status="ruled_out", at=LATER)
    operations.set_identification(by=worker, person=adult, status="ruled_out", words="No such man", at=LATER)
    assert [one.is_open for one in queries.list_unidentified(people=[adult])] == [False]


def test_an_adult_who_is_not_described_at_all_is_refused(worker: Actor) -> None:
    with pytest.raises(Refusal):
        operations.add_unidentified_adult(by=worker, at=AT)


def test_warnings_and_needs_stand_in_the_header_until_they_end(register: Register, worker: Actor) -> None:
    child = register("Mia")
    need = operations.add_need(by=worker, person=child, kind="interpreter", words="Somali", at=AT)
    warning = operations.add_warning(by=worker, person=child, words="Dog", review_on=date(2027, 1, 1), at=AT)
    header = queries.get_header(person=child)
    assert header is not None
    assert [row.id for row in [*header.needs, *header.warnings]] == [need, warning]
    operations.end_need(by=worker, need=need, at=LATER)
    operations.end_warning(by=worker, warning=warning, at=LATER)
    header = queries.get_header(person=child)
    assert header is not None
    assert [*header.needs, *header.warnings] == []


def test_headers_of_three_cost_what_one_costs(register: Register, django_assert_num_queries: object) -> None:
    people = [register(name, "Lee") for name in ("Mia", "Leo", "Kai")]
    for some in (people[:1], people):
        with django_assert_num_queries(2):
            queries.get_headers(people=some)
        with django_assert_num_queries(1):
            queries.get_names(people=some)


def test_nobody_reads_the_words_by_which_people_are_found(register: Register) -> None:
    register("Mia", "Smith")
    assert not NameToken.objects.exists()
    assert not Word.objects.exists()


def test_without_an_actor_the_steward_answers_nothing(register: Register) -> None:
    child = register("Mia", "Smith")
    set_actor(None)
    assert queries.list_network(people=[child]) == set()
    assert queries.hidden_matches(given="Mia", family="Smith", at=datetime(2026, 11, 20, tzinfo=UTC)) == {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM people_search(%s)", ['{"places": 1, "terms": [{"place": 0, "term": "mia"}]}']
        )
        assert cursor.fetchone() == (0,)


def test_two_who_say_at_once_where_we_stand_with_an_adult(register: Register, worker: Actor) -> None:
    adult = register(kind="adult")
    seen = operations.set_identification(by=worker, person=adult, status="not_identified", words="called Lee", at=AT)
    operations.set_identification(by=worker, person=adult, status="met", words="At the door.", standing=seen, at=LATER)
    with pytest.raises(Stale, match="At the door") as stale:
        operations.set_identification(
            by=worker, person=adult, status="ruled_out", words="No such man", standing=seen, at=LATER
        )
    assert stale.value.yours == "No such man"
    [found] = queries.list_unidentified(people=[adult])
    assert found.status == "met"
    operations.set_identification(
        by=worker, person=adult, status="ruled_out", words="His brother", standing=found.standing, at=LATER
    )


def test_a_warning_that_had_ended_is_not_ended_again(register: Register, worker: Actor) -> None:
    adult = register(kind="adult")
    warning = operations.add_warning(by=worker, person=adult, words="A dog", review_on=date(2027, 1, 4), at=AT)
    operations.end_warning(by=worker, warning=warning, at=LATER)
    with pytest.raises(Refusal, match="already ended"):
        operations.end_warning(by=worker, warning=warning, at=LATER)
