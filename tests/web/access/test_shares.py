"""A manager shares a few facts about children with an agency, for a purpose and a time; its people read those alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from sightline.access.operations import restrict
from sightline.audit.models import Event
from sightline.doorway.acts import acting, set_actor
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.partnership.shares import end_share, open_share, share_child
from sightline.partnership.shares_queries import list_shares
from tests.universe import Universe
from tests.web.casework.conftest import _on_this_machine, _signed_in

__all__ = ["_on_this_machine"]

FOR = "So that school rings us when she is not there."


def typed(told: Universe, **changes: Any) -> dict[str, Any]:
    day = local_day(told.at) + timedelta(days=30)
    given = {
        "agency": str(told.authority.agencies["osier-lane"]), "children": [str(told.person("Rosie Penhallow"))],
        "purpose": FOR, "tells_why": "yes", "until_on": f"{day:%d/%m/%Y}",
    }  # fmt: skip
    return {"key": str(new_id()), **given, **changes}


def test_a_partner_reads_who_the_child_is_why_and_whom_to_ring_and_no_more(
    two_families: Universe,
) -> None:
    rosie = two_families.person("Rosie Penhallow")
    gareth, jane, sarah = (_signed_in(two_families, key) for key in ("gareth", "jane", "sarah"))
    page, ours = reverse("share-new", args=[rosie]), reverse("shared-with-us")
    assert jane.post(page, typed(two_families)).status_code == 403
    unshared = sarah.get(ours).content.decode()
    assert "Nothing is shared with your agency" in unshared
    assert "ring the front door on 0" in unshared
    day = sarah.get("/my-day").content.decode()
    assert "ring the front door on 0" in day
    assert "own notes" in day
    assert "no casework access" not in day

    refused = gareth.post(page, typed(two_families, purpose="School")).content.decode()
    assert "in words that they may read" in refused
    assert 'value="School"' in refused
    assert gareth.post(page, typed(two_families)).url == reverse("shares")

    assert sarah.get("/").url == ours
    said = sarah.get(ours).content.decode()
    for words in ("Rosie Penhallow", FOR, "Jane Smith", "services since"):
        assert words in said
    assert "Jack" not in said
    set_actor(two_families.who("gareth").id)
    looked = Event.objects.filter(actor=two_families.who("sarah").id, what="share").get()
    assert (looked.because, looked.via) == ("share", "share")
    for name in ("person-timeline", "person-people", "person-assessment", "protected-address"):
        assert sarah.get(reverse(name, args=[rosie])).status_code in {403, 404}
    assert sarah.get(reverse("shares")).status_code == 403
    assert jane.get(ours).status_code == 403

    listed = gareth.get(reverse("shares")).content.decode()
    assert FOR in listed
    share = listed.split('name="end" value="')[1].split('"')[0]
    assert gareth.post(reverse("shares"), {"key": str(new_id()), "end": share}).status_code == 302
    assert "Rosie" not in sarah.get(ours).content.decode()


def test_what_cannot_be_shared_is_refused_in_a_sentence(two_families: Universe) -> None:
    by, at, rosie = two_families.who("gareth"), two_families.at, two_families.person("Rosie Penhallow")
    given: dict[str, Any] = {
        "agency": two_families.authority.agencies["osier-lane"], "purpose": FOR, "children": [rosie],
        "tells_why": False,
        "post": min(by.posts), "until_on": local_day(at) + timedelta(days=30), "at": at,
    }  # fmt: skip
    for wrong, words in (
        ({"until_on": local_day(at) - timedelta(days=1)}, "has passed"),
        ({"until_on": local_day(at) + timedelta(days=400)}, "a year at most"),
        ({"children": []}, "at least one"),
        ({"agency": new_id()}, "no such agency"),
    ):
        with pytest.raises((Refusal, NotFound), match=words):
            open_share(by=by, **(given | wrong))
    with pytest.raises(NotPermitted, match="manager"):
        open_share(by=two_families.who("jane"), **given)

    share, jack = open_share(by=by, **given), two_families.person("Jack Penhallow")
    share_child(by=by, share=share, child=jack, at=at)
    sarah = two_families.who("sarah")
    with acting(sarah.id):
        assert [set(one.children) for one in list_shares()] == [{rosie, jack}]
    # A restriction closes a child to the agency as to everybody else who is not named.
    with acting(by.id):
        restrict(person=jack, readers=[by.id], reviewer=min(by.posts), reason="Hidden", at=at)
    with acting(sarah.id):
        assert [one.children for one in list_shares()] == [(rosie,)]
    end_share(by=by, share=share, at=at)
    with acting(sarah.id):
        assert list_shares() == []
    with pytest.raises(NotFound, match="goes on"):
        end_share(by=by, share=share, at=at)
