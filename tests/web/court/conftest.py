"""Browsers that are signed in, and Rosie and Jack Penhallow."""

from tests.universe import two_families as universe
from tests.web.casework.conftest import _on_this_machine, sign_in

__all__ = ["_on_this_machine", "sign_in", "universe"]
