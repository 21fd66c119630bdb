"""A manager's week: what stands out among the views of those below, and what they found out about it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.queries import may_see_of
from sightline.access.rules import Section
from sightline.audit.models import Answered
from sightline.audit.rules import Signal
from sightline.journeys.weeks_views import WEEK, Standing, WorkerWeek, accounts_below, answer_view, list_week, monday_of
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.references import new_id
from sightline.web.asked import key_in, now, send_once, who
from sightline.web.plans.forms import long_text, offer, one_of
from sightline.web.presenters import weeks_views as said
from sightline.web.refused_form import refuse
from sightline.workforce.queries import account_names

NO_WEEK = "The week in the address cannot be read. Choose the week again on the list."
NO_LINE = "There is no such line among the views that you answer for."


class AnswerForm(forms.Form):
    """What a manager found out about one line. Nothing is chosen beforehand."""

    finding = one_of("What did you find out?", required="Say what you found out.")
    words = long_text("What was said, and what have you agreed?", "Leave it empty if it was part of the work.",
                      short=True)  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        offer(self, "finding", Answered.Finding.choices)


def week_page(request: HttpRequest) -> HttpResponse:
    """Who below the reader viewed something that stands out, in one week."""
    by, at = who(request), now()
    week = _week(request, local_day(at))
    weeks = list_week(by=by, week=week, at=at)
    context = {
        "rows": said.worker_rows(weeks, week), "week": said.week_words(week),
        **said.week_links(week, local_day(at), reverse("team-viewing")),
    }  # fmt: skip
    return render(request, "access/week.html", context)


def worker_page(request: HttpRequest, account: UUID) -> HttpResponse:
    """One worker's week, each line with what was found out or the form for it."""
    by, at = who(request), now()
    week = _week(request, local_day(at))
    found = next((one for one in list_week(by=by, week=week, at=at) if one.account == account), None)
    if found is None and account not in accounts_below():
        raise NotFound(NO_LINE)
    found = found or WorkerWeek(account, account_names([account])[account], ())
    answered = _answered(request, found, week) if request.method == "POST" else None
    if isinstance(answered, HttpResponse):
        return answered
    people = [line.person for line in found.lines if line.person]
    known = may_see_of(people=people, section=Section.IDENTITY)
    names = account_names(line.answer.by for line in found.lines if line.answer)
    context = {
        "name": found.name, "week": said.week_words(week), "monday": str(week), "page_errors": answered is not None,
        "lines": [
            said.line_facts(line, names, known) | {"line": line, "key": new_id(), "form": _form(line, number, answered)}
            for number, line in enumerate(found.lines)
        ],
        "back_url": f"{reverse('team-viewing')}?week={week}", "wrong": answered[1] if answered else None,
    }  # fmt: skip
    return render(request, "access/week-of-worker.html", context)


Sent = tuple[Standing, AnswerForm]


def _answered(request: HttpRequest, found: WorkerWeek, week: date) -> HttpResponse | Sent:
    """What was sent, done; or the line and its form again, with all that was typed."""
    person = key_in(request.POST.get("person", ""))
    line = next(
        (each for each in found.lines if (str(each.signal), each.person) == (request.POST.get("signal"), person)), None
    )
    if line is None:
        raise NotFound(NO_LINE)
    form = AnswerForm(request.POST, auto_id=_ids(found.lines.index(line)))
    if not form.is_valid():
        return line, form
    try:
        send_once(request, "answer-view", lambda: _answer(request, line, week, form.cleaned_data), at=now())
    except (NotPermitted, NotFound):
        raise
    except Refusal as refused:
        refuse(form, refused)
        return line, form
    messages.success(request, "Kept with that week.")
    return redirect(f"{reverse('team-viewing-worker', args=[found.account])}?week={week}")


def _answer(request: HttpRequest, line: Standing, week: date, given: dict[str, str]) -> UUID:
    return answer_view(
        by=who(request), account=line.account, person=line.person, week=week, signal=Signal(line.signal),
        finding=Answered.Finding(given["finding"]), words=given["words"], at=now(),
    )  # fmt: skip


def _form(line: Standing, number: int, answered: Sent | None) -> AnswerForm:
    if answered is not None and answered[0] is line:
        return answered[1]
    return AnswerForm(auto_id=_ids(number))


def _ids(number: int) -> str:
    return f"line-{number}-%s"


def _week(request: HttpRequest, today: date) -> date:
    """The week that was asked for; else the last that is over."""
    given = request.GET.get("week", "") or request.POST.get("week", "")
    if not given:
        return monday_of(today) - WEEK
    try:
        week = monday_of(date.fromisoformat(given))
    except (ValueError, OverflowError) as wrong:
        raise Refusal(NO_WEEK) from wrong
    if week > today or week.year < 2000:
        raise Refusal(NO_WEEK)
    return week
