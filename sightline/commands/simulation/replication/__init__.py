"""A large authority: one that was played, and copies of it in which nobody and nothing is the same.

`mapping` says what a copy shares, has anew and changes; `naming`, `numbering`, `writing` and `change` are the
change itself, which needs no database; `core` reads what was played, `loading` writes a copy, and `replicate` does
all of it in one transaction. `sizes` refuses what the disk will not hold.
"""

from sightline.commands.simulation.replication.replicate import Copied, Wished, replicate
from sightline.commands.simulation.replication.sizes import TooLarge, refuse_beyond_the_disk, shares

__all__ = ["Copied", "TooLarge", "Wished", "refuse_beyond_the_disk", "replicate", "shares"]
