"""A child says who may read what they told: it is kept to those, through corrections, until danger overrules it."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.access.rules import Section
from sightline.doorway.acts import acting
from sightline.kernel.errors import NotFound, Refusal
from sightline.record.models import Passage, WishOverruled
from sightline.record.operations import correct_entry, overrule_wish, write_entry
from sightline.record.queries import get_entry
from sightline.record.rules import Concerned, Words
from tests.journeys.world import World
from tests.record.family import LATER, Family, make_family

NOW = LATER + timedelta(days=1)
AFTER = LATER + timedelta(days=2)
TOLD = "I do not want mum to know that I told you."


@pytest.fixture
def family(world: World) -> Family:
    return make_family(world)


@pytest.fixture
def told(family: Family) -> UUID:
    """Mia told something that only whoever stands in Jane's post is to read; the same visit heard Leo as well."""
    watcher, jane = family.world.actor("Obi Watcher"), family.world.posts["family-1"]
    return write_entry(
        by=watcher,
        kind="visit",
        concerned=[Concerned(family.mia, seen="seen_alone"), Concerned(family.leo, seen="seen_alone")],
        words=[
            Words("Both were at home.", (family.mia, family.leo)),
            Words(TOLD, (family.mia,), heading="childs_words", section=Section.CHILD_WORDS, kept_to=(jane,)),
            Words("I like school.", (family.leo,), heading="childs_words", section=Section.CHILD_WORDS),
        ],
        at=LATER,
    )


def correct(family: Family, name: str, entry: UUID) -> UUID:
    """Put a word of each paragraph right that they read, as a page does that forgets about wishes."""
    by = family.world.actor(name)
    with acting(by.id):
        old = get_entry(entry).paragraphs
    words = [Words(f"{one.text} Put right.", one.about, one.heading, Section(one.section)) for one in old]
    return correct_entry(by=by, entry=entry, words=words, reason="Written wrongly", at=NOW)


def kept_words(family: Family, entry: UUID, to: str) -> list[str]:
    return [one for one in family.texts(to, entry) if TOLD in one]


def test_only_whom_the_child_named_reads_it_and_the_posts_above_them(family: Family, told: UUID) -> None:
    assert kept_words(family, told, "Jane Smith") == [TOLD]
    assert "I like school." in family.texts("Obi Watcher", told)
    # They read every section about Mia, and are not whom she named.
    assert kept_words(family, told, "Obi Watcher") == kept_words(family, told, "Kay Keeper") == []
    with acting(family.world.accounts["Fay Lund"]):
        # The manager's post stands above the named one.
        assert Passage.objects.filter(entry=told, kept_to__isnull=False).exists()


def test_a_corrector_who_does_not_read_it_carries_it_on_kept_to_the_same(family: Family, told: UUID) -> None:
    newer = correct(family, "Obi Watcher", told)
    assert kept_words(family, newer, "Jane Smith") == [TOLD]
    assert kept_words(family, newer, "Obi Watcher") == kept_words(family, newer, "Kay Keeper") == []
    with acting(family.world.accounts["Jane Smith"]):
        [kept] = [one for one in get_entry(newer).paragraphs if one.text == TOLD]
    assert kept.about == (family.mia,)
    assert "I like school. Put right." in family.texts("Kit Rowe", newer)


def test_a_corrector_who_reads_it_cannot_lose_the_wish(family: Family, told: UUID) -> None:
    newer = correct(family, "Jane Smith", told)
    assert kept_words(family, newer, "Jane Smith") == [f"{TOLD} Put right."]
    assert kept_words(family, newer, "Obi Watcher") == []
    assert "I like school." in family.texts("Obi Watcher", newer)


def test_danger_overrules_a_wish_with_a_reason_and_a_correction_keeps_that_too(family: Family, told: UUID) -> None:
    jane, watcher = family.world.actor("Jane Smith"), family.world.actor("Obi Watcher")
    with acting(jane.id):
        [kept] = [one.id for one in get_entry(told).paragraphs if one.kept_to]
    assert kept is not None
    with pytest.raises(Refusal, match="danger"):
        overrule_wish(by=jane, passage=kept, reason="   danger ", child_told=True, at=NOW)
    with pytest.raises(NotFound):
        overrule_wish(by=watcher, passage=kept, reason="She is in danger at home.", child_told=False, at=NOW)
    overrule_wish(by=jane, passage=kept, reason="She is in danger at home.", child_told=True, at=NOW)
    assert kept_words(family, told, "Obi Watcher") == [TOLD]
    with acting(watcher.id):
        assert [one.overruled for one in get_entry(told).paragraphs if one.kept_to] == ["She is in danger at home."]
    with pytest.raises(Refusal, match="already"):
        overrule_wish(by=jane, passage=kept, reason="She is in danger at home.", child_told=True, at=AFTER)
    newer = correct(family, "Jane Smith", told)
    assert kept_words(family, newer, "Obi Watcher") == [f"{TOLD} Put right."]
    with acting(family.world.accounts["Kit Rowe"]):
        assert not WishOverruled.objects.exists(), "Leo's worker learns nothing of Mia's wish"
