"""Two families whose story is told under each practice pack by one script, in the words of that pack.

One is offered help early and becomes a child in need; the other is referred, assessed as often as the pack
says, and goes on to a strategy discussion. What each page is headed and labelled is written down.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sightline.assessments.kinds import form_of, may_lead_to
from sightline.plans.kinds import one_with, title_of, told_apart
from sightline.plans.rules import CHILD_IN_NEED, EARLY_HELP
from sightline.practice.spec import AssessmentKind, Pack
from tests.web.stories.beginnings import SCHOOL, Newcomer, are_allocated, everybody_agrees, is_decided, tells_of
from tests.web.stories.steps import Desk, Stage

NAMES: Mapping[str, tuple[str, str, str, str]] = {
    "england-2023": ("Perran Tresco", "Elowen Tresco", "Isolde Varcoe", "Morwen Varcoe"),
    "england-2026": ("Jory Kestle", "Beryan Kestle", "Tamsyn Oxnam", "Derwa Oxnam"),
    "england-2006": ("Massen Gluyas", "Ysella Gluyas", "Keren Hobba", "Sowena Hobba"),
    "munro": ("Cubert Rosewarne", "Lowena Rosewarne", "Demelza Vivyan", "Rosen Vivyan"),
}
"""A child and a mother of each family, by the pack under which their story is told."""

HEADED = "main h1, main h2, main h3, main h4, main label, main legend, main dt, main th, main caption, main button"
DAY_OF_A_CHILD = "She waits at the window until somebody is up."


@dataclass
class Told:
    """What was passed under one pack: each page's headings and labels, and which kind of assessment it was of."""

    pack: Pack
    pages: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, str, str, str]:
        return NAMES[self.pack.key]

    def passes(self, desk: Desk, page: str, kind: str = "") -> None:
        """This page is read as it stands, with everybody and every day called alike."""
        desk.page.wait_for_load_state()
        said = desk.page.locator(HEADED).all_inner_texts()
        self.pages.append((page, kind, tuple(self._alike(" ".join(one.split())) for one in said if one.strip())))

    def _alike(self, words: str) -> str:
        # A story that begins before midnight is told after it under the next pack.
        words = re.sub(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b", "A DAY", words)
        for place, name in enumerate(self.names):
            words = words.replace(name, f"PERSON {place}")
        return words


def is_told(stage: Stage, pack: Pack) -> Told:
    """Both families' stories, under the pack that is in force."""
    told = Told(pack)
    _help_is_offered(stage, told)
    _help_becomes_help_in_need(stage, told)
    _a_referral_is_made(stage, told)
    for number, kind in enumerate(pack.assessment_kinds):
        _is_assessed(stage, told, kind, number)
    _a_discussion_is_owed(stage, told)
    return told


def _the_school_tells(stage: Stage, told: Told, child: str, mother: str) -> None:
    dipa = stage.again("dipa")
    tells_of(dipa, [Newcomer(child, "about 6")], [Newcomer(mother, relation="Mother", responsible=True)])
    dipa.picks("Who is telling us?", SCHOOL)
    dipa.writes("What did they see or hear?", "Late on most days, and hungry.")
    dipa.writes("What do they fear may happen?", "That nobody gets up.")
    dipa.chooses("Is anyone in danger now?", "No")
    everybody_agrees(dipa, [mother])
    told.passes(dipa, "a contact is taken")
    dipa.presses("Record contact")
    dipa.sees("The contact is recorded.")


def _help_is_offered(stage: Stage, told: Told) -> None:
    # Given a child whom the school tells of, and an offer of help early
    child, mother, *_ = told.names
    pack = told.pack
    _the_school_tells(stage, told, child, mother)
    is_decided(stage, child, str(pack.outcome("early_help_offer").label), "Help early is enough.", agreed=True)
    told.passes(stage.as_left("tomas"), "a contact is decided")
    # When a plan is made with the mother
    tomas = stage.again("tomas")
    tomas.finds(child, child)
    tomas.follows("Plan")
    tomas.presses("Make a plan")
    tomas.sees("What is to be different?")
    told.passes(tomas, "a plan is begun")
    tomas.chooses("What kind of plan is it?", dict(told_apart(pack, [EARLY_HELP, CHILD_IN_NEED]))[EARLY_HELP])
    tomas.picks("Who is the lead practitioner?", "Community midwives")
    tomas.writes("Their name, where they do not work here", "Adaeze Obi")
    with tomas.within("Outcome 1"):
        tomas.writes("What is to be different?", "Breakfast before school.")
    tomas.chooses(f"Does {mother} agree?", "Agrees")
    tomas.presses("Make the plan")
    # Then it is called what the practice calls it
    tomas.sees("The plan is made.", f"{title_of(pack, EARLY_HELP)}, from")
    told.passes(tomas, "the plan of help early")


def _help_becomes_help_in_need(stage: Stage, told: Told) -> None:
    # Given the plan, and a child who needs more than help early
    child, *_ = told.names
    pack, one_plan = told.pack, one_with(told.pack, EARLY_HELP) == CHILD_IN_NEED
    tomas = stage.again("tomas")
    tomas.finds(child, child)
    tomas.follows("Plan")
    tomas.follows("What a child needs has changed" if one_plan else "Step up")
    tomas.sees("Why?")
    told.passes(tomas, "more help is needed")
    tomas.ticks_one_like("Which children?", child)
    tomas.writes("Why?", "Two weeks without a warm meal.")
    # When a social worker says so
    if one_plan:
        tomas.chooses("What is their help from now on?", "Help as a child in need")
        tomas.presses("Save")
    else:
        tomas.ticks_one_like("Which outcomes go with them?", "Breakfast before school.")
        tomas.presses("Step up")
    # Then what was agreed stands in the plan that there is now, and nothing was typed again
    tomas.sees("Done.", f"{title_of(pack, CHILD_IN_NEED)}, from", "Breakfast before school.")
    told.passes(tomas, "the plan of a child in need")


def _a_referral_is_made(stage: Stage, told: Told) -> None:
    # Given another child, who is referred, and a worker who is given her
    *_, child, mother = told.names
    _the_school_tells(stage, told, child, mother)
    outcome = told.pack.outcome("referral_assessment")
    is_decided(stage, child, str(outcome.label), "More must be known.", need="Abuse or neglect")
    are_allocated(stage, [child], "Jane Smith", "Jane has room.")


def _is_assessed(stage: Stage, told: Told, kind: AssessmentKind, number: int) -> None:
    # Given what is owed, by its name
    *_, child, _mother = told.names
    title, form = str(kind.title), form_of(told.pack, kind.key)
    jane = stage.again("jane")
    jane.finds(child, child)
    jane.sees(title)
    jane.follows("Assessment")
    jane.sees("Signed assessments")
    told.passes(jane, "the tab before an assessment", kind.key)
    jane.presses("Begin an assessment" if number == 0 else "Assess again")
    jane.writes("Why is an assessment begun now?", "The school.")
    told.passes(jane, "an assessment is begun", kind.key)
    jane.presses("Begin")
    # When it is written: what was said before of the child stands there already
    jane.sees_heading(title)
    told.passes(jane, "the document", kind.key)
    asked = form.question("childs_day")
    section = next(one for one in form.sections if asked in one.questions)
    if number == 0:
        jane.follows(re.compile(f"Write.*{section.title}, {child}"))
        jane.sees_heading(f"{section.title}: {child}")
        told.passes(jane, "a section", kind.key)
        jane.writes(str(asked.label), DAY_OF_A_CHILD)
        jane.presses("Save")
    jane.sees(DAY_OF_A_CHILD)
    # And sent and signed, to what the pack says may follow
    jane.presses("Send to a manager")
    jane.sees("Which manager?")
    told.passes(jane, "it is sent", kind.key)
    jane.picks("Which manager?", re.compile("Gareth Lowe"))
    jane.presses("Send it")
    jane.sees("Sent. It is on the manager's day.")
    follows = [one for one in may_lead_to(told.pack, kind.key) if one.begins]
    leads_to = follows[0] if follows else told.pack.list("assessment_outcome").option("strategy_discussion")
    gareth = stage.again("gareth")
    gareth.follows(re.compile(f"uthorise.*{child}"))
    gareth.sees(DAY_OF_A_CHILD)
    told.passes(gareth, "it is signed off", kind.key)
    gareth.chooses("Do you want to authorise this?", "Yes")
    gareth.chooses("What does this assessment lead to?", str(leads_to.label))
    gareth.presses("Save your decision")
    gareth.sees("Signed. It stands as it was signed")
    gareth.finds(child, child)
    gareth.follows("Assessment")
    gareth.follows(re.compile(f"^{title} signed "))
    gareth.sees_heading(f"{title} signed ")
    gareth.sees(DAY_OF_A_CHILD)
    told.passes(gareth, "as it was signed", kind.key)
    told.signed.append(title)


def _a_discussion_is_owed(stage: Stage, told: Told) -> None:
    # Then nothing more is assessed, and whoever manages has the law's next step
    *_, child, _mother = told.names
    jane = stage.again("jane")
    jane.finds(child, child)
    jane.follows("Assessment")
    jane.sees(f"{told.signed[-1]} signed ")
    told.passes(jane, "the tab after all assessments")
