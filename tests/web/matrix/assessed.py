"""Assessments in the matrix's world: one that was signed, and one that is with a manager, with words of their own."""

from datetime import datetime
from uuid import UUID

from sightline.assessments.family import write_version_for
from sightline.assessments.operations import record_conclusion, write_part
from sightline.assessments.queries import get_document, list_evidence
from sightline.commands.demonstration.telling import Telling
from sightline.doorway.actor import Actor
from sightline.doorway.acts import acting
from sightline.journeys.ask_evidence import ask_for_evidence
from sightline.journeys.assess import begin_assessment, send_to_manager, sign_off
from sightline.kernel.london import local_day

NO_MANAGER_HERE = "front-door-manager"
"""A manager's post in which no persona stands, so that each of them can send an assessment to it."""


def assess(story: Telling, child: UUID, *, at: datetime) -> dict[str, UUID | str]:
    """What stands in the addresses of the pages, by kind."""
    worker = story.who("jane")
    with acting(worker.id):
        entry = _signed(story, child, worker, at=at)
        document = begin_assessment(by=worker, children=[child], why="It is time again.", at=at)
        current = _round(document)
        ask_for_evidence(
            by=worker, round=current, agency_post=story.authority.mailboxes["police-hub"], name="PC Lane",
            question="What is known of qzownassessed?", at=at,
        )  # fmt: skip
        asked = list_evidence(current)[0].id
        send_to_manager(by=worker, round=current, to_post=story.post(NO_MANAGER_HERE), at=at)
        conclusion = record_conclusion(
            by=worker, children=[child], adult=None, words="qzownconcluded", basis="What was seen.",
            concluded_on=local_day(at), at=at,
        )  # fmt: skip
    return {
        "assessment": document, "signed": entry, "asked": asked, "conclusion": conclusion, "section": "why",
        "section_of_child": "child", "part": "what_we_think", "part_of_child": "childs_day",
    }  # fmt: skip


def _signed(story: Telling, child: UUID, worker: Actor, *, at: datetime) -> UUID:
    document = begin_assessment(by=worker, children=[child], why="A worry.", at=at)
    for key, text, about in (
        ("what_we_think", "qzownassessed", None),
        ("childs_day", "qzownassessed too", child),
        ("wishes", "qzownwish", child),
    ):
        write_part(by=worker, assessment=document, key=key, child=about, text=text, base=0, at=at)
    current = _round(document)
    send_to_manager(by=worker, round=current, to_post=story.post("service-manager"), at=at)
    with acting(story.who("gareth").id):
        entry = sign_off(by=story.who("gareth"), round=current, outcome="plan_goes_on", at=at)
    assert entry is not None
    with acting(worker.id):
        write_version_for(by=worker, entry=entry, recipient=child, text="qzowngiven", base=0, at=at)
    return entry


def _round(document: UUID) -> UUID:
    found = get_document(document).round
    assert found is not None
    return found.id
