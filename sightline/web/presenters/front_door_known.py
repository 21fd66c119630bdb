"""What is already known, in words. Nothing known is said too, since silence reads as "nothing there"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.front_door.models import Injury
from sightline.front_door.queries import ContactView
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.people.queries import Related
from sightline.practice.spec import Pack
from sightline.record.queries import CarriedEpisode, EntryView
from sightline.recording.queries import InjuryView
from sightline.web.front_door.already import Already, teller_words
from sightline.web.presenters import words
from sightline.web.presenters.body_map import where_words
from sightline.web.presenters.front_door_history import (
    Line,
    area_lines,
    court_lines,
    elsewhere_words,
    ended_lines,
    plan_lines,
    signed_lines,
)
from sightline.web.presenters.injuries import labels_of, ring_words

OTHER_AREAS = "Other areas"
BEFORE_COURT = "Before court"
SHORT = 220
"""How much of an earlier story is shown, in characters, where the whole is a click away."""


@dataclass(frozen=True)
class Block:
    """A block of what is known, and where it comes from."""

    title: str
    rows: tuple[Line, ...]
    updated: str


@dataclass(frozen=True)
class OpenTo:
    """The children whom one colleague carries.

    `sends`: it can be passed to them. They carry a child of the contact; or none of those is open
    and they carry another child of the family.
    """

    headline: str
    children: tuple[Line, ...]
    name: str
    sends: bool


@dataclass(frozen=True)
class Earlier:
    """An earlier contact: when, what came of it, who told us about whom, and their words."""

    when: str
    outcome: str
    told_by: str
    text: str
    url: str


@dataclass(frozen=True)
class Known:
    """The panel. `why_whole` says why the whole series is opened, or is empty; `nothing`, of what nothing is known;
    `elsewhere`, what nobody here can know."""

    open_to: tuple[OpenTo, ...]
    contacts: tuple[Earlier, ...]
    contacts_updated: str
    blocks: tuple[Block, ...]
    nothing: str
    why_whole: str
    opens_whole: bool
    earlier: tuple[tuple[str, str], ...]
    elsewhere: str
    has_history: bool


def present_known(already: Already, *, pack: Pack, posts: Mapping[UUID, AgencyPost], at: datetime) -> Known:
    """Everything that is known, block by block."""
    today = local_day(at)
    blocks = _blocks(already, today, pack)
    contacts = _contacts(already, pack, posts)
    missing = [one.title.lower() for one in blocks if not one.rows and one.title not in {OTHER_AREAS, BEFORE_COURT}]
    return Known(
        open_to=_open_to(already, today),
        contacts=contacts,
        contacts_updated=_latest_of("Contacts recorded here", [one.received_at for one in already.contacts]),
        blocks=tuple(one for one in blocks if one.rows),
        nothing="; ".join(missing if contacts else ["earlier contacts", *missing]),
        why_whole=why_whole(already),
        opens_whole=already.series.opens_whole,
        earlier=tuple(
            (str(one.id), f"{words.day(one.received_at)}: {_outcome(one, pack)}") for one in already.contacts[:20]
        ),
        elsewhere=elsewhere_words(already),
        has_history=bool(contacts) or any(one.rows for one in _done(already, pack)),
    )


def _blocks(already: Already, today: date, pack: Pack) -> list[Block]:
    """What bears most on a child's safety comes first, then what was done before, then who is around them."""
    return [
        Block(
            "Adults named and not identified",
            _unidentified(already),
            _latest_of("From what people told us", [one.latest_at for one in already.mentions]),
        ),
        Block(
            "Earlier injuries",
            _injuries(already, pack),
            "As they were reported or recorded. None of them is a finding.",
        ),
        Block("Told by people who are not professionals", _sources(already), "Counted by separate source."),
        *_done(already, pack),
        Block("Who else lives there", _household(already, today), "From the register of people."),
        Block("Who else is involved", _involved(already, today), "From the register of people."),
    ]


def _done(already: Already, pack: Pack) -> list[Block]:
    """What was done before for the children and for their brothers and sisters."""
    return [
        Block("Signed assessments", signed_lines(already, pack), "As each was signed. The whole is a click away."),
        Block("Plans", plan_lines(already), "Of these children, and of brothers and sisters."),
        Block(BEFORE_COURT, court_lines(already), "Of these children, and of brothers and sisters."),
        Block("Involvement that ended", ended_lines(already, pack), "From the record of each child."),
        Block(OTHER_AREAS, area_lines(already), "From what was decided on earlier contacts."),
    ]


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
        days = (already.on - series.soon_after_closing).days
        before = f"{words.count(days, 'day')} before" if days else "the day on which"
        said.append(f"Involvement ended on {words.day(series.soon_after_closing)}, {before} this came in.")
    return " ".join(said)


def _latest_of(source: str, moments: list[datetime]) -> str:
    return f"{source}. Last updated {words.day(max(moments))}." if moments else f"{source}."


def _name(already: Already, person: UUID) -> str:
    header = already.headers.get(person)
    return header.name if header else "Somebody whose record is restricted"


def _open_to(already: Already, today: date) -> tuple[OpenTo, ...]:
    """One box for each colleague, however many of the children they carry."""
    carried: dict[str, list[CarriedEpisode]] = {}
    own = {one.child for one in already.episodes if one.closed_on is None and one.post} & set(already.people)
    for episode in already.episodes:
        if episode.closed_on is None and episode.post is not None:
            carrier = already.carriers.get(episode.post, "")
            headline = f"Unallocated, with {carrier}" if episode.unallocated else f"Open to {carrier}"
            carried.setdefault(headline, []).append(episode)
    return tuple(
        OpenTo(
            headline=headline,
            children=tuple(_carried_child(one, already, today) for one in episodes),
            name=headline.removeprefix("Open to ")
            .removeprefix("Unallocated, with ")
            .partition(",")[0]
            .partition(" (")[0],
            sends=not own or any(one.child in own for one in episodes),
        )
        for headline, episodes in carried.items()
    )


def _carried_child(episode: CarriedEpisode, already: Already, today: date) -> Line:
    header = already.headers[episode.child]
    part = "" if episode.child in already.people else ", another child of the family"
    return Line(
        f"{header.name}, {header.age_words(today)}{part}",
        f"open since {words.day(episode.opened_on)}",
        url=reverse("person", args=[episode.child]),
    )


def _outcome(contact: ContactView, pack: Pack) -> str:
    decision = contact.decision
    return str(pack.outcome(decision.outcome).label) if decision else "Not decided yet"


def _contacts(already: Already, pack: Pack, posts: Mapping[UUID, AgencyPost]) -> tuple[Earlier, ...]:
    """Newest first. In full where the series is what the decider must read; else as much as tells which it was."""
    whole = already.series.opens_whole
    return tuple(
        present_contact(one, already.stories.get(one.id), already, pack=pack, posts=posts, whole=whole)
        for one in already.contacts
    )


def present_contact(
    contact: ContactView,
    entry: EntryView | None,
    already: Already,
    *,
    pack: Pack,
    posts: Mapping[UUID, AgencyPost],
    whole: bool,
) -> Earlier:
    """One contact among others."""
    story = entry.text_of("saw_or_heard") if entry else ""
    about = words.listing(_name(already, child) for child in contact.children)
    return Earlier(
        when=words.day(contact.received_at),
        outcome=_outcome(contact, pack),
        told_by=f"{teller_words(contact, posts, pack)}, about {about}",
        text=story if whole else _short(story),
        url=reverse("contact", args=[contact.id]),
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else plain[:SHORT].rsplit(" ", 1)[0] + " …"


def _household(already: Already, today: date) -> tuple[Line, ...]:
    return tuple(_person(already, key, today) for key in _living_there(already))


def _involved(already: Already, today: date) -> tuple[Line, ...]:
    """Relatives who neither live there nor are in the contact: those are named where they stand."""
    living = _living_there(already)
    ties = [tie for person in already.people for tie in already.ties.get(person, []) if tie.true_to is None]
    others = dict.fromkeys(tie.other for tie in ties)
    wanted = [key for key in others if key in already.headers and key not in already.people and key not in living]
    return tuple(_person(already, key, today) for key in wanted)


def _living_there(already: Already) -> list[UUID]:
    living = dict.fromkeys(other for person in already.people for other in already.households.get(person, []))
    return [key for key in living if key in already.headers and key not in already.people]


def _person(already: Already, key: UUID, today: date) -> Line:
    header = already.headers[key]
    who = ties_words(already, key)
    age = words.capital(header.age_words(today))
    return Line(header.name, f"{who}. {age}" if who else age, url=reverse("person", args=[key]), action="View")


def ties_words(already: Already, key: UUID) -> str:
    """Who somebody is to the people in the contact: "Mother of A and B, with parental responsibility"."""
    said: dict[tuple[str, str], list[str]] = {}
    for person in already.people:
        for tie in already.ties.get(person, []):
            if tie.other == key and tie.true_to is None:
                label, ending = _tie_words(tie)
                said.setdefault((label, ending), []).append(_name(already, person))
    return "; ".join(label.format(words.listing(names)) + ending for (label, ending), names in said.items())


def _tie_words(tie: Related) -> tuple[str, str]:
    if not tie.reads:
        return f"{{}}: their {tie.label.lower()}", ""
    return f"{tie.label} of {{}}", ", with parental responsibility" if tie.parental_responsibility else ""


def _unidentified(already: Already) -> tuple[Line, ...]:
    mentions = {one.adult: one for one in already.mentions}
    lines = []
    for one in already.unidentified:
        group = mentions.get(one.person)
        times = f". Spoken of as: {'; '.join(group.words)}" if group else ""
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


def _injuries(already: Already, pack: Pack) -> tuple[Line, ...]:
    """Those that were reported and those that somebody recorded on one line of time, the latest first."""
    reported = [(one.happened_on or local_day(one.contact.received_at), _reported(already, one))
                for one in already.injuries]  # fmt: skip
    recorded = [(one.seen_on, _recorded(already, one, pack)) for one in already.recorded]
    return tuple(line for _, line in sorted([*reported, *recorded], key=lambda one: one[0], reverse=True))


def _reported(already: Already, one: Injury) -> Line:
    return Line(
        words.day(one.happened_on) if one.happened_on else one.happened_words or "When: not known",
        f"{_name(already, one.child_id)}: {one.site}. "
        + (f"Said to be: {one.account}" if one.account else "No account given")
        + (f" ({one.account_by})" if one.account_by else "")
        + f". Reported {words.day(one.contact.received_at)}.",
    )


def _recorded(already: Already, one: InjuryView, pack: Pack) -> Line:
    """As whoever works with the child recorded it, with whom to ring about it."""
    what = labels_of(pack, "injury_kind").get(one.what, one.what)
    where = where_words(one.sites, labels_of(pack, "body_site"))
    told = f"Said to be: {one.account}" if one.account else "No account given"
    by = f" ({one.account_of})" if one.account_of else ""
    post = next((each.post for each in already.episodes if each.child == one.child and each.closed_on is None), None)
    answers = already.rings.get(post) if post else None
    ring = f" Ring {ring_words(answers)}." if answers else ""
    return Line(
        words.day(one.seen_on),
        f"{_name(already, one.child)}: {what}{f', {where}' if where else ''}. {told}{by}."
        f" Recorded {words.day(one.recorded_at)}.{ring}",
    )
