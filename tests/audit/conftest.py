"""The authority whose looks are recorded."""

from tests.journeys.conftest import world

__all__ = ["world"]
