"""A file for each family or two. `tell` tells its story; the order is that of the demonstration."""

from sightline.commands.demonstration.families import demetriou, maddox, penhallow, whitcombe

FAMILIES = (penhallow, maddox, whitcombe, demetriou)
