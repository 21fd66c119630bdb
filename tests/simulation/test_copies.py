"""What becomes of names, days, keys, numbers and texts in a copy: without a database."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.commands.simulation.place.names import communities, is_of_fame
from sightline.commands.simulation.replication import TooLarge, naming, refuse_beyond_the_disk, shares
from sightline.commands.simulation.replication.change import Change, Played
from sightline.commands.simulation.replication.households import Household, Households, Person
from sightline.commands.simulation.replication.lines import line, read
from sightline.commands.simulation.replication.mapping import Column, Table
from sightline.commands.simulation.replication.naming import Names
from sightline.commands.simulation.replication.numbering import Numbers
from sightline.kernel.references import nhs_number, upn

CHILD, DESK = "019a0000-0000-7000-8000-00000000000a", "019a0000-0000-7000-8000-00000000000b"
NHS, UPN = "9990000018", "A990123415001"


def change(copy: int = 1, **more: object) -> Change:
    told: dict[str, object] = {
        "shared": frozenset({DESK}), "apart": 1000, "names": Names(frozenset({"Olivia", "Smith", "Jonnes"})),
        "numbers": Numbers([NHS, UPN], ["QX4"]), "births": frozenset({date(2015, 3, 3)}),
        "begins": date(2025, 1, 6), "ends": date(2025, 12, 29),
        "teams": (("help-and-protection-1", "Help and Protection 1"),),
        "fixed": frozenset({"Margaret Osei", "Hollinhall Primary School"}), "registrations": ("SW910001",),
        "phones": frozenset({"01632 960301"}), "stand_ins": {}, "stand_in_names": {}, "ordinary": frozenset(),
    }  # fmt: skip
    return Change(Played(**(told | more)), copy, 7)  # type: ignore[arg-type]  # every field is named above


def test_a_name_becomes_another_that_is_used_alike_and_no_two_become_one() -> None:
    changed = change().names
    listed = [changed[word] for word in naming.uses()]
    assert len(set(listed)) == len(listed)
    girls = communities()["white_british"].given["F", "child"]
    assert all("F" in naming.uses()[changed[girl]][1] for girl in girls if girl in naming.uses())
    alike = [word for word, to in changed.items() if word == to]
    assert len(alike) < len(changed) / 20
    assert change(2).names != changed


def test_nobody_becomes_somebody_whom_everybody_knows() -> None:
    givens = communities()["white_british"].given["M", "parent"]
    families = communities()["white_british"].families
    people = frozenset((given, family) for given in givens for family in families[:40])
    changed = change(names=Names(frozenset(), people)).names
    famous = [pair for pair in people if is_of_fame(*naming.called(changed, *pair))]
    assert len(famous) < 3


def test_a_name_that_is_written_wrongly_follows_the_right_one_and_is_written_wrongly_again() -> None:
    changed = change(names=Names(frozenset({"Robinsonn"}), frozenset({("Olivia", "Robinsonn")}))).names
    assert changed["Robinsonn"] != changed["Robinson"]
    assert changed["Robinsonn"][0] in {changed["Robinson"][0], changed["Robinson"][1].upper()}


def test_a_text_names_whom_the_register_names_also_with_a_possessive() -> None:
    made = change()
    olivia, smith = made.names["Olivia"], made.names["Smith"]
    assert made.words("Olivia's coat, and Olivia Smith\u2019s.") == f"{olivia}'s coat, and {olivia} {smith}\u2019s."
    assert made.words("a smith, and the oliviana") == "a smith, and the oliviana"


def test_whoever_is_shared_by_all_copies_keeps_their_name_in_texts() -> None:
    said = "Margaret Osei rang Hollinhall Primary School."
    assert change().words(said) == said


def test_a_name_that_is_an_ordinary_word_of_the_texts_stays_where_it_may_be_one() -> None:
    made = change(names=Names(frozenset({"Wyll"})), ordinary=frozenset({"wyll"}))
    assert made.words("Wyll") == "Wyll"
    assert made.name("Wyll") != "Wyll"


def test_days_move_by_whole_weeks_backwards_in_cells_and_in_texts() -> None:
    made = change(2)
    moved = date.fromisoformat(made.moment("2025-10-14 09:30:00+00")[:10])
    assert moved < date(2025, 10, 14)
    assert (date(2025, 10, 14) - moved).days % 7 == 0
    assert made.moment("2025-10-14") == moved.isoformat()
    assert made.words("Seen on Tue 14 Oct.") == f"Seen on Tue {moved.day} {moved:%b}."
    assert made.words("Seen on 14 October 2025.") == f"Seen on {moved.day} {moved:%B %Y}."
    assert made.told('{"on": "2025-10-14"}') == f'{{"on": "{moved}"}}'
    assert made.moment("infinity") == "infinity"


@pytest.mark.parametrize("copy", range(1, 8))
def test_hours_differ_by_some_minutes_and_no_two_things_change_places_or_go_to_another_day(copy: int) -> None:
    made = change(copy)
    minutes = [f"2025-10-14 {at // 60:02}:{at % 60:02}:30.25+00" for at in range(24 * 60)]
    moved = [made.moment(one) for one in minutes]
    assert moved == sorted(set(moved))
    assert len({one[:10] for one in moved}) == 1
    for still in ("00:00:00", "22:59:59.900000", "23:00:00", "23:59:59.999999"):
        assert made.moment(f"2025-10-14 {still}+00").endswith(f" {still}+00")
    noon = made.moment("2025-10-14 12:00:00+00")[11:16]
    assert noon != "12:00"
    assert made.words("Rang at 12:00, as was said on 2025-10-14T12:00:00+00:00.") == (
        f"Rang at {noon}, as was said on {made.moment('2025-10-14T12:00:00+00:00')}."
    )
    assert made.words("Room 4, 1:5, ratio 12:000 and a 9:05 start")[:26] == "Room 4, 1:5, ratio 12:000 "


def test_many_copies_of_one_week_are_on_many_minutes_and_what_was_planned_stays_round_in_the_first() -> None:
    noons = [change(copy).moment("2025-10-14 12:00:00+00") for copy in range(1, 151)]
    assert len(set(noons)) == 150
    assert all(int(one[14:16]) % 5 == 0 for one in noons[:10])


def test_households_of_one_copy_differ_by_minutes_of_their_own_and_one_household_in_every_copy() -> None:
    theirs = Households(
        tuple(Household(number, (Person(),)) for number in range(10)), {f"key {number}": number for number in range(10)}
    )
    noons = {
        (copy, number): _noon(change(copy, households=theirs), number) for copy in range(1, 5) for number in range(10)
    }
    assert all(len({noons[copy, number] for number in range(10)}) == 10 for copy in range(1, 5))
    assert all(len({noons[copy, number] for copy in range(1, 5)}) == 4 for number in range(10))


def _noon(made: Change, number: int) -> str:
    made.enter([f"key {number}"])
    return made.moment("2025-10-14 12:00:00+00")[11:]


def test_a_birth_moves_by_days_of_its_own_and_brings_nobody_of_age() -> None:
    made = change()
    child, adult = date(2015, 3, 3), date(1990, 3, 3)
    assert date.fromisoformat(made.born("2015-03-03")) > child - made.back
    assert date.fromisoformat(made.born("1990-03-03")) < adult - made.back
    assert date.fromisoformat(made.born("2025-02-03")) == date(2025, 2, 3) - made.back
    assert made.born("2015-03-03") != change(4).born("2015-03-03")
    assert made.words("born 3 March 2015") == f"born {_said(date.fromisoformat(made.born('2015-03-03')))}"


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_keys_keep_their_order_and_name_the_copys_own_but_what_is_shared() -> None:
    made, later = change(), f"{CHILD[:-1]}f"
    assert made.key(DESK) == DESK
    assert made.key(CHILD) < made.key(later) < CHILD
    assert made.key(CHILD) != change(2).key(CHILD)
    assert made.words(f"partnership.send:{CHILD}") == f"partnership.send:{made.key(CHILD)}"
    assert made.keys(f"{{{CHILD},{DESK}}}") == f"{{{made.key(CHILD)},{DESK}}}"


def test_numbers_are_anew_and_never_issued_and_no_two_copies_share_one() -> None:
    numbers = Numbers([NHS, UPN, "H204417"], ["QX4", "QX5"])
    copies = [numbers.identifiers(copy) for copy in range(1, 30)]
    given = [value for made in copies for value in made.values()] + numbers.given
    assert len(set(given)) == len(given)
    assert all(made[NHS].startswith("999") and nhs_number(made[NHS]) for made in copies)
    assert all(made[UPN][1:4] == "990" and upn(made[UPN]) for made in copies)
    districts = [name for copy in range(1, 30) for name in numbers.districts(copy).values()]
    assert len(set(districts)) == len(districts)
    assert not {"QX4", "QX5"} & set(districts)


def test_a_home_is_elsewhere_and_is_found_there() -> None:
    table = Table("people_home", tuple(
        Column(name, kind, is_list=False, is_key=False)
        for name, kind in (("lines", "words"), ("postcode", "postcode"), ("match_key", "found_by"))
    ), parted=False)  # fmt: skip
    made = change()
    [(lines, postcode, found)] = made.rows(table, [["12 Mill Lane, Hallowby", "QX4 1AB", "12 mill lane qx41ab"]])
    street = made.texts.streets["Mill"]
    assert lines == f"12 {street} Lane, Hallowby"
    assert postcode is not None
    assert postcode.endswith(" 1AB")
    assert not postcode.startswith("QX4 ")
    assert found == f"12 {street.lower()} lane {postcode.replace(' ', '').lower()}"
    assert made.words("She went back to 12 Mill Lane.") == f"She went back to 12 {street} Lane."


def test_teams_go_on_being_counted_with_their_posts_and_in_texts() -> None:
    assert change(3).key_word("worker-2-help-and-protection-1") == "worker-2-help-and-protection-4"
    assert change(3).words("ring Help and Protection 1, on 01632 960301") == (
        "ring Help and Protection 4, on " + change(3).phone("01632 960301")
    )
    assert change(3).registration("SW910001") == "SW910004"


def test_an_address_of_mail_follows_the_new_name_and_has_the_copys_number() -> None:
    made = change(2)
    wanted = f"{made.names['Olivia']}.{made.names['Smith']}.7.2@hallowby.example".lower()
    assert made.email("olivia.smith.7@hallowby.example") == wanted


def test_a_row_is_read_as_it_was_written(tmp_path: Path) -> None:
    row = ["a\tb", None, "back\\slash", "two\nlines", ""]
    file = tmp_path / "rows"
    file.write_text(line(row), encoding="utf-8")
    assert list(read(file)) == [row]


@pytest.mark.parametrize(("children", "played"), [(1, 1), (2000, 2000), (2001, 1001), (80_000, 2000)])
def test_more_children_than_are_sensibly_played_are_copies(children: int, played: int) -> None:
    each, copies = shares(children)
    assert each == played
    assert 0 <= each * (copies + 1) - children <= copies


def test_what_the_disk_will_not_hold_is_refused_with_both_figures(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(TooLarge, match=r"900,000,000 children over 8 years take about .* GB, and .* GB are free"):
        refuse_beyond_the_disk(children=900_000_000, years=8, folder=tmp_path_factory.getbasetemp() / "not yet")
    refuse_beyond_the_disk(children=1, years=1, folder=tmp_path_factory.getbasetemp(), needed=1)


def test_the_copies_of_one_seed_are_the_same() -> None:
    assert change(5).names == change(5).names
    assert change(5).born("2015-03-03") == change(5).born("2015-03-03")
    assert change(5).back <= timedelta(weeks=3)
