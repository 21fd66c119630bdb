"""Strategy discussions and enquiries in words: who took part, what each shared, what was decided for each child."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.access.rules import SECTION_LABELS, Section
from sightline.documents.queries import DocumentLine
from sightline.enquiries.queries import (
    ChildConclusion,
    ChildDecision,
    DiscussionLine,
    DiscussionView,
    EnquiryLine,
    EnquiryView,
    TookPartView,
)
from sightline.enquiries.rules import STATES, without_media
from sightline.journeys.tell_of_enquiry import ToBeTold
from sightline.kernel.dates import day_words
from sightline.kernel.london import local_day
from sightline.partnership.models import Agency
from sightline.record.models import Passage
from sightline.record.queries import EntryView, OpenStep, PassageView
from sightline.web.presenters import words
from sightline.web.presenters.steps import due_within, due_words
from sightline.workforce.queries import Ring

SOMEBODY = "A child whose record you do not work with"
KINDS: Mapping[str, str] = {"social_care": "Social care"} | {key: str(label) for key, label in Agency.Kind.choices}
TO_DO = frozenset({"action", "medical", "convene_conference"})
HEADINGS = {
    "opened": "Why it began",
    "account": "What was done or learned",
    "reasons": "What was found, and why",
    "media": "Photographs, body maps and recordings",
    "no_conference": "Why there is no conference",
    "held": "How it was held",
    "safety": "How the children are kept safe meanwhile",
    "shared": "What was shared",
}


@dataclass(frozen=True)
class ProtectionFacts:
    """What the words stand on: names of the children whom the reader may see, of colleagues, of posts and files."""

    names: Mapping[UUID, str]
    at: datetime
    authors: Mapping[UUID, str] = field(default_factory=dict)
    posts: Mapping[UUID, str] = field(default_factory=dict)
    documents: Mapping[UUID, DocumentLine] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the page."""
        return local_day(self.at)

    def by(self, key: UUID | None) -> str:
        """` by Jane Smith`; nothing where the reader may not know who."""
        name = self.authors.get(key, "") if key else ""
        return f" by {name}" if name else ""


def names_line(names: Mapping[UUID, str]) -> str:
    """`Rosie Penhallow and Jack Penhallow`."""
    return words.listing(names.values())


def rows_of(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Named facts, those that nobody said left out."""
    return [{"key": key, "value": value} for key, value in pairs if value]


def kinds_line(kinds: Iterable[str]) -> str:
    """`Police and health`."""
    return words.capital(words.listing(KINDS.get(one, one).lower() for one in kinds))


# --- strategy discussions -------------------------------------------------------------------------


def asked_line(view: DiscussionView, at: datetime) -> str:
    """`Asked for today at 09:30. Due in 2 hours (by 11:30).`"""
    due = f" {due_words(view.due_at, at)}." if view.due_at and view.held_at is None else ""
    return f"Asked for {words.when(view.asked_at, at)}.{due}"


def discussion_words(view: DiscussionView, facts: ProtectionFacts) -> dict[str, object]:
    """The context of enquiries/strategy.html."""
    held = view.held_at is not None
    return {
        "state": STATES[view.state],
        "held": held,
        "decided": view.state == "decided",
        "rows": rows_of([
            ("Asked for", f"{words.full_moment(view.asked_at)}{facts.by(view.asked_by)}"),
            ("Why", view.why),
            ("Due", due_words(view.due_at, facts.at) if not held and view.due_at else ""),
            ("Held", _held(view, facts)),
            ("Not there", _absent(view)),
            ("Kept safe meanwhile", view.safety),
            ("Who makes an enquiry", view.manner_words),
            ("Medical examination", _with_why(view.medical_words, view.medical_because)),
        ]),
        "took_part": [took_part_row(one, facts) for one in view.took_part],
        "children": [decision_row(one, facts) for one in view.children.values() if one.child in facts.names],
        "to_do": [step_row(one, facts) for one in view.steps],
    }  # fmt: skip


def _held(view: DiscussionView, facts: ProtectionFacts) -> str:
    if view.held_at is None:
        return "Not recorded yet"
    how = f", {view.how_words.lower()}" if view.how_words else ""
    late = ""
    if view.recorded_at and local_day(view.recorded_at) != local_day(view.held_at):
        late = f". Recorded {words.full_moment(view.recorded_at)}{facts.by(view.recorded_by)}"
    return f"{words.full_moment(view.held_at)}{how}{late}"


def _absent(view: DiscussionView) -> str:
    """Who of the three was not there, and why it was held without them."""
    return _with_why(kinds_line(view.absent), view.alone_because) if view.absent else view.alone_because


def _with_why(said: str, because: str) -> str:
    return f"{said}. {because}" if said and because else said or because


def took_part_row(one: TookPartView, facts: ProtectionFacts) -> dict[str, object]:
    """Somebody who took part or did not, with what they shared as far as the reader may see it."""
    where = ", ".join(part for part in (one.title, one.agency) if part)
    name = one.name if not where or where != one.name else where
    return {
        "name": ", ".join(part for part in (name, one.role) if part),
        "agency": one.agency or KINDS.get(one.agency_kind, one.agency_kind),
        "there": _with_why(one.there_words, one.because),
        # Whose words they are stands above them.
        "shared": [passage_row(passage, facts) | {"told_by": ""} for passage in one.shared],
        "kept_back": one.kept_back,
    }


def decision_row(one: ChildDecision, facts: ProtectionFacts) -> dict[str, object]:
    """What is decided for one child, by whom for the authority, and why."""
    decided = f"{words.full_moment(one.decided_at)}{facts.by(one.decided_by)}" if one.decided_at else ""
    return {
        "name": facts.names[one.child],
        "outcome": one.outcome_words or "Not decided yet",
        "when": decided,
        "reasons": _without_label(one.reasons, one.outcome_words),
    }


def _without_label(text: str, label: str) -> str:
    """The reasons without the outcome that the entry puts before them, since it stands beside them."""
    return text.removeprefix(f"{label}.").strip() if label else text


def passage_row(one: PassageView, facts: ProtectionFacts, *, heading: str = "") -> dict[str, str]:
    """A paragraph as casework/passages.html draws it: its marks travel with it."""
    section = Section(one.section)
    others = [key for key in facts.names if key not in one.about]
    return {
        "heading": heading,
        "text": one.text,
        "only": words.listing(facts.names[key] for key in one.about if key in facts.names) if others else "",
        "told_by": one.told_by,
        "section": SECTION_LABELS[section] if section is not Section.ORDINARY else "",
        "handling": str(Passage.Handling(one.handling).label) if one.handling != "ordinary" else "",
    }


def step_row(one: OpenStep, facts: ProtectionFacts) -> dict[str, str]:
    """Something that is to be done, by whom, and by when; or what was done."""
    done = f"Done: {one.outcome}" if one.outcome else "Done"
    return {
        "what": one.words or one.kind.replace("_", " ").capitalize(),
        "who": facts.posts.get(one.post, ""),
        "when": done if one.closed_at else due_words(one.due_at, facts.at),
    }


# --- enquiries ------------------------------------------------------------------------------------


def enquiry_words(view: EnquiryView, facts: ProtectionFacts) -> dict[str, object]:
    """The context of enquiries/enquiry.html."""
    line = view.line
    return {
        "state": STATES[line.state],
        "concluded": line.state == "concluded",
        "rows": rows_of([
            ("Began", f"{words.full_moment(line.began_at)}{facts.by(line.began_by)}"),
            ("Why", line.why),
            ("Who makes it", line.manner_words),
            ("What is due", conference_due(line, facts.at) if line.state == "open" else ""),
            ("Told how it ended", words.listing(f"{one.name} ({words.full_moment(one.told_at)})" for one in view.told)),
        ]),
        "discussion_url": reverse("strategy", args=[line.discussion]) if line.discussion else "",
        "children": [conclusion_row(one, facts) for one in view.children.values() if one.child in facts.names],
        "entries": [account_row(one, facts) for one in view.entries if _says_more(one)],
        "to_do": [step_row(one, facts) for one in view.steps if one.kind in TO_DO],
    }  # fmt: skip


def _says_more(entry: EntryView) -> bool:
    """Whether it has words that do not stand on the page already."""
    return any(one.heading in {"account", ""} for one in entry.passages) or bool(entry.documents)


def to_tell_row(one: ToBeTold, enquiry: UUID) -> dict[str, str]:
    """Somebody who is to hear how it ended: who, why, and whether they have."""
    where = ", ".join(part for part in (one.name, one.title, one.agency_name) if part)
    told = f"Told {words.full_moment(one.told_at)}" if one.told_at else "Not told yet"
    return {
        "title": where,
        "detail": f"{one.because}. {told}",
        "url": "" if one.told_at else reverse("enquiry-tell", args=[enquiry, one.agency_post]),
    }


def ring_lines(told: str, ring: Ring | None, out_of_hours: str) -> list[str]:
    """Who was told that a discussion is asked for, and whom to ring about it, now and out of hours."""
    number = f", on {ring.phone}" if ring and ring.phone else ""
    lines = [
        f"Told: {told}." if told else "",
        f"Do not wait for an answer. Ring {ring.name}, {ring.post_title}{number}." if ring else "",
        f"Out of hours ring {out_of_hours}." if out_of_hours else "",
    ]
    return [one for one in lines if one]


def conference_due(one: EnquiryLine, at: datetime) -> str:
    """`A conference, if one is needed, is due in 15 working days (Fri 11 Dec)`: the clock that an enquiry runs on."""
    return f"A conference, if one is needed, is {due_within(one.due_at, at)}" if one.due_at else ""


def conclusion_row(one: ChildConclusion, facts: ProtectionFacts) -> dict[str, object]:
    """What was found for one child. Without photographs, body maps or recordings, it says so."""
    recorded = f"{words.full_moment(one.recorded_at)}{facts.by(one.recorded_by)}" if one.recorded_at else ""
    return {
        "name": facts.names[one.child],
        "outcome": one.outcome_words or "Goes on",
        "when": f"Concluded {day_words(one.concluded_on)}, recorded {recorded}" if one.concluded_on else "",
        "reasons": _after_label(one),
        "without_media": without_media(one.media, one.media_because),
        "rows": rows_of([
            ("Photographs, body maps and recordings", one.media_words if one.media in {"attached", "seen"} else ""),
            ("Why there is no conference", one.no_conference_because),
            ("Why it was later", one.late_because),
        ]),
    }  # fmt: skip


def _after_label(one: ChildConclusion) -> str:
    text = _without_label(one.reasons, one.outcome_words)
    return text.removeprefix(f"Concluded on {day_words(one.concluded_on)}.").strip() if one.concluded_on else text


def account_row(entry: EntryView, facts: ProtectionFacts) -> dict[str, object]:
    """An entry of an enquiry: what was done or learned, when, and by whom it was written."""
    return {
        "moment": str(entry.when),
        "byline": facts.authors.get(entry.author, ""),
        "passages": [
            passage_row(one, facts, heading=HEADINGS.get(one.heading, "")) for one in entry.passages
            if one.heading not in {"reasons", "media", "no_conference", "opened"}
        ],
        "documents": [facts.documents[one] for one in entry.documents if one in facts.documents],
    }  # fmt: skip


# --- one line each, for the tab -------------------------------------------------------------------


def asked_before(one: DiscussionLine, at: datetime) -> dict[str, str]:
    """A discussion that was asked for and is not decided, for whoever is about to ask for another."""
    held = "held" if one.held_at else "asked for"
    moment = words.when(one.held_at or one.asked_at, at)
    return {"text": f"One was {held} {moment}, and waits", "url": reverse("strategy", args=[one.step])}


def discussion_line(one: DiscussionLine, child: UUID, facts: ProtectionFacts) -> dict[str, str]:
    """A discussion as it concerns one child: when, what was decided, who was not there."""
    mine = one.children.get(child)
    when = f"Held {words.full_moment(one.held_at)}" if one.held_at else f"Asked for {words.full_moment(one.asked_at)}"
    parts = [
        mine.outcome_words if mine and mine.outcome else STATES[one.state],
        f"Without {kinds_line(one.absent).lower()}" if one.absent else "",
        due_words(one.due_at, facts.at) if one.held_at is None and one.due_at else "",
    ]
    return {"title": when, "url": reverse("strategy", args=[one.step]), "detail": ". ".join(p for p in parts if p)}


def enquiry_line(one: EnquiryLine, child: UUID, facts: ProtectionFacts) -> dict[str, str]:
    """An enquiry as it concerns one child: since when, and what it found."""
    mine = one.children.get(child)
    found = mine.outcome_words if mine and mine.outcome else "Goes on"
    if mine and mine.media == "not_seen":
        found += ". Concluded without the photographs, body maps or recordings that there are"
    due = conference_due(one, facts.at) if mine and not mine.outcome else ""
    return {
        "title": f"Began {words.full_moment(one.began_at)}",
        "url": reverse("enquiry", args=[one.step]),
        "detail": ". ".join(part for part in (found, one.manner_words, due) if part),
    }
