"""What the census will ask about a child that a worker could put right: a quiet line, and never a block.

It is judged by the very rules by which a return is judged, over what this reader may read of the child now.
Whatever a worker cannot mend on a page is not said here: `./run check cin` lists it for whoever makes the return.
"""

from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.returns.cin import census_of, faults_of, known_years
from sightline.returns.facts import facts_of

ABOUT, PLAN, ASSESSMENT = "about-child", "person-plan", "person-assessment"
MENDED = {
    "4220": (ABOUT, "ethnicity"),
    "8540": (ABOUT, "disabilities, or that there are none"),
    "8790": (ABOUT, "whether there is a disability: both are said"),
    "8794": (ABOUT, "disabilities: one is said twice"),
    "4180": (ABOUT, "sex"),
    "8770Q": (ABOUT, "pupil number, or why there is none"),
    "8772": (ABOUT, "pupil number: the reason for having none is that nothing followed the referral"),
    "1510": (ABOUT, "pupil number: its first letter does not check"),
    "1530": (ABOUT, "pupil number: it names no authority"),
    "1540": (ABOUT, "pupil number: it has letters where figures belong"),
    "1550": (ABOUT, "pupil number: its last character cannot be"),
    "8520": (ABOUT, "date of birth: it is after the census"),
    "8525Q": (ABOUT, "date of birth"),
    "8535Q": (ABOUT, "date of death: it is before the birth"),
    "8555Q": (ABOUT, "date of death: it is before a referral"),
    "8585Q": (ABOUT, "date of death"),
    "8775Q": (ABOUT, "date of birth: it makes the child older than 25"),
    "4011": (PLAN, "when the child in need plan ended"),
    "4004": (PLAN, "child in need plans: more than one is open"),
    "4001": (PLAN, "child in need plan beside a protection plan"),
    "4016": (PLAN, "child in need plan beside a protection plan"),
    "4017": (PLAN, "child in need plan beside a protection plan"),
    "8867": (ASSESSMENT, "an assessment that was not ended when the episode was"),
}
"""Each rule whose fact a worker can mend: the page on which, and what the census asks, in a few words.

What the end of the year alone decides is left out: an assessment that goes on, a birth expected before then.
"""


def census_note(person: UUID, today: date, *, page: str = "") -> list[dict[str, str]]:
    """What is asked and where it is put right, one line for each page; `page` alone where that is given.

    The caller has found that the reader may write about this child. One query.
    """
    year = _year_on(today)
    exported = facts_of(person, year) if year else None
    if exported is None:
        return []
    asked: dict[str, list[str]] = {}
    for fault in faults_of(exported.child, census_of(known_years()[year])):
        where, words = MENDED.get(fault.rule, ("", ""))
        if where and page in ("", where) and words not in asked.setdefault(where, []):
            asked[where].append(words)
    return [{"words": "; ".join(words), "url": reverse(where, args=[person])} for where, words in asked.items()]


def _year_on(today: date) -> int:
    """The census year that this day is in; none where its specification is not known yet."""
    year = today.year + (today >= date(today.year, 4, 1))
    return year if year in known_years() else 0
