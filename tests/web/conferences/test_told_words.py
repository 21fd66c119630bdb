"""How far an invitation got, in words."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from sightline.kernel.references import new_id
from sightline.web.conferences.forms import ChairForm
from sightline.web.presenters.conferences import told_words, waiting_rows

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BACK = {"to_tell_again": False, "came_back": True, "letter_unwritten": False, "opened_at": None}


def said_of(*, over: bool = False, **given: object) -> str:
    one = SimpleNamespace(**(BACK | {"told_at": AT - timedelta(days=3), "invited_at": AT - timedelta(days=3)} | given))
    return told_words(one, AT, over=over)  # type: ignore[arg-type]  # what of an invitee these words stand on


def test_of_somebody_kept_out_whose_letter_nobody_opened_no_empty_day_is_said() -> None:
    said = said_of(state="excluded", told_at=None)
    assert "Written to 3 days ago" in said
    assert "Told" not in said
    assert "ring them" not in said


@pytest.mark.parametrize("state", ["excluded", "waits"])
def test_nobody_who_is_kept_out_or_waits_is_to_be_rung_about_what_they_were_told_before(state: str) -> None:
    said = said_of(state=state, letter_unwritten=state == "excluded")
    assert "ring them" not in said
    assert "Nobody opened it" not in said


def test_whoever_may_come_is_to_be_rung_until_it_is_over() -> None:
    assert "ring them" in said_of(state="told")
    assert said_of(state="told", over=True).startswith("Told 3 days ago")
    assert "ring" not in said_of(state="told", over=True)


def test_of_whoever_was_kept_out_after_they_were_told_it_is_said_that_their_letter_is_not_written() -> None:
    assert "not written" in said_of(state="excluded", letter_unwritten=True)


def test_the_chair_reads_beside_the_field_that_the_reason_goes_to_them_word_for_word() -> None:
    field = ChairForm(whom="Dean Rowe").fields["because"]
    assert field.label == "Exactly these words go to Dean Rowe"
    hint = str(field.help_text)
    assert "word for word" in hint
    assert "who told us" in hint
    assert "where anybody lives" in hint


def test_their_unwritten_letter_stands_among_what_waits() -> None:
    standing = SimpleNamespace(waits=False)
    one = SimpleNamespace(
        name="Dean", meeting=new_id(), id=new_id(), post=None, standing=standing, letter_unwritten=True
    )
    [row] = waiting_rows(SimpleNamespace(asked=[one]), chairs=True)  # type: ignore[arg-type]  # what the rows stand on
    assert row["title"] == "Dean's letter asking for their views is not written"
