"""The authority in which acts are performed."""

from tests.journeys.conftest import world

__all__ = ["world"]
