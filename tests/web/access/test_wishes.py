"""Who a child said may read what they told: asked on a visit's page, kept, and set aside with a reason."""

from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from sightline.access.operations import give_sight
from sightline.doorway.acts import acting
from sightline.kernel.references import new_id
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in
from tests.web.visits.conftest import of_child, the_visit

__all__ = ["_on_this_machine"]

TOLD = "I told only you about the lodger."


def visit(rosie: UUID, **changed: Any) -> dict[str, Any]:
    row = of_child(rosie, "seen_alone", words=TOLD) | {f"c-{rosie}-{name}": value for name, value in changed.items()}
    return the_visit() | row | {"key": str(new_id())}


def timeline(client: Client, rosie: UUID) -> str:
    return client.get(reverse("person-timeline", args=[rosie])).content.decode()


def test_what_a_child_told_is_kept_to_whom_they_named_until_somebody_would_be_in_danger(two_families: Universe) -> None:
    rosie, gareths = two_families.person("Rosie Penhallow"), two_families.post("manager-family-support-2")
    jane, gareth = _signed_in(two_families, "jane"), _signed_in(two_families, "gareth")
    with acting(two_families.authority.administrator):
        give_sight(
            people=[rosie], reader=two_families.who("aoife").id, because="test", because_of=None, at=two_families.at
        )
    aoife = _signed_in(two_families, "aoife")

    page = reverse("visit-record", args=[rosie])
    refused = jane.post(page, visit(rosie, words="", kept_to=[str(gareths)])).content.decode()
    assert "which only those named may read" in refused
    assert f'value="{gareths}" checked' in refused, "what was ticked is kept"
    assert jane.post(page, visit(rosie, kept_to=[str(gareths)])).status_code == 302
    assert "Tell Rosie Penhallow that it must be shown" in jane.get(page).content.decode()

    for reader, reads in ((jane, True), (gareth, True), (aoife, False)):
        said = timeline(reader, rosie)
        assert "The kitchen was warm" in said
        assert (TOLD in said, "wished only some to read this" in said) == (reads, reads)

    aside = next(line for line in timeline(jane, rosie).split('"') if "/wish/" in line)
    assert aoife.get(aside).status_code == 404
    assert "Say who would be in danger" in jane.post(aside, {"key": str(new_id()), "told": "yes"}).content.decode()
    sent = jane.post(aside, {"key": str(new_id()), "told": "yes", "reason": "The lodger is alone with Jack tonight."})
    assert sent.status_code == 302
    assert TOLD in timeline(aoife, rosie)
    assert "The lodger is alone with Jack tonight." in timeline(aoife, rosie)
    assert jane.get(aside).status_code == 404
