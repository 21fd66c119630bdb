"""The pages of a disagreement, in the authority in which journeys are played, with two brothers whom Jane carries."""

from tests.web.endings.conftest import case
from tests.web.front_door.conftest import sign_in, world

__all__ = ["case", "sign_in", "world"]
