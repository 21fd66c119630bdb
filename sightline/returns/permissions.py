"""Who imports and makes returns: the operator's commands and nobody else, under an account that cannot sign in."""

from sightline.doorway.actor import Actor
from sightline.kernel.errors import NotPermitted
from sightline.workforce.queries import CENSUS


def may_import(by: Actor) -> bool:
    """Whether this is the account under which census files are brought in."""
    return by.id == CENSUS


def refuse_unless_may_import(by: Actor) -> None:
    """Refuses everybody who has signed in."""
    if not may_import(by):
        raise NotPermitted("A census file is brought in by the operator, with: ./run import-cin FILE --post KEY")


def may_return(by: Actor) -> bool:
    """Whether this is the account under which statutory returns are written."""
    return by.id == CENSUS


def refuse_unless_may_return(by: Actor) -> None:
    """Refuses everybody who has signed in."""
    if not may_return(by):
        raise NotPermitted("A return is written by the operator, with: ./run return cin --year YEAR --out FILE")
