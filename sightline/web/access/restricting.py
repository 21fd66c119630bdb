"""Who may read a record: closing it to named readers, and what its reviewer decides."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.reading_bars import BarView, get_bar, list_restrictions, list_reviewed
from sightline.access.standing_queries import standing_of
from sightline.doorway.acts import look
from sightline.doorway.roles import MANAGERS, RECORD_READERS
from sightline.journeys.restrict import change_readers, hand_review, restrict_record, review_restriction
from sightline.kernel.errors import NotFound, NotPermitted
from sightline.kernel.london import local_day
from sightline.people.queries import find_called
from sightline.record.queries import get_carriers
from sightline.web.access.restriction_forms import HandReviewForm, ReadersForm, RestrictForm, ReviewRestrictionForm
from sightline.web.access.sending import was_sent
from sightline.web.asked import key_of, now, who
from sightline.web.casework.opening import Opened, family_of, open_person, read_person, require_record
from sightline.web.casework.record import frame_of
from sightline.web.presenters import restrictions as said
from sightline.web.presenters.emergency import CLOSED_TO_YOU
from sightline.web.presenters.steps import shown_name
from sightline.workforce.models import Account, Post
from sightline.workforce.queries import (
    account_names,
    describe_posts,
    list_accounts,
    list_occupants,
    list_posts,
    posts_above,
    team_of,
)

Choices = list[tuple[str, str]]


def readers(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who may read this record: its restriction, and everybody who is named."""
    opened = require_record(open_person(request, person, "readers"))
    found = list_restrictions(person=person)
    names = account_names([one.account for each in found for one in each.readers])
    posts = describe_posts([each.reviewer for each in found])
    return render(request, "access/readers.html", frame_of(opened, "person-readers") | {
        "restrictions": [
            {
                "rows": said.restriction_rows(each, posts),
                "readers": said.reader_rows(each.readers, names),
                "bar": each.bar if get_bar(each.bar) else None,
            }
            for each in found
        ],
        "columns": said.READER_COLUMNS,
        "manages": opened.by.has_role(MANAGERS),
    })  # fmt: skip


def restrict(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close records of a family to named readers."""
    opened = _manager_reads(request, person)
    family = people_of(opened)
    form = _restrict_form(request, opened, family)
    if was_sent(request, form, "restrict", lambda: _restricted(form, opened), {"review_on": "review_on"}):
        messages.success(request, "Restricted. Only those named read it from now on, and its reviewer has been told.")
        return redirect("restrictions")
    reading_on = standing_of(people=[UUID(key) for key, _ in family]).emergencies
    names = account_names([one.account for one in reading_on])
    return render(request, "access/restrict.html", {
        "opened": opened, "name": shown_name(opened.header), "form": form, "key": key_of(request),
        "reading_on": said.reading_on_lines(reading_on, names, opened.at),
    })  # fmt: skip


def _manager_reads(request: HttpRequest, person: UUID) -> Opened:
    if not who(request).has_role(MANAGERS):
        raise NotPermitted("A manager decides who reads a record. Ask your team manager, and tell them why.")
    return require_record(read_person(request, person))


def people_of(opened: Opened) -> Choices:
    """Whoever was opened, and then the family, by name."""
    family = family_of(opened) if opened.readable else {}
    others = sorted((shown_name(one), str(key)) for key, one in family.items() if key != opened.person)
    return [(str(opened.person), shown_name(opened.header)), *((key, name) for name, key in others)]


def _restrict_form(request: HttpRequest, opened: Opened, people: Choices) -> RestrictForm:
    accounts = [one for one in list_accounts() if one.role in RECORD_READERS]
    near = _near(opened, [UUID(key) for key, _ in people])
    return RestrictForm(
        request.POST if request.method == "POST" else None,
        people=people,
        near=[(str(one.id), one.name) for one in accounts if one.id in near],
        others=account_choices([one for one in accounts if one.id not in near]),
        reviewers=_managers_posts(),
        today=local_day(opened.at),
    )


def _managers_posts() -> Choices:
    managers = [line.id for line in list_posts(kinds=[Post.Kind.MANAGER])]
    return sorted(((str(post), words) for post, words in describe_posts(managers).items()), key=lambda pair: pair[1])


def account_choices(accounts: Iterable[Account]) -> Choices:
    """Accounts by name."""
    return [(str(one.id), one.name) for one in accounts]


def _near(opened: Opened, family: list[UUID]) -> set[UUID]:
    """Whoever stands in the teams that carry this family, and in the posts above them; and whoever asks."""
    carriers = set(get_carriers(family).values())
    above = posts_above()
    near = {line.id for team in {team_of(post) for post in carriers} for line in list_posts(team=team)}
    edge = set(carriers)
    while edge:
        edge = {post for one in edge if (post := above.get(one))}
        near |= edge
    return {*list_occupants(near), opened.by.id}


def _restricted(form: RestrictForm, opened: Opened) -> UUID:
    given = form.cleaned_data
    for key in given["people"]:
        restrict_record(
            by=opened.by, person=UUID(key), readers=form.named(), reviewer=UUID(given["reviewer"]),
            reason=given["reason"], hidden=given["known"] == "hidden", review_on=given["review_on"], at=opened.at,
        )  # fmt: skip
    return opened.person


def restrictions(request: HttpRequest) -> HttpResponse:
    """What a manager reviews: restricted records by the day of their review, and conflicts of interest."""
    by, at = who(request), now()
    if not by.has_role(MANAGERS):
        raise NotPermitted("This is the managers' page. Your own work is under My day.")
    found = list_reviewed()
    people = {key: shown_name(one) for key, one in find_called(people=[one.person for one in found]).items()}
    names = account_names([one.against for one in found if one.against])
    return render(request, "access/restrictions.html", {
        "restricted": said.task_rows([one for one in found if not one.is_conflict], people, names, at),
        "conflicts": said.task_rows([one for one in found if one.is_conflict], people, names, at),
    })  # fmt: skip


def restriction(request: HttpRequest, bar: UUID) -> HttpResponse:
    """One restriction, for its reviewer: what it is, what was decided before, and whether it stays."""
    by, at = who(request), now()
    found = reviewed(bar, conflict=False)
    look(by=by, people=[found.person], what="restriction", at=at)
    form = ReviewRestrictionForm(request.POST if request.method == "POST" else None, today=local_day(at))
    if was_sent(request, form, "review_restriction", lambda: _reviewed(form, request, bar, at)):
        messages.success(request, "Recorded. It holds from now on.")
        return redirect("restrictions")
    return render(request, "access/restriction.html", described(found) | {"form": form, "key": key_of(request)})


def reviewed(bar: UUID, *, conflict: bool) -> BarView:
    """One that the reader reviews. Absent and another's are the same refusal."""
    found = get_bar(bar)
    if found is None or found.is_conflict is not conflict:
        raise NotFound("There is no such restriction or conflict among those that you review.")
    return found


def described(found: BarView) -> dict[str, object]:
    """What its reviewer is shown of one restriction or conflict."""
    named = [found.against, found.by, *(one.account for one in found.readers), *(one.by for one in found.reviews)]
    names = account_names([one for one in named if one])
    called = find_called(people=[found.person]).get(found.person)
    return {
        "bar": found.id,
        "rows": said.bar_rows(
            found, names, describe_posts([found.reviewer]), shown_name(called) if called else CLOSED_TO_YOU
        ),
        "columns": said.READER_COLUMNS,
        "readers": said.reader_rows(found.readers, names),
        "reviews": said.review_rows(found, names),
    }


def _reviewed(form: ReviewRestrictionForm, request: HttpRequest, bar: UUID, at: datetime) -> UUID:
    given = form.cleaned_data
    review_restriction(
        by=who(request), bar=bar, keep=given["decision"] == "keep", words=given["words"], next_on=given["next_on"],
        hidden=given["known"] != "known", at=at,
    )  # fmt: skip
    return bar


def change(request: HttpRequest, bar: UUID) -> HttpResponse:
    """Who is named from now on, and who no longer."""
    by, at = who(request), now()
    found = reviewed(bar, conflict=False)
    look(by=by, people=[found.person], what="restriction", at=at)
    listed = {one.account for one in found.readers}
    names = account_names(listed)
    form = ReadersForm(
        request.POST if request.method == "POST" else None,
        listed=sorted(((str(one), names.get(one, said.SOMEBODY)) for one in listed), key=lambda pair: pair[1]),
        others=account_choices(one for one in list_accounts() if one.role in RECORD_READERS and one.id not in listed),
    )
    if was_sent(request, form, "change_readers", lambda: _changed(form, request, bar, at)):
        messages.success(request, "Changed. It holds from the next page that they open.")
        return redirect("restriction", bar=bar)
    return render(request, "access/restriction-readers.html", described(found) | {"form": form, "key": key_of(request)})


def _changed(form: ReadersForm, request: HttpRequest, bar: UUID, at: datetime) -> UUID:
    given = form.cleaned_data
    add = [UUID(given["add"])] if given["add"] else []
    end = [UUID(one) for one in given["end"]]
    change_readers(by=who(request), bar=bar, add=add, end=end, reason=given["reason"], at=at)
    return bar


def hand(request: HttpRequest, bar: UUID) -> HttpResponse:
    """Which manager's post looks at it again from now on."""
    by, at = who(request), now()
    found = reviewed(bar, conflict=False)
    look(by=by, people=[found.person], what="restriction", at=at)
    others = [one for one in _managers_posts() if one[0] != str(found.reviewer)]
    form = HandReviewForm(request.POST if request.method == "POST" else None, reviewers=others)
    if was_sent(request, form, "hand_review", lambda: _handed(form, request, bar, at)):
        messages.success(request, "Handed over. That post has been told, and looks at it by the day that stood.")
        return redirect("restrictions")
    return render(
        request, "access/restriction-reviewer.html", described(found) | {"form": form, "key": key_of(request)}
    )


def _handed(form: HandReviewForm, request: HttpRequest, bar: UUID, at: datetime) -> UUID:
    given = form.cleaned_data
    hand_review(by=who(request), bar=bar, post=UUID(given["reviewer"]), words=given["words"], at=at)
    return bar
