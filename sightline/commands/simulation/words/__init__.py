"""What people say and write in a played authority: free text built from stories, by the seed.

`Words` is asked by the parts of the service. The lines stand in the TOML files beside this; `grammar` says how a
text comes of them, `storyline` what goes on in a family from one text to the next. All of it is invented.
"""

from sightline.commands.simulation.words.at_the_door import AtTheDoor
from sightline.commands.simulation.words.at_work import AtWork
from sightline.commands.simulation.words.in_danger import InDanger, Said
from sightline.commands.simulation.words.in_depth import Aim, Deed, Ended, InDepth

__all__ = ["Aim", "Deed", "Ended", "Said", "Words"]


class Words(AtTheDoor, AtWork, InDepth, InDanger):
    """All texts of one play."""
