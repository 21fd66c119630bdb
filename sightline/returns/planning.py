"""What bringing in a child would do, given what the register holds already. Pure: no database, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sightline.kernel.dates import day_words
from sightline.kernel.references import new_id
from sightline.returns.earlier import KINDS, ProtectionFacts
from sightline.returns.matching import Held, PlannedFact, match
from sightline.returns.rules import ChildFacts, EpisodeFacts, Kept, Note

MOST_NOTES = 100_000
REVIEWS = "reviews of protection plans"
_FACT_WORDS = {
    "birth_date": ("PersonBirthDate", "date of birth"),
    "expected_date": ("ExpectedPersonBirthDate", "expected date of birth"),
    "death_date": ("PersonDeathDate", "date of death"),
    "sex": ("Sex", "sex"),
    "ethnicity": ("Ethnicity", "ethnicity"),
    "disabilities": ("Disabilities", "disabilities"),
    "upn_unknown": ("UPNunknown", "reason why no pupil number is known"),
}


@dataclass(frozen=True)
class Known:
    """A child whom the register has under this child id. `episodes`: opened on, to key and closing day.

    `held` are the rows that earlier systems' facts became, `own` the places of what was done here.
    """

    person: UUID
    facts: Mapping[str, Any]
    numbers: frozenset[tuple[str, str]]
    episodes: Mapping[date, tuple[UUID, date | None]]
    kept: frozenset[str]
    held: tuple[Held, ...] = ()
    own: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True)
class PlannedEpisode:
    """An episode of the file, and the episode of the record that it is or becomes."""

    facts: EpisodeFacts
    episode: UUID
    is_new: bool
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class Planned:
    """What one child's part of the file becomes."""

    facts: ChildFacts
    person: UUID
    is_new: bool
    numbers: tuple[tuple[str, str], ...]
    episodes: tuple[PlannedEpisode, ...]
    came: tuple[PlannedFact, ...]
    known: Counter[str]
    kept: tuple[Kept, ...]
    notes: tuple[Note, ...]

    @property
    def brings_anything(self) -> bool:
        """Whether something of it is not in the record yet."""
        new_episodes = any(one.is_new or one.kept for one in self.episodes)
        return bool(self.is_new or self.numbers or self.came or self.kept or new_episodes)


def plan_child(
    facts: ChildFacts, known: Known | None, *, held_by_others: frozenset[str], reference_date: date
) -> Planned:
    """What bringing in this child does. `held_by_others`: pupil numbers that other people have."""
    notes = list(facts.notes)
    if known is None:
        numbers = facts.numbers
        notes += [_shared(facts, value) for scheme, value in numbers if scheme == "upn" and value in held_by_others]
    else:
        numbers = _missing_numbers(facts, known, notes)
        notes += _unlike(facts, known)
    has_kept = known.kept if known else frozenset()
    matched = match(
        facts.child_id,
        [fact for one in facts.episodes for fact in one.facts],
        held=known.held if known else (),
        own=known.own if known else frozenset(),
        reference_date=reference_date,
    )
    notes += matched.notes
    return Planned(
        facts=facts,
        person=known.person if known else new_id(),
        is_new=known is None,
        numbers=numbers,
        episodes=tuple(_plan_episode(facts, one, known, has_kept, notes) for one in facts.episodes),
        came=matched.came,
        known=Counter(fact.NAME for fact in matched.known),
        kept=_not_yet(facts.kept, has_kept),
        notes=tuple(notes),
    )


def _plan_episode(
    child: ChildFacts, one: EpisodeFacts, known: Known | None, has_kept: frozenset[str], notes: list[Note]
) -> PlannedEpisode:
    kept = _not_yet(one.kept, has_kept)
    there = known.episodes.get(one.opened_on) if known else None
    if there is None:
        return PlannedEpisode(one, new_id(), is_new=True, kept=kept)
    episode, closed_on = there
    if closed_on != one.closed_on:
        notes.append(
            Note(
                child.child_id,
                one.line,
                "CINclosureDate",
                one.closed_on.isoformat() if one.closed_on else "",
                "The record has this episode with another end, or none; it was left as it is.",
                "Close the episode on the child's record if the file is right.",
            )
        )
    return PlannedEpisode(one, episode, is_new=False, kept=kept)


def _not_yet(kept: Iterable[Kept], has_kept: frozenset[str]) -> tuple[Kept, ...]:
    return tuple(one for one in kept if one.digest not in has_kept)


def _missing_numbers(facts: ChildFacts, known: Known, notes: list[Note]) -> tuple[tuple[str, str], ...]:
    schemes = {scheme for scheme, _ in known.numbers}
    missing = [number for number in facts.numbers if number not in known.numbers]
    notes += [
        Note(
            facts.child_id,
            facts.line,
            scheme.upper(),
            value,
            "The register has another pupil number for this child; it was left as it is.",
            "Ask the school, and record the right one.",
        )
        for scheme, value in missing
        if scheme in schemes
    ]
    return tuple((scheme, value) for scheme, value in missing if scheme not in schemes)


def _unlike(facts: ChildFacts, known: Known) -> list[Note]:
    return [
        Note(
            facts.child_id,
            facts.line,
            _FACT_WORDS[name][0],
            "" if value is None else ", ".join(value) if isinstance(value, list) else str(value),
            f"The register says otherwise of the {_FACT_WORDS[name][1]}; it was left as it is.",
            "Correct the child's record if the file is right.",
        )
        for name, value in facts.facts().items()
        if value != known.facts.get(name) and (value or name != "upn_unknown")
    ]


def _shared(facts: ChildFacts, value: str) -> Note:
    return Note(
        facts.child_id,
        facts.line,
        "UPN",
        value,
        "Somebody else in the register has this pupil number.",
        "Search for the number: they may be the same child under two child ids.",
    )


@dataclass
class Tally:
    """What an import does or would do, counted; its notes are listed up to `MOST_NOTES`."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)

    def add(self, planned: Planned) -> None:
        """Count one child."""
        self.counts["children"] += 1
        self.counts["children new" if planned.is_new else "children known"] += 1
        for one in planned.episodes:
            self.counts["episodes"] += 1
            self.counts["episodes new" if one.is_new else "episodes known"] += 1
            if one.is_new and one.facts.closed_on is None:
                self.counts["episodes open"] += 1
            self.counts["kept as written"] += len(one.kept)
        self.counts["kept as written"] += len(planned.kept)
        self._add_facts(planned)
        self.counts["entries"] += planned.brings_anything
        self.counts["notes"] += len(planned.notes)
        self.notes += planned.notes[: max(0, MOST_NOTES - len(self.notes))]

    def _add_facts(self, planned: Planned) -> None:
        for one in planned.came:
            self.counts[f"{one.fact.NAME} {'new' if one.replaces is None else 'gone on'}"] += 1
            self.counts[f"{one.fact.NAME} open"] += one.opens_step
            if isinstance(one.fact, ProtectionFacts):
                before = one.replaces.values["reviewed_on"] if one.replaces else ()
                self.counts[REVIEWS] += len(one.fact.reviewed_on) - len(before)
        for name, number in planned.known.items():
            self.counts[f"{name} known"] += number

    def as_json(self) -> dict[str, Any]:
        """Counts only, in a fixed order."""
        return {
            "children": {"new": self.counts["children new"], "known": self.counts["children known"]},
            "episodes": {
                "new": self.counts["episodes new"],
                "new and open": self.counts["episodes open"],
                "known": self.counts["episodes known"],
            },
            **{kind.NAME: self._of(kind.NAME) for kind in KINDS},
            REVIEWS: {"new": self.counts[REVIEWS]},
            "entries": self.counts["entries"],
            "kept as written": self.counts["kept as written"],
            "notes": self.counts["notes"],
        }

    def _of(self, name: str) -> dict[str, int]:
        """Of one kind of fact. Those that went on say more than what an earlier file told."""
        return {
            "new": self.counts[f"{name} new"],
            "new and open": self.counts[f"{name} open"],
            "gone on": self.counts[f"{name} gone on"],
            "known": self.counts[f"{name} known"],
        }


def by_saying(notes: Iterable[Note]) -> dict[tuple[str, str], list[Note]]:
    """Notes that say the same, together, in the order of their first lines."""
    found: dict[tuple[str, str], list[Note]] = {}
    for note in sorted(notes, key=lambda one: one.line):
        found.setdefault((note.what, note.remedy), []).append(note)
    return found


def words_of(planned: Planned, *, year: int, reference_date: date, queries: Iterable[str]) -> str:
    """The entry on the child's timeline: where this came from, and what of it wants looking at."""
    origin = f"Brought in from the Children in Need census of {year} (reference date {day_words(reference_date)})"
    lines = [
        f"{origin}, line {planned.facts.line} of the file. Child id {planned.facts.child_id}. The file has no names."
    ]
    lines += [_episode_words(one.facts) for one in planned.episodes if one.is_new]
    lines += [_facts_words(planned)] if planned.came else []
    unheld = len(planned.kept) + sum(len(one.kept) for one in planned.episodes)
    doubtful = [f"{note.element}: {note.what} {note.remedy}" for note in planned.notes]
    if unheld:
        lines.append(f"Kept as written, because it has no place here yet: {unheld}.")
    asked = [*doubtful, *queries]
    if asked:
        lines.append("To be looked at:\n" + "\n".join(dict.fromkeys(asked)))
    return "\n\n".join(lines)


def _facts_words(planned: Planned) -> str:
    """A line for each fact, in the order in which they began: what an earlier system recorded, and nothing more."""
    came = sorted(planned.came, key=lambda one: (one.fact.first_day, one.fact.NAME))
    told = [one.fact.in_words() + (" It goes on from what was told before." if one.replaces else "") for one in came]
    return "Recorded in an earlier system, as dates and codes:\n" + "\n".join(told)


def _episode_words(one: EpisodeFacts) -> str:
    said = [f"Referral of {day_words(one.opened_on)}"]
    said += [f"source {one.source}"] if one.source else []
    said += [f"main need {one.need}"] if one.need else []
    said += ["no further action"] if one.no_further_action else []
    if one.closed_on:
        said.append(
            f"closed on {day_words(one.closed_on)}" + (f", reason {one.closure_reason}" if one.closure_reason else "")
        )
    else:
        said.append("open")
    return "; ".join(said) + "."
