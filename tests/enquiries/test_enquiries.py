"""Section 47 enquiries: opened with two fields, concluded for each child, and never silent about what was missing."""

from datetime import timedelta
from pathlib import Path

import pytest

from sightline.doorway.acts import acting
from sightline.enquiries.models import EnquiryChild
from sightline.enquiries.operations import (
    add_account,
    decide_no_conference,
    open_enquiry,
    set_manner,
)
from sightline.enquiries.queries import list_enquiries, section_47_of
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.practice import operations as practice
from sightline.practice.operations import publish_shipped_packs
from sightline.practice.shipped import PACKS
from sightline.record.operations import open_step
from sightline.record.queries import list_entries
from tests.enquiries.protecting import AT, DAY, WHY, concluded, end, enquiry, owed, read_enquiry, unborn
from tests.journeys.world import BEGIN
from tests.plans.household import Household


@pytest.mark.parametrize("name", ["Jane Smith", "Fay Lund"])
def test_two_fields_open_an_enquiry(household: Household, name: str) -> None:
    step = enquiry(household, "Chi", "Bim", by=name)
    seen = read_enquiry(household, step)
    assert set(seen.children) == set(household.children("Chi", "Bim"))
    assert (seen.line.why, seen.line.state, seen.line.section_47_at) == (WHY, "open", AT)
    assert WHY in seen.entries[0].text_of("opened")


def test_whoever_does_not_decide_for_the_authority_asks_for_a_discussion_instead(household: Household) -> None:
    with pytest.raises(NotPermitted, match="Ask for a strategy discussion"):
        enquiry(household, "Chi", by="Kit Rowe")


def test_an_enquiry_needs_a_child_and_a_reason(household: Household) -> None:
    step = open_step(
        by=household.jane, kind="enquiry", post=household.world.posts["family-1"], people=household.children("Chi"),
        at=AT,
    )  # fmt: skip
    with pytest.raises(Refusal, match="Say why a section 47 enquiry begins"):
        open_enquiry(by=household.jane, children=household.children("Chi"), why=" ", step=step, at=AT)


def test_before_birth_there_is_no_enquiry_unless_the_authority_opens_one(
    household: Household, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baby = unborn(household)
    step = open_step(by=household.jane, kind="enquiry", post=household.world.posts["family-1"], people=[baby], at=AT)
    with pytest.raises(Refusal, match="opens no section 47 enquiry before birth"):
        open_enquiry(by=household.jane, children=[baby], why=WHY, step=step, at=AT)
    folder = tmp_path / "england-2023"
    folder.mkdir()
    for path in (PACKS / "england-2023").glob("*.toml"):
        words = path.read_text()
        if path.name == "timescales.toml":
            words = words.replace(
                'where it is, 0 where it is not"\nnumber = 0', 'where it is, 0 where it is not"\nnumber = 1'
            )
        (folder / path.name).write_text(words)
    monkeypatch.setattr(practice, "PACKS", tmp_path)
    assert publish_shipped_packs(at=AT - DAY)
    assert open_enquiry(by=household.jane, children=[baby], why=WHY, step=step, at=AT) == step


def test_it_is_concluded_for_each_child_with_its_own_reasons_and_ends_with_the_last(household: Household) -> None:
    step = enquiry(household, "Chi", "Bim")
    end(household, step, concluded(household, "Chi", "continuing_risk", reasons="The marks are of a belt."))
    assert "enquiry" in owed(household, "Bim")
    entry = end(household, step, concluded(household, "Bim", reasons="Bim was at his father's."))
    assert "enquiry" not in owed(household, "Bim", "Chi")
    seen = read_enquiry(household, step)
    assert seen.line.state == "concluded"
    assert "a belt" in seen.children[household["Chi"]].reasons
    assert "a belt" not in seen.children[household["Bim"]].reasons
    with acting(household.kit.id):
        assert entry not in list_entries([entry])


@pytest.mark.parametrize(
    ("media", "because", "said"),
    [
        ("not_seen", "The camera was at the hospital", "there are some, and they were not seen."),
        ("none", "", "there are none."),
    ],
)
def test_a_conclusion_reached_without_photographs_says_so_in_its_words(
    household: Household, media: str, because: str, said: str
) -> None:
    step = enquiry(household, "Chi")
    entry = end(household, step, concluded(household, "Chi", media=media, media_because=because))
    with acting(household.jane.id):
        words = list_entries([entry])[entry].text_of("media")
    assert words.startswith("Concluded without photographs, body maps or recordings")
    assert said in words
    assert because in words


@pytest.mark.parametrize("media", ["attached", "seen"])
def test_a_conclusion_for_which_they_were_seen_says_nothing_of_it(household: Household, media: str) -> None:
    step = enquiry(household, "Chi")
    entry = end(household, step, concluded(household, "Chi", media=media))
    with acting(household.jane.id):
        assert list_entries([entry])[entry].text_of("media") == ""


def test_a_conclusion_says_whether_photographs_were_seen_and_why_not(household: Household) -> None:
    step = enquiry(household, "Chi")
    with pytest.raises(Refusal, match="photographs, body maps and recordings of Chi"):
        end(household, step, concluded(household, "Chi", media=""))
    with pytest.raises(Refusal, match="why they were not seen"):
        end(household, step, concluded(household, "Chi", media="not_seen"))
    with pytest.raises(Refusal, match="Write why, for Chi"):
        end(household, step, concluded(household, "Chi", reasons=""))


def test_of_two_who_conclude_for_one_child_both_texts_are_shown(household: Household) -> None:
    step = enquiry(household, "Chi")
    end(household, step, concluded(household, "Chi"))
    with pytest.raises(Stale) as refused:
        end(household, step, concluded(household, "Chi", "continuing_risk", reasons="A belt."), by="Fay Lund")
    assert "clotting disorder" in refused.value.theirs
    assert refused.value.yours == "A belt."


def test_a_manager_alone_decides_that_there_is_no_conference(household: Household) -> None:
    step = enquiry(household, "Chi")
    given = concluded(household, "Chi", "continuing_risk", no_conference_because="She lives with her aunt now.")
    with pytest.raises(NotPermitted, match="A manager decides that there is no conference"):
        end(household, step, given)
    end(household, step, given, by="Fay Lund")
    assert "She lives with her aunt now." in read_enquiry(household, step).entries[-1].text_of("no_conference")


def test_that_there_is_no_conference_may_be_decided_after_the_conclusion(household: Household) -> None:
    step = enquiry(household, "Chi", "Bim")
    end(household, step, concluded(household, "Chi", "continuing_risk"), concluded(household, "Bim"))
    with pytest.raises(NotPermitted):
        decide_no_conference(
            by=household.jane, enquiry=step, children=household.children("Chi"), because="Safe.", at=AT + DAY
        )
    with pytest.raises(Refusal, match="found a continuing risk"):
        decide_no_conference(
            by=household.fay, enquiry=step, children=household.children("Bim"), because="Safe.", at=AT + DAY
        )
    decide_no_conference(
        by=household.fay, enquiry=step, children=household.children("Chi"), because="Safe.", at=AT + DAY
    )
    assert read_enquiry(household, step).children[household["Chi"]].no_conference_because == "Safe."


def test_it_is_concluded_late_by_a_colleague_with_the_day_on_which_it_was(household: Household) -> None:
    step = enquiry(household, "Chi")
    on = (AT + DAY).date()
    later = AT + timedelta(days=60)
    end(household, step, concluded(household, "Chi", concluded_on=on, late_because="I was ill."), by="Fay Lund")
    found = read_enquiry(household, step).children[household["Chi"]]
    assert (found.concluded_on, found.late_because) == (on, "I was ill.")
    with pytest.raises(Refusal, match="has not happened yet"):
        end(household, enquiry(household, "Bim"), concluded(household, "Bim", concluded_on=later.date()))


def test_what_is_learned_after_the_conclusion_is_added(household: Household) -> None:
    step = enquiry(household, "Chi")
    end(household, step, concluded(household, "Chi"))
    add_account(
        by=household.jane, enquiry=step, words="The scan shows an older break.", told_by="Dr Odu",
        handling="ask_first", at=AT + 3 * DAY,
    )  # fmt: skip
    added = read_enquiry(household, step).entries[-1].passages[0]
    assert (added.text, added.told_by, added.handling) == ("The scan shows an older break.", "Dr Odu", "ask_first")


def test_who_makes_it_is_said_once_and_may_be_changed(household: Household) -> None:
    step = enquiry(household, "Chi")
    set_manner(by=household.jane, enquiry=step, manner="joint", at=AT)
    assert read_enquiry(household, step).line.manner == "joint"
    with pytest.raises(Refusal, match="Choose who makes the enquiry"):
        set_manner(by=household.jane, enquiry=step, manner="nobody", at=AT)


def test_whoever_sees_no_child_of_it_is_told_nothing(household: Household) -> None:
    step = enquiry(household, "Bim")
    with pytest.raises(NotFound):
        read_enquiry(household, step, by="Kit Rowe")
    with acting(household.kit.id):
        assert list_enquiries(household.children("Bim")) == []
        assert not EnquiryChild.objects.exists()
    with acting(household.jane.id):
        assert section_47_of(step) == AT
    assert BEGIN < AT
