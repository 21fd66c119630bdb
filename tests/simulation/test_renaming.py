"""How a household is called in a copy: as one of another community might be, and each by sex and years."""

from collections import Counter
from datetime import date

from sightline.commands.simulation.place.names import communities
from sightline.commands.simulation.place.population import ETHNICITY
from sightline.commands.simulation.replication.households import Household, Person
from sightline.commands.simulation.replication.renaming import Renaming, communities_of

ON = date(2026, 6, 1)
MOTHER = Person([("Sarah", "Smith")], "1990-03-03", "F")
SON = Person([("Oliver", "Smith")], "2016-05-05", "M")


def renamed(*people: Person, copies: int = 300, number: int = 4) -> list[Renaming]:
    return [Renaming(Household(number, people), copy=copy, seed=7, on=ON) for copy in range(1, copies + 1)]


def test_a_household_becomes_one_of_any_community_as_often_as_there_are_such() -> None:
    made = renamed(MOTHER, SON)
    drawn = Counter(one.after[0] for one in made)
    assert 0.5 < drawn["white_british"] / len(made) < 0.75
    assert len(drawn) > 12
    assert all(len(set(one.after)) == 1 for one in made)


def test_each_has_a_name_of_that_community_and_of_their_years_and_none_that_they_had() -> None:
    for one in renamed(MOTHER, SON):
        lists = communities()[one.after[0]].given
        assert one.words["Sarah"] in lists["F", "parent"]
        assert one.words["Oliver"] in lists["M", "child"]
        assert one.words["Smith"] in communities()[one.after[0]].families
        assert not {"Sarah", "Oliver", "Smith"} & set(one.words.values())


def test_what_many_are_called_comes_up_most() -> None:
    names = Counter(one.words["Smith"] for number in range(8) for one in renamed(MOTHER, number=number))
    assert {"Jones", "Taylor"} <= {name for name, _ in names.most_common(6)}
    assert names["Jones"] > 10 * names["Sugden"]


def test_what_the_register_says_of_ethnicity_goes_with_the_name() -> None:
    mother = Person(MOTHER.names, MOTHER.born, "F", ETHNICITY["white_british"])
    assert all(one.ethnicity == {"WBRI": ETHNICITY[one.after[0]]} for one in renamed(mother, SON))


def test_a_household_of_two_communities_or_of_other_customs_stays_what_it_is() -> None:
    father = Person([("Kwame", "Mensah")], "1988-01-01", "M", "BAFR")
    mother = Person(MOTHER.names, MOTHER.born, "F", "WBRI")
    assert communities_of(Household(1, (father, mother))) == ["ghanaian", "white_british"]
    assert all(one.after == ["ghanaian", "white_british"] for one in renamed(father, mother, copies=20))
    somali = Person([("Hodan", "Warsame Farah")], "2015-01-01", "F")
    assert all(one.after == ["somali"] for one in renamed(somali, copies=20))


def test_a_name_that_is_written_wrongly_follows_the_right_one_of_whoever_has_it() -> None:
    twice = Person([("Oliver", "Smiht")], "", "M")
    for one in renamed(twice, SON, copies=40):
        assert one.words["Smiht"] not in {"", one.words["Smith"]}
        assert one.words["Oliver"] in communities()[one.after[0]].given["M", "child"]


def test_a_woman_of_a_slavic_family_has_its_name_as_women_have_it() -> None:
    mother, father = Person([("Anna", "Nowakowska")], "1990-01-01", "F"), Person([("Piotr", "Nowakowski")], "", "M")
    for one in renamed(mother, father, copies=60):
        his, hers = one.words["Nowakowski"], one.words["Nowakowska"]
        assert hers == (f"{his[:-1]}a" if his.endswith("ski") else his)


def test_the_same_seed_calls_them_alike() -> None:
    assert renamed(MOTHER, SON)[3].words == renamed(MOTHER, SON)[3].words


def test_the_dog_of_a_household_is_called_otherwise_in_most_copies() -> None:
    called = Counter(one.words["Bandit"] for one in renamed(MOTHER, SON))
    assert len(called) > 15
    assert called["Bandit"] < 40
