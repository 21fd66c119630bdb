"""Browsers that are signed in with a password and a code."""

from tests.web.casework.conftest import _on_this_machine, sign_in

__all__ = ["_on_this_machine", "sign_in"]
