"""A file for each family. `tell` tells its story; the order is that of the demonstration.

Where a story is long, what came since has a file of its own. What stands under `BEFORE` and `BETWEEN` is told only
where a year is shown, by a telling that knows whom it has met (`long_telling`).
"""

from sightline.commands.demonstration.families import (
    adair,
    adeyemi,
    adeyemi_since,
    beckett,
    beckett_between,
    brandt,
    callaghan,
    demetriou,
    doyle,
    farrow,
    hart,
    hughes,
    khan,
    khan_before,
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
    whitcombe_before,
    whitcombe_since,
    yusuf,
    yusuf_between,
    yusuf_since,
)

FAMILIES = (
    beckett, yusuf, thorne, doyle, adeyemi, hughes, penhallow, demetriou, hart, maddox, whitcombe, callaghan, brandt,
    khan, nkemelu, farrow, adair, penhallow_since, whitcombe_since, sorrell, sorrell_court, tansley,
    adeyemi_since, maddox_since, yusuf_since,
)  # fmt: skip
BEFORE = (khan_before, whitcombe_before)
BETWEEN = (beckett_between, yusuf_between)
