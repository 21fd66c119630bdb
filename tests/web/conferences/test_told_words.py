"""How far an invitation got, in words."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from sightline.web.presenters.conferences import told_words

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_of_somebody_kept_out_whose_letter_nobody_opened_no_empty_day_is_said() -> None:
    letter = SimpleNamespace(
        to_tell_again=False, came_back=True, told_at=None, invited_at=AT - timedelta(days=3), state="excluded"
    )
    said = told_words(letter, AT)  # type: ignore[arg-type]  # what of an invitee these words stand on
    assert "Written to 3 days ago" in said
    assert "Told" not in said
    assert "ring them" not in said
