"""Hallowby as it truly is: who lives there, and what happens to them."""

from sightline.commands.simulation.place.changes import Change
from sightline.commands.simulation.place.place import Place

__all__ = ["Change", "Place"]
