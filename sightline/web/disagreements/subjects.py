"""What a disagreement is about, from the address of the page on which somebody says that they do not agree."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sightline.front_door.queries import get_contact
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.partnership.queries import get_reply
from sightline.plans.queries import get_plan
from sightline.record.queries import get_entry
from sightline.web.asked import address, key_in


@dataclass(frozen=True)
class Subject:
    """A decision, a plan, a meeting. `about` says it in a sentence; `children` are those whom it concerns, if known."""

    kind: str = ""
    key: UUID | None = None
    about: str = ""
    children: tuple[UUID, ...] = ()

    @property
    def asked(self) -> str:
        """As it stands in an address: `contact:…`."""
        return f"{self.kind}:{self.key}" if self.key else ""


def _contact(key: UUID) -> Subject:
    found = get_contact(key)
    said = f"What was decided on the contact of {day_words(local_day(found.received_at))}"
    return Subject("contact", key, said, tuple(found.children))


def _entry(kind: str, says: str) -> Callable[[UUID], Subject]:
    def made(key: UUID) -> Subject:
        found = get_entry(key)
        said = f"{says} of {day_words(local_day(found.when.earliest))}"
        return Subject(kind, key, said, tuple(one.person for one in found.subjects))

    return made


def _plan(key: UUID) -> Subject:
    found = get_plan(key)
    said = f"The plan that began on {day_words(found.line.began_on)}"
    return Subject("plan", key, said, tuple(one.child for one in found.children))


def _said(kind: str, says: str) -> Callable[[UUID], Subject]:
    return lambda key: Subject(kind, key, says)


KINDS: dict[str, Callable[[UUID], Subject]] = {
    "contact": _contact,
    "assessment": _entry("assessment", "What was concluded in the assessment"),
    "ending": _entry("ending", "The end of involvement"),
    "plan": _plan,
    "strategy": _said("strategy", "Whether section 47 is met, at the strategy discussion"),
    "enquiry": _said("enquiry", "How the section 47 enquiry was concluded"),
    "conference": _said("conference", "What the child protection conference decided"),
}
"""What the link on each decision's page names, and how it is said."""


def subject_in(asked: str) -> Subject:
    """What an address or a form names; nothing where it names nothing that there is a page for."""
    kind, _, text = asked.partition(":")
    key = key_in(text)
    return KINDS[kind](key) if kind in KINDS and key else Subject()


PAGES = {
    "contact": "contact",
    "assessment": "assessment-signed",
    "ending": "ended",
    "strategy": "strategy",
    "enquiry": "enquiry",
    "conference": "conference",
}


def url_of(kind: str, key: UUID | None, child: UUID | None) -> str:
    """The page of what it is about; empty where there is none."""
    if key is None:
        return ""
    if kind == "plan":
        return address("plan", child, key) if child else ""
    if kind == "reply":
        return address("message", get_reply(key).message_id)
    return address(PAGES[kind], key) if kind in PAGES else ""
