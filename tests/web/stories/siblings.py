"""Kensa, Locryn and Tegen: three siblings with one mother and three fathers, told of by a school."""

from tests.web.stories.beginnings import SCHOOL, Newcomer, are_allocated, everybody_agrees, is_decided, tells_of
from tests.web.stories.steps import Stage

KENSA, LOCRYN, TEGEN = "Kensa Chenoweth", "Locryn Chenoweth", "Tegen Chenoweth"
MERAUD, HEDREK, CADOR, WELLA = "Meraud Chenoweth", "Hedrek Nance", "Cador Bolitho", "Wella Roskilly"
ALL_THREE = [KENSA, LOCRYN, TEGEN]
HALF = "Half-brother or half-sister"
CHILDREN = [
    Newcomer(KENSA, "about 10"),
    Newcomer(LOCRYN, "about 6", relation=HALF),
    Newcomer(TEGEN, "about 2", relation=HALF),
]
ADULTS = [
    Newcomer(MERAUD, relation="Mother", of=ALL_THREE, responsible=True),
    Newcomer(HEDREK, relation="Father", of=[KENSA], responsible=True),
    Newcomer(CADOR, relation="Father", of=[LOCRYN]),
    Newcomer(WELLA, relation="Father", of=[TEGEN], responsible=True),
]


def the_school_tells_of_three_children(stage: Stage) -> None:
    # Given a duty worker, and a school that knows two of three children
    dipa = stage.again("dipa")
    tells_of(dipa, CHILDREN, ADULTS)
    dipa.picks("Who is telling us?", SCHOOL)
    dipa.writes(
        "What did they see or hear?", "Locryn comes without a coat or breakfast. Tegen is said to sleep in a chair."
    )
    dipa.writes("What do they fear may happen?", "That nobody gets up with them.")
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [MERAUD, HEDREK, WELLA])
    dipa.presses("Record contact")
    # Then each father stands with his own child
    dipa.sees("The contact is recorded.", f"Father of {LOCRYN}", f"Mother of {KENSA}, {LOCRYN} and {TEGEN}")
    # And a social worker decides, and a manager gives the three to one worker
    is_decided(
        stage, KENSA, "Referral: assessment", "Three small children, one of whom is hungry at school.",
        need="Abuse or neglect",
    )  # fmt: skip
    are_allocated(stage, ALL_THREE, "Jane Smith", "Jane has room, and goes on with all three.")
