"""The files that are made clean hold several of everything, and no rule of ours has a word to say about them."""

from collections import Counter

import pytest

from sightline.returns.cin import judge, known_years, open_census
from tests.returns.canonical import canonical_children
from tests.returns.clean_files import ACTS, STORIES, clean_children, clean_file
from tests.returns.test_writer import written

SIZE = len(STORIES)


@pytest.mark.parametrize("year", sorted(known_years()))
@pytest.mark.parametrize(("seed", "size"), [(1, 4), (2, SIZE), (3, 5 * SIZE)])
def test_no_rule_queries_a_file_that_is_made_clean(year, seed, size):
    report = judge(open_census(clean_file(seed=seed, size=size, year=year)))
    assert report.children == size
    assert not report.found, report.faults[:3]


def test_the_same_seed_gives_the_same_file():
    assert clean_file(seed=4, size=20) == clean_file(seed=4, size=20)
    assert clean_file(seed=4, size=20) != clean_file(seed=5, size=20)


def test_what_is_made_is_written_and_read_again_as_it_was():
    file = clean_file(seed=6, size=2 * SIZE)
    again = written(*open_census(file).children())
    assert canonical_children(again) == canonical_children(file)
    assert len(canonical_children(file)) == 2 * SIZE


def test_every_act_stands_in_a_story():
    assert {act for story in STORIES for act in story.acts} == set(ACTS)


def test_a_file_holds_several_of_each_and_every_element_of_the_census():
    children = list(clean_children(seed=7, size=2 * SIZE))
    episodes = [episode for child in children for episode in child.episodes]
    plans = [plan for episode in episodes for plan in episode.protection_plans]
    assert max(len(child.episodes) for child in children) == 3
    assert max(len(episode.assessments) for episode in episodes) == 2
    assert max(len(episode.cin_plans) for episode in episodes) == 3
    assert max(len(episode.enquiries) for episode in episodes) == 2
    assert max(len(episode.protection_plans) for episode in episodes) == 2
    assert max(len(review.dates) for plan in plans for review in plan.reviews) == 3
    assert {plan.previous_plans.value for plan in plans} > {0, 1, 2}
    assert any(plan.initial_category.value != plan.latest_category.value for plan in plans)
    assert any(plan.end.given for plan in plans)
    assert any(not plan.end.given for plan in plans)
    assert {"UN1", "UN7"} < {child.identifiers.upn_unknown.value for child in children}
    assert _elements_never_given(children) == {"AssessmentInternalReviewDate"}  # asked for by no rule, kept by nobody


def _elements_never_given(children):
    said = Counter()
    for child in children:
        for group in child.groups():
            said.update({value.element: value.given for value in group.all_fields()})
    return {element for element, times in said.items() if not times}


def test_a_file_without_room_for_eight_kinds_of_disability_is_refused():
    with pytest.raises(ValueError, match="at least 4"):
        clean_file(seed=1, size=3)
