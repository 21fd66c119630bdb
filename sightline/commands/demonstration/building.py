"""Building the authority and its families, in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from types import ModuleType

from allauth.mfa.adapter import get_adapter

from sightline.commands.demonstration import staffing
from sightline.commands.demonstration.authority import Authority, open_authority
from sightline.commands.demonstration.diary import Diary
from sightline.commands.demonstration.families import BEFORE, BETWEEN, FAMILIES
from sightline.commands.demonstration.long_telling import LongTelling
from sightline.commands.demonstration.passwords import worked_out_briefly
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.acts import all_or_nothing
from sightline.journeys.chase_silence import chase_silence
from sightline.workforce.queries import list_accounts


def is_there() -> bool:
    """Whether anybody has an account here."""
    return bool(list_accounts(active=False))


def build(*, empty: bool, at: datetime, families: Iterable[ModuleType] = FAMILIES) -> Telling:
    """The authority, and each family's story in turn; then who has left, who is away, what came back.

    Stories end a little before `at`, since the rule asks the database's own clock.
    """
    with all_or_nothing(), worked_out_briefly():
        diary = diary_of(at)
        story = Telling(open_authority(opening=diary.opening), diary)
        give_codes()
        _tell(story, () if empty else families)
    return story


def tell_families(authority: Authority, *, at: datetime) -> Telling:
    """The families' stories, in an authority that is open already and has other people in it.

    Those of a year ago are told as well, which a demonstration of the families alone goes without.
    """
    with all_or_nothing():
        story = LongTelling(authority, diary_of(at))
        _tell(story, (*BEFORE, *FAMILIES, *BETWEEN))
    return story


def diary_of(at: datetime) -> Diary:
    """The calendar of the stories that end by then."""
    return Diary(at - timedelta(minutes=2))


def _tell(story: Telling, families: Iterable[ModuleType]) -> None:
    for family in families:
        family.tell(story)
    staffing.change(story)
    chase_silence(at=story.diary.now)


def give_codes() -> None:
    """Give every account the demonstration's second factor, through the adapter that the settings name."""
    for account in list_accounts():
        get_adapter().give_demonstration_code(account)


__all__ = ["Authority", "build", "give_codes", "is_there"]
