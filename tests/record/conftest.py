"""The authority in which records are written."""

from tests.journeys.conftest import world

__all__ = ["world"]
