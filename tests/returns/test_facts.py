"""What the record says of a child for a census, from what was recorded here and what an earlier system had."""

from sightline.doorway.acts import acting
from sightline.returns.facts import census_facts
from sightline.workforce.operations import ensure_census_account
from tests.returns import census


def exported(year=2027):
    with acting(ensure_census_account().id):
        return {one.child.id: one for one in census_facts(year)}


def test_a_child_who_was_imported_is_exported(bring_in, staff):
    bring_in(census.make_file(census.child(census.episode())))
    one = exported()["C1"]
    assert one.child.episodes[0].referral_date.raw == "2026-05-05"
    assert one.left_out == ()
