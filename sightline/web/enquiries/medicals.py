"""Medical examinations: asked for, and what they found, or why there was none."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sightline.doorway.acts import look
from sightline.enquiries.operations import ask_for_medical, medical_not_held, record_medical
from sightline.enquiries.queries import get_medical
from sightline.kernel.london import local_day
from sightline.web.asked import key_in
from sightline.web.casework.opening import Opened
from sightline.web.enquiries.opening import LOOKED_AT, open_to_write, open_together, refuse_unless_records
from sightline.web.enquiries.sheet import OneForm, keep_files
from sightline.web.enquiries.step_forms import NOT_HELD, AskMedicalForm, RecordMedicalForm
from sightline.web.plans.choosing import post_choices
from sightline.web.plans.desk import Desk, answer
from sightline.web.presenters.protection import asked_for

ASK = {
    "title": "Ask for a medical examination",
    "lead": "Whoever waits for it is reminded until somebody records what was found, or why there was none.",
    "button": "Ask for it",
}
RECORD = {"title": "Record a medical examination", "button": "Record it"}


def medical_ask(request: HttpRequest, person: UUID) -> HttpResponse:
    """Asking for one."""
    opened = open_to_write(request, person)
    look(by=opened.by, people=[person], what=LOOKED_AT, at=opened.at)
    posts = post_choices(opened.by)

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        return OneForm(AskMedicalForm, typed, bound=bound, at=opened.at, posts=posts)

    def perform(sheet: OneForm) -> UUID:
        post = key_in(sheet.given["post"])
        step: UUID = ask_for_medical(
            by=opened.by, child=person, asked_of=sheet.given["asked_of"], post=post, at=opened.at
        )
        return step

    return answer(
        request,
        Desk(
            opened=opened,
            name="medical-ask",
            template="enquiries/plain.html",
            make=make,
            perform=perform,
            done=lambda _sheet: _done(request, opened, "The examination is asked for."),
            back=reverse("person-protection", args=[person]),
            context={"asks": ASK},
        ),
    )


def medical_record(request: HttpRequest, step: UUID) -> HttpResponse:
    """What it found, or why there was none."""
    medical = get_medical(step)
    opened = open_together(request, [medical.child]).opened
    refuse_unless_records(opened)

    def make(typed: QueryDict | None, *, bound: bool) -> OneForm:
        today = local_day(opened.at)
        return OneForm(RecordMedicalForm, typed, request.FILES, bound=bound, at=opened.at, today=today)

    return answer(
        request,
        Desk(
            opened=opened,
            name="medical-record",
            template="enquiries/plain.html",
            make=make,
            perform=lambda sheet: _record(opened, step, sheet),
            done=lambda _sheet: _done(request, opened, "It is on the child's record."),
            beside=step,
            back=reverse("person-protection", args=[opened.person]),
            context={"asks": RECORD | {"lead": f"{asked_for(medical)}."}},
            fields={"name": "documents", "content": "documents"},
        ),
    )


def _record(opened: Opened, step: UUID, sheet: OneForm) -> UUID:
    given = sheet.given
    if given["went"] == NOT_HELD:
        return medical_not_held(by=opened.by, medical=step, because=given["because"], at=opened.at)
    documents = keep_files(given["documents"], [opened.person], by=opened.by, at=opened.at)
    return record_medical(
        by=opened.by,
        medical=step,
        held_at=given["held_at"],
        examiner=given["examiner"],
        words=given["words"],
        documents=documents,
        at=opened.at,
    )


def _done(request: HttpRequest, opened: Opened, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("person-protection", person=opened.person)
