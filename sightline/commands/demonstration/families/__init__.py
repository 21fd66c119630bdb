"""A file for each family. `tell` tells its story; the order is that of the demonstration."""

from sightline.commands.demonstration.families import (
    adeyemi,
    beckett,
    brandt,
    callaghan,
    demetriou,
    doyle,
    hart,
    hughes,
    khan,
    maddox,
    nkemelu,
    penhallow,
    thorne,
    whitcombe,
    yusuf,
)

FAMILIES = (
    beckett, yusuf, thorne, doyle, adeyemi, hughes, penhallow, demetriou, hart, maddox, whitcombe, callaghan, brandt,
    khan, nkemelu,
)  # fmt: skip
