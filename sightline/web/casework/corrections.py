"""How an entry leaves a record: corrected, with both versions shown, or taken off, with a mark."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.queries import may_see
from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import look, set_actor
from sightline.doorway.queries import get_draft
from sightline.front_door.permissions import FRONT_DOOR_KINDS
from sightline.front_door.taking_off import take_off_record
from sightline.kernel.errors import NotFound, NotPermitted, Refusal, Stale
from sightline.record.operations import correct_entry
from sightline.record.queries import EntryView, get_carriers, get_entry, get_standing
from sightline.record.rules import Words
from sightline.web import drafts
from sightline.web.asked import key_of, now, send_once, who
from sightline.web.casework.forms import CorrectForm, WithdrawForm, WordsForm
from sightline.web.casework.opening import Opened, read_person, require_record
from sightline.web.casework.reading import timeline_facts
from sightline.web.presenters import timeline as rows
from sightline.web.presenters.steps import shown_name
from sightline.web.presenters.words import clock_time, full_moment
from sightline.web.refused import stale_context
from sightline.web.refused_form import refuse
from sightline.web.visits.correcting import Facts, facts_of
from sightline.workforce.queries import account_names, list_occupants, list_team_members, posts_above, team_of


def _open(
    request: HttpRequest, person: UUID, entry: UUID, kinds: Collection[str] = rows.CORRECTABLE
) -> tuple[Opened, EntryView]:
    """The entry, on this person's record and no other."""
    opened = require_record(read_person(request, person))
    found = get_entry(entry)
    if person not in {one.person for one in found.subjects} or found.kind not in kinds:
        raise NotFound("There is no such entry on a record that you work with.")
    look(by=opened.by, people=[person], what="entry", at=opened.at)
    return opened, found


def correct(request: HttpRequest, person: UUID, entry: UUID) -> HttpResponse:
    """Replace the words of an entry by better ones, and of a visit also how it went and when, with the reason."""
    opened, found = _open(request, person, entry)
    key = key_of(request, begun=request.GET.get("draft"))
    if request.method != "POST":
        return _show_correction(request, opened, found, key, _typed(opened, key), bound=False)
    reason, texts = _forms(found, request.POST, bound=True)
    facts = facts_of(found, request.POST, today=opened.today, bound=True)
    if _all_valid(reason, texts, facts):
        try:
            send_once(
                request, "correction", lambda: correct_entry(
                    by=opened.by, entry=entry, words=_words(found, texts), seen=facts.seen, occurred=facts.occurred(),
                    reason=reason.cleaned_data["reason"], at=opened.at,
                ),
                at=opened.at,
            )  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Stale as stale:
            # The words go on from here, over the version that came first.
            drafts.keep(request, key, form="correction", about=person)
            return _show_correction(request, opened, found, key, request.POST, bound=True, stale=stale)
        except Refusal as refused:
            about_when = facts.moment is not None and refused.field == "occurred"
            refuse(facts.moment if facts.moment and about_when else reason, refused, {"occurred": "when"})
        else:
            messages.success(request, "Corrected. Both versions are on the record.")
            return redirect(reverse("person-timeline", args=[person]) + f"#entry-{found.root}")
    drafts.keep(request, key, form="correction", about=person)
    return _show_correction(request, opened, found, key, request.POST, bound=True, made=(reason, texts, facts))


def _all_valid(reason: CorrectForm, texts: Sequence[WordsForm], facts: Facts) -> bool:
    """Judges every part, so that all that is wrong is said at once."""
    every = [reason, *texts, *facts.all_forms]
    judged = [form.is_valid() for form in every]
    if all(judged):
        facts.refuse_words_of_before(texts)
    return all(form.is_valid() for form in every)


def _typed(opened: Opened, key: UUID) -> QueryDict | None:
    draft = get_draft(by=opened.by, key=key)
    return drafts.typed(draft.body) if draft else None


def _forms(found: EntryView, data: QueryDict | None, *, bound: bool) -> tuple[CorrectForm, list[WordsForm]]:
    sent = data if bound else None
    reason = CorrectForm(sent)
    texts = [
        WordsForm(sent, prefix=f"w{number}", initial={"text": passage.text})
        for number, passage in enumerate(found.paragraphs)
    ]
    if data is not None and not bound:
        for form in (reason, *texts):
            drafts.fill(form, data)
    return reason, texts


def _words(found: EntryView, texts: Sequence[WordsForm]) -> list[Words]:
    return [
        Words(
            text=form.cleaned_data["text"],
            about=passage.about,
            heading=passage.heading,
            section=Section(passage.section),
            told_by=passage.told_by,
            handling=passage.handling,
            kept_to=() if passage.overruled else passage.kept_to,
        )
        for passage, form in zip(found.paragraphs, texts, strict=True)
    ]


def _show_correction(
    request: HttpRequest,
    opened: Opened,
    found: EntryView,
    key: UUID,
    data: QueryDict | None,
    *,
    bound: bool,
    stale: Stale | None = None,
    made: tuple[CorrectForm, list[WordsForm], Facts] | None = None,
) -> HttpResponse:
    newer = get_standing(found.root) if stale else None
    reason, texts, visit = made or (
        *_forms(found, data, bound=bound), facts_of(newer or found, data, today=opened.today, bound=bound)
    )  # fmt: skip
    facts = timeline_facts(opened, [found])
    draft = get_draft(by=opened.by, key=key)
    context: dict[str, Any] = {
        "opened": opened,
        "name": shown_name(opened.header),
        "entry": found,
        "row": rows.entry_row(found, facts),
        "form": reason,
        "texts": list(zip([rows.passage_row(one, found, facts) for one in found.paragraphs], texts, strict=True)),
        "visit": visit,
        "went": list(visit.children.values()),
        "all_forms": [*visit.all_forms, *texts, reason],
        "key": key,
        "saved_at": clock_time(draft.saved_at) if draft else "",
        "unfinished": None
        if bound or draft
        else drafts.offered(opened.by, form="correction", about=opened.person, entry=found.id),
    }
    if stale is not None:
        context |= {"stale": True} | _over_the_newer(opened, found, stale, newer)
    return render(request, "casework/correct.html", context, status=409 if stale else 200)


def _over_the_newer(opened: Opened, found: EntryView, stale: Stale, newer: EntryView | None) -> dict[str, object]:
    """Both texts, who saved the other, and where these words can be saved over it."""
    if newer is None:
        return stale_context(stale)
    context = stale_context(stale, who=account_names([newer.author]).get(newer.author, "somebody else"))
    context["theirs"] = cast("dict[str, object]", context["theirs"]) | {"when": full_moment(newer.recorded_at)}
    # Where the newer version has other paragraphs, these words have no place of their own in it.
    if len(newer.paragraphs) == len(found.paragraphs):
        context["action"] = reverse("entry-correct", args=[opened.person, newer.id])
    return context


def readers_for(opened: Opened) -> list[tuple[str, str]]:
    """Who can keep an original: the worker, their line and the team that works here, so far as each may read it.

    The row policies give the original to its reader only while they may read the record, so the rule is asked as each.
    """
    post = get_carriers([opened.person]).get(opened.person)
    above, line = posts_above(), {*opened.by.posts, *([post] if post else [])}
    while higher := {found for one in line if (found := above.get(one))} - line:
        line |= higher
    people = list_occupants(line) | {opened.by.id: opened.by.name}
    if post:
        people |= {one.account: one.name for one in list_team_members(team=team_of(post), at=opened.at)}
    return sorted(
        ((str(one), people[one]) for one in those_who_may_see(people, person=opened.person, by=opened.by)),
        key=lambda pair: pair[1],
    )


def those_who_may_see(accounts: Iterable[UUID], *, person: UUID, by: Actor) -> list[UUID]:
    """Of these accounts, those that may read somebody's record now. The request goes on as `by`."""
    found = []
    for account in accounts:
        set_actor(account)
        if may_see(person=person):
            found.append(account)
    set_actor(by.id)
    return found


def withdraw(request: HttpRequest, person: UUID, entry: UUID) -> HttpResponse:
    """Take text off a record that it should never have been on."""
    opened, found = _open(request, person, entry, rows.CORRECTABLE | FRONT_DOOR_KINDS)
    key = key_of(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None, readers=readers_for(opened))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            send_once(
                request, "withdrawal", lambda: take_off_record(
                    by=opened.by, entry=entry, person=person, reason=given["reason"],
                    reader=UUID(given["reader"]), at=opened.at,
                ),
                at=opened.at,
            )  # fmt: skip
        except (NotPermitted, NotFound):
            raise
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "Taken off this record. A mark stays where it was.")
            # An adult who was read because of that entry alone is not read any more.
            return redirect("person-timeline", person=person) if may_see(person=person) else redirect("home")
    row = rows.entry_row(found, timeline_facts(opened, [found]))
    context = {"opened": opened, "name": shown_name(opened.header), "row": row, "form": form, "key": key}
    return render(request, "casework/withdraw.html", context)


def original(request: HttpRequest, person: UUID, entry: UUID) -> HttpResponse:
    """Text that was withdrawn, for its one named reader."""
    opened = require_record(read_person(request, person))
    found = get_entry(entry)
    look(by=who(request), people=[person], what="original", at=now())
    row = rows.entry_row(found, timeline_facts(opened, [found]))
    return render(request, "casework/original.html", {"opened": opened, "name": shown_name(opened.header), "row": row})
