"""Every way in which a text could give away when or where the Okafors' conference was, or the next one is."""

import html
import io
import re
from datetime import date, datetime

from pypdf import PdfReader

from sightline.kernel.london import local
from tests.conferences.holding_case import STARTS

NEXT = date(2026, 6, 5)
"""Three months from the conference: by then the next one is held."""
FIRST_CORE_GROUP = date(2026, 3, 19)


def gives_away(text: str, *, starts_at: datetime = STARTS) -> list[str]:
    """What in it says a day, an hour or a place."""
    said = re.sub(r"\s+", " ", html.unescape(text)).lower()
    there = local(starts_at)
    forms = [form for day in (there.date(), NEXT, FIRST_CORE_GROUP) for form in _days(day)]
    forms += [
        f"{there:%H:%M}",
        f"{there:%H.%M}",
        f"{there:%H%M}",
        "2:30",
        "2.30",
        "half past two",
        "14 30",
        "2pm",
        "2 pm",
    ]
    forms += ["harbour rooms", "quayside", "harbour", "month", "weeks", "working days"]
    return [form for form in forms if re.search(rf"(?<![\w]){re.escape(form)}(?![\w])", said)]


def _days(day: date) -> list[str]:
    ending = "th" if day.day in range(11, 14) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    numbers = [
        str(day.day),
        f"{day.day:02}",
        f"{day.day}{ending}",
        f"{day.day}{ending} of",
        f"the {day.day}{ending} of",
    ]
    months = [f"{day:%B}".lower(), f"{day:%b}".lower()]
    words = [f"{number} {month}" for number in numbers for month in months]
    words += [f"{month} {number}" for number in numbers for month in months]
    joined = [f"{day.day}{by}{day.month}" for by in "/.-"] + [f"{day.day:02}{by}{day.month:02}" for by in "/.- "]
    joined += [f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%m/%d}"]
    return [*words, *joined, f"{day:%A}".lower(), f"{day:%B %Y}".lower(), f"{day.day}{ending}"]


def words_of_pdf(pdf: bytes) -> str:
    """Everything that a PDF says: its pages, its particulars, its tags, and its bytes as they are."""
    reader = PdfReader(io.BytesIO(pdf))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    root = reader.trailer["/Root"]
    packet = root["/Metadata"].get_object().get_data().decode("utf-8", "replace") if "/Metadata" in root else ""
    return "\n".join([pages, str(reader.metadata), packet, pdf.decode("latin-1")])
