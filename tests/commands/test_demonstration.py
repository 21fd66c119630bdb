"""The fictional authority: what is in it, and that it was made by operations alone."""

import time

from tests.universe import Universe


def test_authority_alone(authority: Universe) -> None:
    assert authority.post("front-door-manager")


def test_universe(universe: Universe) -> None:
    assert universe.person("Rosie Penhallow")
