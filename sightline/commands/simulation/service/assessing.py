"""Assessing a family. To begin with: the work waits."""

from sightline.commands.simulation.engine import Life
from sightline.commands.simulation.service import Case, Service


def life(service: Service, case: Case) -> Life:
    """From the allocation to what the assessment comes to."""
    yield service.engine.office(8)
