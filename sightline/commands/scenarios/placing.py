"""What each event becomes: a contact at the front door, an agency's own note, or work of those in post.

What the file does not say and the record needs (that a contact was decided before somebody visited) is done by the
plainest act that fits, and is told in the report.
"""

from collections.abc import Sequence
from datetime import datetime

from sightline.commands.demonstration import desk
from sightline.commands.scenarios import agencies, ours
from sightline.commands.scenarios.cast import DOOR, WORKER
from sightline.commands.scenarios.family import belong_together, newcomer
from sightline.commands.scenarios.ours import NOBODY_ASKED
from sightline.commands.scenarios.spec import Happened
from sightline.commands.scenarios.stage import MINUTES, UNSAID, Stage
from sightline.front_door.rules import InjuryGiven, Referrer
from sightline.journeys.birth import LIVING, BirthGiven, child_born
from sightline.partnership.own_notes import note_for_ourselves

SENT = frozenset({
    "contact", "referral", "injury_presentation", "critical_incident", "police_callout_da", "police_investigation",
    "disagreement",
})  # fmt: skip
"""What an agency gets in touch about, unless the event says `"sent": false`; everything else stays with it."""
GET_IN_TOUCH = frozenset({"contact", "referral"})
LONGEST_SITE = 100


def place(stage: Stage, event: Happened) -> str:
    """Do what the event says; gives in words what it became. Refuses what cannot be, and why."""
    at = stage.moment(event)
    _born(stage, event, at)
    if agencies.is_ours(event.agency) and event.kind not in GET_IN_TOUCH:
        return ours.place(stage, event, at)
    return (_contact if _is_sent(event) else _own_note)(stage, event, at)


def _is_sent(event: Happened) -> bool:
    return event.kind in SENT if event.sent is None else event.sent


def is_dated_by_day(event: Happened) -> bool:
    """Whether the record keeps one day of it: an own note and a visit are kept as exactly as they are known."""
    if agencies.is_ours(event.agency):
        return event.kind not in {"visit_child_seen", "visit_child_not_seen"}
    return _is_sent(event)


def _born(stage: Stage, event: Happened, at: datetime) -> None:
    """Whoever was known before birth and is born by now: the record is told before anything else is."""
    for ref in [*stage.unborn]:
        born = stage.household.people[ref].born
        if born is None or born.first > event.when.first:
            continue
        by = WORKER if ref in stage.open else DOOR
        given = BirthGiven(born.first, stage.household.people[ref].sex, LIVING, given=stage.household.given(ref))
        child_born(by=stage.story.who(by), child=stage.story.people[ref], born=given, at=at)
        stage.unborn.discard(ref)
        stage.supplied.append(f"{event}: the birth of {ref} was recorded before it.")


# --- what other agencies did ----------------------------------------------------------------------


def _own_note(stage: Stage, event: Happened, at: datetime, *, sent: bool = False) -> str:
    """Noted by the agency as its own, and read by nobody else."""
    office = stage.offices.of(event.agency, event.site)
    noted, kind = event.when.when, event.kind_words
    note_for_ourselves(
        by=office.account, about=", ".join(stage.household.called(ref) for ref in event.about), noted=noted,
        kind=f"{kind}, told to children's services" if sent else kind, text=event.words or kind,
        scenario=stage.scenario, at=max(at, noted.earliest),
    )  # fmt: skip
    return f"own note of {office.name}, read by nobody else"


def _contact(stage: Stage, event: Happened, at: datetime) -> str:
    story, day = stage.story, event.when.first
    children = stage.household.children_with(event.about, day)
    around = [*children, *event.about, *stage.household.parents_at_home(children, day)]
    new = [ref for ref in dict.fromkeys(around) if ref not in story.people]
    concerned = list(dict.fromkeys([*children, *event.about, *new]))
    known = [ref for ref in concerned if ref in story.people and ref not in new]
    title = f"event {event.number}"
    referrer, channel = _referrer(stage, event)
    made = [newcomer(story, stage.household, ref, day) for ref in new]
    story.take(
        title, by=DOOR, at=at, channel=channel, referrer=referrer, known=known, new=made, fears="",
        saw=_dated(event, event.words or event.kind_words), agreements=[NOBODY_ASKED],
        injuries=_injuries(stage, event, children) if event.kind == "injury_presentation" else (),
    )  # fmt: skip
    unsaid = belong_together(story, stage.household, new, by=DOOR, on=day, at=at)
    stage.supplied += [f"{event}: that {tie} belong together was not visible where it was taken." for tie in unsaid]
    if referrer.name:
        desk.acknowledge(story, title, by=DOOR, at=at + MINUTES / 2, heard=desk.answer_to(referrer))
    else:
        desk.nobody_to_tell(story, title, by=DOOR, at=at + MINUTES / 2, reason=UNSAID)
    stage.waiting[title] = tuple(children)
    if not referrer.professional:
        stage.public.add(title)
    stage.unborn |= {ref for ref in new if stage.household.is_unborn(ref, day)}
    if not agencies.known(event.agency).public and not agencies.is_ours(event.agency):
        _own_note(stage, event, at, sent=True)
    return f"contact at the front door about {len(children)} of the children"


def _referrer(stage: Stage, event: Happened) -> tuple[Referrer, str]:
    story = stage.story
    if agencies.is_ours(event.agency):
        return story.public("not_known"), "other_system"
    known = agencies.known(event.agency)
    if known.public:
        return story.public(known.capacity, event.told_by), known.channel
    office = stage.offices.of(event.agency, event.site)
    return story.professional(known.capacity, office.key, event.told_by or office.name), known.channel


def _injuries(stage: Stage, event: Happened, children: Sequence[str]) -> list[InjuryGiven]:
    """What was seen, in the first sentence; and how it was explained, in the rest."""
    site, _, account = event.summary.partition(". ")
    story = stage.story
    return [
        story.injury(child, site=site[:LONGEST_SITE], on=event.when.first, account=account, by="")
        for child in children if child in event.about
    ]  # fmt: skip


def _dated(event: Happened, words: str) -> str:
    """With when it was, where that is not the day of the entry itself."""
    return words if event.when.first == event.when.last else f"{words} (In {event.when}.)"
