"""Whom a manager can give a child to: by team, with what each carries and who is away, and nobody chosen."""

import re

from sightline.doorway.acts import acting
from sightline.record.queries import list_carried
from sightline.workforce.operations import begin_absence
from sightline.workforce.queries import list_occupied
from tests.universe import Universe
from tests.web.casework.conftest import SignIn


def groups(universe: Universe, sign_in: SignIn) -> list[tuple[str, list[str]]]:
    """The teams of the list in order, each with its lines."""
    page = sign_in("gareth").get(f"/people/{universe.person('Rosie Penhallow')}/allocate").content.decode()
    assert '<option value="" selected>Choose who</option>' in page, "nobody is chosen beforehand"
    return [
        (team, re.findall(r"<option[^>]*>([^<]+)", lines))
        for team, lines in re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.DOTALL)
    ]


def test_one_s_own_team_comes_first_and_says_what_each_carries(universe: Universe, sign_in: SignIn) -> None:
    found = groups(universe, sign_in)
    own = [line for _, lines in found for line in lines if "carries" in line]
    gareth, jane = universe.who("gareth"), universe.who("jane")
    with acting(gareth.id):
        carried = len(list_carried(list_occupied(jane.id), unallocated=False))
    assert carried > 1
    [line] = [line for line in own if line.startswith("Jane Smith")]
    assert line.endswith(f": carries {carried} children")
    [line] = [line for line in own if line.startswith("Gareth Lowe")]
    assert ": manager; " in line
    told = [any("carries" in line for line in lines) for _, lines in found]
    assert told == sorted(told, reverse=True)
    assert not all(told), "of other teams' posts no number is said: it would be too small"


def test_whoever_is_away_is_marked_with_who_covers(universe: Universe, sign_in: SignIn) -> None:
    begin_absence(by=universe.who("gareth"), account=universe.who("jane").id, at=universe.at)
    [jane] = [line for _, lines in groups(universe, sign_in) for line in lines if line.startswith("Jane Smith")]
    assert jane.endswith("; away, nobody knows until when, nobody covers")
