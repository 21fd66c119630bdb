"""From what was typed about somebody who was not found, to what the register keeps."""

from dataclasses import dataclass
from datetime import date, timedelta

from sightline.kernel import references
from sightline.kernel.errors import Refusal
from sightline.people.rules import Sought, read_number


@dataclass(frozen=True)
class Born:
    """A birth as well as it is known."""

    birth: str = "unknown"
    birth_date: date | None = None
    expected_date: date | None = None


def born_of(sought: Sought, text: str) -> Born:
    """What "3/3/2019", "about 4", "2019" or "due 3 March 2027" says of a birth."""
    if sought.due:
        return Born(birth="expected", expected_date=sought.due)
    if sought.born:
        return Born(birth="exact", birth_date=sought.born)
    first, last = sought.born_from, sought.born_to
    if first is None or last is None:
        return Born()
    if text.strip().isdigit() and len(text.strip()) == 4:
        return Born(birth="year", birth_date=first)
    return Born(birth="about", birth_date=first + timedelta(days=(last - first).days // 2))


def number_of(text: str) -> tuple[str, str]:
    """Which number it is, and the number as it is kept.

    Ten figures are an NHS number and a letter with twelve marks a pupil number, or a slip in
    one, which is refused; anything else is this authority's own.
    """
    plain = "".join(mark for mark in text.upper() if mark.isalnum())
    if references.nhs_number(plain) or (plain.isdigit() and len(plain) == 10):
        return "nhs", read_number(scheme="nhs", value=plain)
    if references.upn(plain) or (len(plain) == 13 and plain[0].isalpha()):
        return "upn", read_number(scheme="upn", value=plain)
    if not plain:
        raise Refusal("Enter the number, or leave it empty.", field="number")
    return "child_id", read_number(scheme="child_id", value=text)
