"""Answers to an authority's own questions, on the record, with the words of the version under which they were given."""

from collections.abc import Sequence
from uuid import UUID

from sightline.practice.answers import said
from sightline.practice.queries import get_packs
from sightline.record.models import Entry
from sightline.record.queries import EntryView
from sightline.web.presenters.assessment_history import pin_of


def own_answers(entries: Sequence[EntryView]) -> dict[UUID, list[dict[str, str]]]:
    """What each contact among these was answered besides, as rows of key and value. One query where there is any."""
    asked = {one.id: one for one in entries if one.kind == Entry.Kind.CONTACT and one.answers and one.form}
    if not asked:
        return {}
    packs = get_packs(pin_of(one.form) for one in asked.values())
    return {
        key: [{"key": each.question, "value": each.answer} for each in said(packs[pin].form("contact"), one.answers)]
        for key, one in asked.items()
        if (pin := pin_of(one.form)) in packs
    }
