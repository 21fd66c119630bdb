"""A form that is sent twice records once; typing is kept, and never overwritten by another window."""

import pytest

from sightline.doorway.acts import acting
from sightline.doorway.models import Draft
from sightline.doorway.operations import SentDifferently, discard_draft, first_time, save_draft, submit_once
from sightline.doorway.queries import get_draft, list_drafts
from sightline.kernel.errors import Stale
from sightline.kernel.references import new_id
from tests.journeys.world import BEGIN, World


def test_sending_twice_performs_once_and_answers_the_same(world: World) -> None:
    by, key, performed = world.actor("Dee Marlow"), new_id(), []

    def perform():
        performed.append(new_id())
        return performed[-1]

    def send():
        return submit_once(by=by, key=key, form="contact", body={"text": "A bruise"}, at=BEGIN, perform=perform)

    with acting(by.id):
        assert send() == send()
    assert len(performed) == 1


def test_the_same_key_with_other_words_is_refused(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()
    with acting(by.id):
        submit_once(by=by, key=key, form="contact", body={"text": "A"}, at=BEGIN, perform=new_id)
        with pytest.raises(SentDifferently, match="already sent"):
            submit_once(by=by, key=key, form="contact", body={"text": "B"}, at=BEGIN, perform=new_id)


def test_sending_takes_its_draft_away(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()
    with acting(by.id):
        save_draft(by=by, key=key, form="contact", body={"text": "A br"}, at=BEGIN)
        submit_once(by=by, key=key, form="contact", body={"text": "A bruise"}, at=BEGIN, perform=new_id)
        assert get_draft(by=by, key=key) is None


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()
    with acting(by.id):
        first = save_draft(by=by, key=key, form="note", body={"text": "One"}, at=BEGIN)
        save_draft(by=by, key=key, form="note", body={"text": "Two"}, at=BEGIN, version=first.version)
        with pytest.raises(Stale) as stale:
            save_draft(by=by, key=key, form="note", body={"text": "Three"}, at=BEGIN, version=first.version)
        assert ("Two" in stale.value.theirs, "Three" in stale.value.yours) == (True, True)
        assert [draft.body for draft in list_drafts(by=by)] == [{"text": "Two"}]


def test_a_draft_is_read_by_whoever_typed_it_and_by_nobody_else(world: World) -> None:
    by, key = world.actor("Dee Marlow"), new_id()
    with acting(by.id):
        save_draft(by=by, key=key, form="note", body={"text": "Half"}, at=BEGIN)
    for other in ("Mag Price", "Obi Watcher"):
        with acting(world.accounts[other]):
            assert not Draft.objects.exists()
    with acting(by.id):
        discard_draft(by=by, key=key)
        assert not Draft.objects.exists()


def test_a_jobs_effect_happens_once(world: World) -> None:
    with acting(world.admin.id):
        assert [first_time(key="mail:1", at=BEGIN), first_time(key="mail:1", at=BEGIN)] == [True, False]
