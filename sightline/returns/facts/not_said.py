"""What a census file says where nobody has said it yet: the department's own code for that. Pure."""

from dataclasses import replace

from sightline.returns.facts.building import Exported
from sightline.returns.leaving_out import ETHNICITY, NOT_SAID, LeftOut

NOT_OBTAINED = "NOBT"
ASKED = LeftOut(ETHNICITY, NOT_SAID)


def as_written(told: Exported) -> Exported:
    """The child as a file has them. An ethnicity that nobody gave is `NOBT`, and among what was left out, to be asked.

    Without one the department's schema takes no file. The record itself is left as it is.
    """
    characteristics = told.child.characteristics
    if characteristics.ethnicity.given:
        return told
    said = replace(characteristics, ethnicity=replace(characteristics.ethnicity, raw=NOT_OBTAINED, value=NOT_OBTAINED))
    return replace(told, child=replace(told.child, characteristics=said), left_out=(*told.left_out, ASKED))
