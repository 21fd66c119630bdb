"""A file for each family. `tell` tells its story; the order is that of the demonstration.

Where a story is long, what came since has a file of its own.
"""

from sightline.commands.demonstration.families import (
    adair,
    adeyemi,
    adeyemi_since,
    beckett,
    brandt,
    callaghan,
    demetriou,
    doyle,
    farrow,
    hart,
    hughes,
    khan,
    maddox,
    maddox_since,
    nkemelu,
    penhallow,
    penhallow_since,
    sorrell,
    sorrell_court,
    tansley,
    thorne,
    whitcombe,
    whitcombe_since,
    yusuf,
    yusuf_since,
)

FAMILIES = (
    beckett, yusuf, thorne, doyle, adeyemi, hughes, penhallow, demetriou, hart, maddox, whitcombe, callaghan, brandt,
    khan, nkemelu, farrow, adair, penhallow_since, whitcombe_since, sorrell, sorrell_court, tansley,
    adeyemi_since, maddox_since, yusuf_since,
)  # fmt: skip
