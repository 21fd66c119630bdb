"""Whoever reads a protected address is asked once before words that tell it are saved; nothing is blocked."""

from typing import Any

from django.urls import reverse

from sightline.kernel.references import new_id
from tests.universe import Universe
from tests.web.access.test_protected_address import protect
from tests.web.casework.conftest import _on_this_machine, _signed_in

__all__ = ["_on_this_machine"]


def test_a_named_reader_is_asked_once_and_nobody_else_learns_that_they_hit_upon_it(two_families: Universe) -> None:
    rosie, helens = two_families.person("Rosie Penhallow"), two_families.who("helen").id
    protect(two_families, rosie, [helens])
    page = reverse("record-new", args=[rosie])

    def typed(**changes: Any) -> dict[str, Any]:
        return {
            "key": str(new_id()), "kind": "note", "people": [str(rosie)], f"seen-{rosie}": "not_tried",
            "text": "Met them at 88, qzhiding Ln.", "paragraphs": "0", "actions": "0", **changes,
        }  # fmt: skip

    jane, helen = _signed_in(two_families, "jane"), _signed_in(two_families, "helen")
    assert jane.post(page, typed()).status_code == 302, "she does not read where it is, and is told nothing"
    asked = helen.post(page, typed())
    said = asked.content.decode()
    assert asked.status_code == 200
    assert "This says where Rosie Penhallow is living, which is a protected address" in said
    assert "Met them at 88, qzhiding Ln." in said, "what was typed is kept"
    assert 'name="place_read" value="yes"' in said
    assert helen.post(page, typed(place_read="yes")).status_code == 302
    assert helen.post(page, typed(text="Met them in Tidewell.")).status_code == 302
