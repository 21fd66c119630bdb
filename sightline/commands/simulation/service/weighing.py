"""What somebody finds who looks: some of what weighs on a family, and what has happened this time."""

from random import Random

from sightline.commands.simulation.dwellers import Family
from sightline.commands.simulation.rates import rate


def found(family: Family, stream: Random, spread: float) -> float:
    """How grave it looks, 1 in the middle of all families. Whoever looks sees a part, and another sees another."""
    return family.strain ** rate("casework", "becomes", "strain_tells") * stream.lognormvariate(0, spread)
