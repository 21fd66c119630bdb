"""What is already known, in words. Nothing known is said too, since silence reads as "nothing there"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.front_door.queries import ContactView
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.people.queries import Related
from sightline.practice.spec import Pack
from sightline.web.front_door.already import Already, teller_words
from sightline.web.presenters import words

NOTHING = "Nothing recorded by this authority."


@dataclass(frozen=True)
class Line:
    """A fact with its name, as `components/summary-list.html` takes it."""

    key: str
    value: str
    url: str = ""
    action: str = "View the record"


@dataclass(frozen=True)
class Block:
    """A block of what is known: where it comes from, and how late."""

    title: str
    rows: tuple[Line, ...]
    updated: str
    nothing: str = NOTHING


@dataclass(frozen=True)
class OpenTo:
    """A child who is open to a colleague."""

    headline: str
    why: str
    url: str
    name: str


@dataclass(frozen=True)
class Known:
    """The panel. `why_whole` says why the whole series is opened, or is empty."""

    open_to: tuple[OpenTo, ...]
    blocks: tuple[Block, ...]
    why_whole: str
    opens_whole: bool
    earlier: tuple[tuple[str, str], ...]


def present_known(already: Already, *, pack: Pack, posts: Mapping[UUID, AgencyPost], at: datetime) -> Known:
    """Everything that is known, block by block."""
    today = local_day(at)
    contacts = _contacts(already, pack, posts)
    return Known(
        open_to=_open_to(already, today),
        blocks=(
            Block("Earlier contacts", contacts, _latest("Contacts recorded here", already)),
            Block("Who else lives there", _household(already, today), "From the register of people."),
            Block("Who else is involved", _involved(already, today), "From the register of people."),
            Block(
                "Adults named and not identified",
                _unidentified(already),
                _latest_of("From what people told us", [one.latest_at for one in already.mentions]),
                "No adult is waiting to be identified.",
            ),
            Block("Told by people who are not professionals", _sources(already), "Counted by separate source."),
            Block(
                "Earlier injuries",
                _injuries(already),
                "As they were reported. None of them is a finding.",
            ),
        ),
        why_whole=why_whole(already),
        opens_whole=already.series.opens_whole,
        earlier=tuple(
            (str(one.id), f"{words.day(one.received_at)}: {_outcome(one, pack)}") for one in already.contacts[:20]
        ),
    )


def why_whole(already: Already) -> str:
    """Why the whole series stands in front of the decider."""
    series = already.series
    said = []
    if series.third_source:
        said.append(
            f"{words.count(series.separate_sources, 'separate person', 'separate people')} "
            "outside the professions have now told us about these children."
        )
    if series.soon_after_closing:
        said.append(f"A case closed on {words.day(series.soon_after_closing)}, less than three months ago.")
    return " ".join(said)


def _latest(source: str, already: Already) -> str:
    return _latest_of(source, [one.received_at for one in already.contacts])


def _latest_of(source: str, moments: list[datetime]) -> str:
    return f"{source}. Last updated {words.day(max(moments))}." if moments else f"{source}."


def _name(already: Already, person: UUID) -> str:
    header = already.headers.get(person)
    return header.name if header else "Somebody whose record is restricted"


def _open_to(already: Already, today: date) -> tuple[OpenTo, ...]:
    found = []
    for episode in already.episodes:
        if episode.closed_on is not None or episode.post is None:
            continue
        carrier = already.carriers.get(episode.post, "")
        header = already.headers[episode.child]
        part = "" if episode.child in already.people else ", a brother or sister or other child of the family"
        since = f"open since {words.day(episode.opened_on)}"
        headline = f"Unallocated, with {carrier}" if episode.unallocated else f"Open to {carrier}"
        found.append(
            OpenTo(
                headline=headline,
                why=f"{header.name}, {header.age_words(today)}{part}: {since}",
                url=reverse("person", args=[episode.child]),
                name=carrier.partition(",")[0].partition(" (")[0],
            )
        )
    return tuple(found)


def _outcome(contact: ContactView, pack: Pack) -> str:
    decision = contact.decision
    return str(pack.outcome(decision.outcome).label) if decision else "Not decided yet"


def _contacts(already: Already, pack: Pack, posts: Mapping[UUID, AgencyPost]) -> tuple[Line, ...]:
    lines = []
    for one in already.contacts:
        entry = already.stories.get(one.id)
        story = entry.text_of("saw_or_heard") if entry else ""
        about = words.listing(_name(already, child) for child in one.children)
        lines.append(
            Line(
                key=words.day(one.received_at),
                value=f"{_outcome(one, pack)}. {teller_words(one, posts, pack)}, about {about}: “{_short(story)}”",
                url=reverse("contact", args=[one.id]),
                action="Read",
            )
        )
    return tuple(lines)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 180 else plain[:180].rsplit(" ", 1)[0] + " …"


def _household(already: Already, today: date) -> tuple[Line, ...]:
    living = dict.fromkeys(other for child in already.people for other in already.households.get(child, []))
    return tuple(
        Line(already.headers[key].name, already.headers[key].age_words(today))
        for key in living
        if key in already.headers and key not in already.people
    )


def _involved(already: Already, today: date) -> tuple[Line, ...]:
    said: dict[UUID, list[str]] = {}
    for person in already.people:
        for tie in already.ties.get(person, []):
            if tie.other not in already.headers or tie.true_to is not None:
                continue
            said.setdefault(tie.other, []).append(_tie_words(tie, _name(already, person)))
    return tuple(
        Line(f"{already.headers[key].name}, {already.headers[key].age_words(today)}", "; ".join(lines))
        for key, lines in said.items()
    )


def _tie_words(tie: Related, name: str) -> str:
    if not tie.reads:
        return f"{name} is their {tie.label.lower()}"
    part = ", with parental responsibility" if tie.parental_responsibility else ""
    return f"{tie.label} of {name}{part}"


def _unidentified(already: Already) -> tuple[Line, ...]:
    mentions = {one.adult: one for one in already.mentions}
    lines = []
    for one in already.unidentified:
        group = mentions.get(one.person)
        times = f", spoken of {words.count(len(group.words), 'way', 'ways')}: {'; '.join(group.words)}" if group else ""
        lines.append(
            Line(
                one.name,
                f"{one.label}{times}",
                url=reverse("unidentified-adult", args=[one.person]),
                action="Say who this is" if one.is_open else "See",
            )
        )
    return tuple(lines)


def _sources(already: Already) -> tuple[Line, ...]:
    number = already.series.separate_sources
    if not number:
        return ()
    return (Line("Separate sources", words.count(number, "person", "people")),)


def _injuries(already: Already) -> tuple[Line, ...]:
    return tuple(
        Line(
            words.day(one.happened_on) if one.happened_on else one.happened_words or "When: not known",
            f"{_name(already, one.child_id)}: {one.site}. "
            + (f"Said to be: {one.account}" if one.account else "No account given")
            + (f" ({one.account_by})" if one.account_by else "")
            + f". Reported {words.day(one.contact.received_at)}.",
        )
        for one in already.injuries
    )
