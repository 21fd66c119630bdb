"""The authority in which visits are made."""

from tests.journeys.conftest import world

__all__ = ["world"]
