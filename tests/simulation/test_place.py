"""The place as it truly is: who lives there, and a year of it."""

import os
import pkgutil
import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from sightline.commands.demonstration import families
from sightline.commands.demonstration.authority import ADMINISTRATOR, LEAVER, WORKERS
from sightline.commands.simulation.place import Place, changes
from sightline.commands.simulation.place.agencies import stage_of
from sightline.commands.simulation.place.lives import grown_on
from sightline.commands.simulation.place.weights import Weights
from sightline.commands.simulation.place.wording import words
from sightline.commands.simulation.rates import FOLDER, rates
from sightline.kernel import references
from tests.simulation.places import Lived, an_engine, dice, fingerprint, live

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lived() -> Lived:
    return live(children=1500)


@pytest.fixture(scope="module")
def founded() -> Place:
    return Place(an_engine(), children=3000)


# --- the same place ---------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_place_and_year_whatever_the_order_of_hashing_and_the_zone():
    here = fingerprint(live(children=300))
    elsewhere = subprocess.run(
        [sys.executable, "-m", "tests.simulation.places", "300"], cwd=ROOT, check=True, text=True, capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland"},
    )  # fmt: skip
    assert elsewhere.stdout.strip() == here


def test_the_dice_fall_alike_on_every_machine():
    stream = an_engine().stream("people")
    drawn = [stream.random(), stream.gammavariate(0.3, 3), stream.gauss(29, 5), stream.expovariate(2)]
    assert [round(one, 9) for one in drawn] == [0.707743013, 1.205593365, 34.493077208, 1.240939504]


def test_another_seed_gives_another_place():
    assert fingerprint(live(children=60, days=30)) != fingerprint(live(children=60, days=30, seed=8))


def test_drawing_families_elsewhere_leaves_the_year_alone():
    engine = an_engine(days=60)
    place = Place(engine, children=60)
    place.begin()
    for _ in range(10):
        place.draw(engine.stream("front door"))
    engine.run()
    left = live(children=60, days=60).place
    assert [one.home for one in place.families] == [one.home for one in left.families]


# --- who lives there --------------------------------------------------------------------------------


def test_there_are_as_many_children_as_were_asked_for_of_every_age(founded: Place):
    ages = [one.age(founded.today) for family in founded.families for one in family.children if one.given]
    assert 2950 <= founded.children_now() <= 3050
    assert set(ages) == set(range(18))
    assert max(ages.count(age) for age in range(18)) < 2 * min(ages.count(age) for age in range(18))


def test_parents_are_old_enough_and_grandparents_older(founded: Place):
    for family in founded.families:
        for child in family.children:
            for ref in child.parents:
                assert family.adults[ref].age(child.born) >= 14
        for ref, kind in family.carers.items():
            if kind == "grandparent":
                mother = next(one for one in family.adults.values() if family.carers[one.ref] == "mother")
                assert family.adults[ref].age(mother.born) >= 15


def test_brothers_and_sisters_are_born_together_or_months_apart_and_not_called_alike(founded: Place):
    for family in founded.families:
        days = sorted(child.born for child in family.children)
        gaps = {(later - earlier).days for earlier, later in pairwise(days)}
        assert all(gap == 0 or gap > 270 for gap in gaps)
        given = [child.given for child in family.children if child.given]
        assert len(given) == len(set(given))


def test_children_of_the_same_parents_have_one_family_name(founded: Place):
    # Her form of a name that ends in -ski is the same name.
    for family in founded.families:
        called: dict[tuple[str, ...], set[str]] = {}
        for child in family.children:
            if child.given:
                called.setdefault(child.parents, set()).add(child.family.removesuffix("a").removesuffix("i"))
        assert all(len(them) == 1 for them in called.values())


def test_nobody_has_the_name_of_somebody_of_the_demonstration_or_of_fame(lived: Lived, founded: Place):
    others = of_the_demonstration() | fame()
    assert not (everybody_called(lived.place) | everybody_called(founded)) & others


def test_the_place_could_have_made_names_of_fame_which_it_draws_again():
    assert "George Best" in fame()


def everybody_called(place: Place) -> set[str]:
    everybody = [one for family in place.families for one in (*family.children, *family.adults.values())]
    return {f"{one.given} {one.family}" for one in everybody}


def fame() -> set[str]:
    return set(words("of_fame"))


def of_the_demonstration() -> set[str]:
    named = {one.name for one in (*WORKERS, LEAVER, ADMINISTRATOR)}
    for module in pkgutil.iter_modules(families.__path__, f"{families.__name__}."):
        told = vars(import_module(module.name))
        named |= {one for name, one in told.items() if name.isupper() and isinstance(one, str) and one.istitle()}
    assert {"Rosie Penhallow", "Zainab Yusuf"} <= named
    return named


def test_communities_are_there_in_their_shares(founded: Place):
    children = [one for family in founded.families for one in family.children]
    white_british = sum(one.ethnicity == "WBRI" for one in children) / len(children)
    assert 0.52 < white_british < 0.68
    assert {"APKN", "BAFR", "WOTH", "MWBC", "AIND"} <= {one.ethnicity for one in children}


def test_every_home_is_one_familys_and_no_postcode_exists(lived: Lived):
    homes = [family.home for family in lived.place.families if family.here]
    homes += [home for family in lived.place.families if family.here for home in family.elsewhere.values()]
    assert len({(home.lines, home.postcode) for home in homes}) == len(homes)
    assert all(home.postcode.startswith("QX") and references.postcode(home.postcode) for home in homes)


def test_one_parent_families_are_about_a_quarter_before_and_after(lived: Lived, founded: Place):
    for place in (founded, lived.place):
        here = [family for family in place.families if family.here]
        kinds = [{family.carers[one.ref] for one in family.adults_at_home()} for family in here]
        alone = sum(len(them & {"mother", "father", "step_parent"}) == 1 for them in kinds)
        assert 0.18 < alone / len(here) < 0.31


# --- what weighs ------------------------------------------------------------------------------------


def test_few_families_have_much_of_the_strain(founded: Place):
    strain = sorted((family.strain for family in founded.families), reverse=True)
    assert sum(strain[: len(strain) // 10]) > 0.4 * sum(strain)
    assert 0.85 < sum(strain) / len(strain) < 1.15


def test_a_family_is_drawn_as_often_as_its_strain_says(founded: Place):
    stream, heaviest = dice(1), max(founded.families, key=lambda one: one.strain)
    drawn = sum(founded.draw(stream) is heaviest for _ in range(8000)) / 8000
    expected = heaviest.strain / sum(family.strain for family in founded.families)
    assert expected * 0.6 < drawn < expected * 1.5


def test_weights_that_change_are_drawn_as_they_are_now():
    weights, stream = Weights(), dice(3)
    for weight in (5.0, 0.0, 1.0, 2.0, 0.5):
        weights.add(weight)
    weights.set(0, 0.0)
    weights.set(4, 3.0)
    drawn = [weights.draw(stream) for _ in range(6000)]
    assert [round(drawn.count(place) / 1000) for place in range(5)] == [0, 0, 1, 2, 3]


def test_what_happened_weighs_for_a_time_and_passes():
    engine = an_engine(days=3 * 365)
    place = Place(engine, children=40)
    family = place.families[0]
    before = family.strain
    place.lives.burden(family, "parted")
    engine.env.step()
    assert family.strain > 1.5 * before
    engine.run()
    assert family.strain == pytest.approx(before)


# --- a year -----------------------------------------------------------------------------------------


def test_births_are_spoken_of_before_and_named_after(lived: Lived):
    spoken = {one.change.who[0].ref: one.change.at for one in lived.of(changes.EXPECTED)}
    born = lived.of(changes.BORN)
    assert 0.03 * 1500 < len(born) < 0.07 * 1500
    for one in born:
        child = one.change.who[0]
        assert child.given
        assert child.nhs or child.died
        assert child.born == one.change.at.date() or child.born - one.change.at.date() == timedelta(days=1)
        if child.ref in spoken:
            assert timedelta(days=90) < one.change.at - spoken[child.ref] < timedelta(days=220)


def test_whoever_is_eighteen_is_no_child_of_the_family_any_more(lived: Lived):
    today = lived.place.today
    assert len(lived.of(changes.GREW_UP)) > 40
    for one in lived.of(changes.GREW_UP):
        grown, family = one.change.who[0], one.change.family
        assert grown_on(grown.born) == one.change.at.date()
        assert grown not in family.children
        assert family.carers[grown.ref] == "sibling"
    assert all(child.is_child(today) for family in lived.place.families if family.here for child in family.children)


def test_children_are_never_left_without_somebody_grown_up(lived: Lived):
    for family in lived.place.families:
        if family.here and family.children:
            assert family.adults_at_home(), family.ref


def test_somebody_joins_only_where_there_was_one_or_none(lived: Lived):
    joined = lived.of(changes.JOINED)
    assert len(joined) > 5
    assert all(one.couple <= 2 for one in joined)
    assert all(one.change.who[0] in one.at_home for one in joined)


def test_a_step_parent_comes_after_the_other_parent_is_gone(lived: Lived):
    for one in lived.of(changes.JOINED):
        family = one.change.family
        if family.carers[one.change.who[0].ref] == "step_parent":
            kinds = [family.carers[adult.ref] for adult in one.at_home]
            assert sorted(kinds).count("mother") + kinds.count("father") <= 1


def test_who_parted_lives_elsewhere(lived: Lived):
    assert lived.of(changes.PARTED)
    assert all(one.change.who[0] not in one.at_home for one in lived.of(changes.PARTED))


def test_some_men_stay_unnamed_for_a_time(lived: Lived):
    joined = [one.change.who[0] for one in lived.of(changes.JOINED)]
    named = [one.change.who[0] for one in lived.of(changes.NAMED)]
    assert named
    assert all(one in joined and not one.spoken_of for one in named)
    assert all(one.given and one.family for one in joined)


def test_a_renamed_person_is_found_by_the_day(lived: Lived):
    for one in lived.of(changes.RENAMED):
        who = one.change.who[0]
        until, given, family = who.former[-1]
        assert lived.place.name_now(who, until - timedelta(days=1)) == (given, family)
        assert lived.place.name_now(who, date.max) == (who.given, who.family)


def test_whoever_moved_away_is_drawn_no_more(lived: Lived):
    stream = dice(5)
    gone = [family for family in lived.place.families if not family.here]
    assert gone
    assert all(lived.place.draw(stream).here for _ in range(3000))
    assert all(family.home.postcode.startswith("QY") for family in gone if family.children)


def test_the_place_keeps_its_size(lived: Lived):
    assert 1380 < lived.place.children_now() < 1620


# --- schools ----------------------------------------------------------------------------------------


def test_every_child_of_five_to_fifteen_has_a_school_for_their_age_and_a_pupil_number(lived: Lived):
    place = lived.place
    stages = {one.boxes[0][0]: one.stage for one in place.agencies if one.stage}
    september = date(2025, 9, 1)
    for family in place.families:
        for child in family.children if family.here else ():
            if 5 <= child.age(september) < 16 and child.age(place.today) < 16:
                assert stages[child.school] == stage_of(child.age(september))
                assert references.upn(child.upn)


def test_schools_differ_by_name_and_key(founded: Place):
    keys = [box for one in founded.agencies for box, _ in one.boxes]
    assert len(set(keys)) == len(keys)
    assert len({one.name for one in founded.agencies}) == len(founded.agencies)
    assert {one.mailbox for one in founded.schools} <= set(keys)


def test_brothers_and_sisters_start_at_one_school(founded: Place):
    stages = {one.boxes[0][0]: one.stage for one in founded.agencies if one.stage}
    for family in founded.families:
        schools = {(stages[child.school], child.school) for child in family.children if child.school}
        assert len(schools) == len({stage for stage, _ in schools})


# --- what is put in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", sorted(file.stem for file in FOLDER.glob("*.toml")))
def test_every_number_that_is_put_in_stands_beside_its_source(part: str):
    assert rates(part)


@pytest.mark.parametrize("written", ["value = 3", "[a]\nb = { value = 3 }", "[a]\nb = { value = 3, source = '' }"])
def test_a_number_without_a_source_is_refused(written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    name = f"of-a-test-{len(written)}"
    (tmp_path / f"{name}.toml").write_text(written)
    monkeypatch.setattr("sightline.commands.simulation.rates.FOLDER", tmp_path)
    with pytest.raises((TypeError, ValueError), match="without a source"):
        rates(name)


def test_the_shares_of_communities_and_of_sizes_are_of_one_whole():
    told = rates("place")
    assert sum(told["communities"].values()) == pytest.approx(1, abs=0.06)
    assert sum(told["families"]["sizes"]) == pytest.approx(1)
