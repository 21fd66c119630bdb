"""Comparing two records that may be of one person, saying that they are, and saying that they are not after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.queries import may_see_of
from sightline.access.reading_bars import list_restrictions
from sightline.access.standing_queries import list_same
from sightline.doorway.acts import look
from sightline.journeys.merge import NOT_HERE, refuse_unless_may_decide, say_same_person, say_two_people
from sightline.kernel.errors import NotFound, NotPermitted, Refusal
from sightline.people.queries import Match, PersonName, get_names, list_relationships, search_people
from sightline.record.queries import get_carriers
from sightline.web.access.emergency import sent
from sightline.web.access.merging_forms import FindForm, SameForm, TwoForm
from sightline.web.asked import key_of
from sightline.web.casework.opening import Opened, open_person, read_person, require_record
from sightline.web.casework.reading import addresses_of
from sightline.web.presenters import same_person as said
from sightline.web.presenters.found_apart import because_words
from sightline.web.presenters.matches import identity_words
from sightline.web.presenters.steps import shown_name
from sightline.workforce.queries import account_names, describe_posts

SAME, TWO = "same-compare", "same-end"


def search(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who may be the same person. Only records that the reader works with can be put side by side."""
    opened = require_record(open_person(request, person, "same_person"))
    refuse_unless_may_decide(opened.by, [person])
    asked = request.method == "POST"
    form = FindForm(request.POST) if asked else FindForm(initial={"words": ""})
    words = form.cleaned_data["words"] if asked and form.is_valid() else "" if asked else _own_words(opened)
    context: dict[str, object] = {"opened": opened, "name": shown_name(opened.header), "form": form, "asked": asked}
    if words:
        try:
            context |= _found(opened, search_people(by=opened.by, text=words, at=opened.at))
        except NotPermitted:
            raise
        except Refusal as refused:
            form.add_error("words", refused.message)
    return render(request, "access/same-search.html", context)


def _own_words(opened: Opened) -> str:
    """What the record itself says of them: the likeliest second record is found without typing."""
    born = opened.header.birth_date
    return " ".join(part for part in (shown_name(opened.header), born.isoformat() if born else "") if part)


def _found(opened: Opened, matches: list[Match]) -> dict[str, object]:
    others = [one for one in matches if one.person not in opened.keys and one.kind == opened.header.kind]
    mine = may_see_of(people=[one.person for one in others])
    return {
        "matches": [
            {
                "name": one.known_as or one.name,
                "identity": identity_words(one, opened.at),
                "because": because_words(one),
                "url": reverse(SAME, args=[opened.person, one.person]),
            }
            for one in others
            if one.person in mine
        ],
        "elsewhere": any(one.person not in mine for one in others),
    }


def compare(request: HttpRequest, person: UUID, other: UUID) -> HttpResponse:
    """Two records side by side; whoever decides it says under which of them both go on."""
    opened = require_record(open_person(request, person, "same_person"))
    second = require_record(read_person(request, other))
    refuse_unless_may_decide(opened.by, [person, other])
    look(by=opened.by, people=[other], what="same_person", at=opened.at)
    names = said.titles(opened.header, second.header)
    records = list(zip((str(person), str(other)), names, strict=True))
    form = SameForm(request.POST if request.method == "POST" else None, records=records)
    key, given = key_of(request), form.cleaned_data if form.is_valid() else {}

    def perform() -> UUID:
        goes_on = UUID(given["goes_on"])
        apart = other if goes_on == person else person
        return say_same_person(by=opened.by, person=apart, same_as=goes_on, reason=given["reason"], at=opened.at)

    if sent(request, form, SAME, perform):
        messages.success(request, "Linked. Whoever carries either of them has been told.")
        return redirect("person", person=given["goes_on"])
    context = {
        "form": form, "key": key, "columns": ["What is known", *names], "back": reverse("same-search", args=[person]),
        "rows": said.line_by_line(_side(opened), _side(second)), "closing": _closing(opened, second),
    }  # fmt: skip
    return render(request, "access/same-compare.html", context)


def _side(opened: Opened) -> list[tuple[str, str]]:
    ties = list_relationships(person=opened.person)
    headers = get_names(people=[one.other for one in ties])
    carrier = get_carriers([opened.person]).get(opened.person)
    return said.side(
        opened.header,
        opened.today,
        addresses=addresses_of(opened),
        family=said.relation_words(ties, headers),
        carried=describe_posts([carrier]).get(carrier, "") if carrier else "",
        reads=_readers(opened.person),
    )


def _readers(person: UUID) -> str:
    """Of a restricted record who reads it, by name: whoever decides reads it too, and so may know."""
    bars = list_restrictions(person=person)
    if not bars:
        return "Those who work with them, and the managers above"
    names = account_names(sorted({one.account for bar in bars for one in bar.readers}))
    return f"Restricted to {', '.join(sorted(names.values()))}"


def _closing(one: Opened, other: Opened) -> str:
    """What linking closes to whom, said before it is done."""
    closed = [bool(list_restrictions(person=side.person)) for side in (one, other)]
    if closed[0] == closed[1]:
        return ""
    return (
        "One of these records is restricted. Once they are linked, both are: whoever reads the other one now, and is "
        "not named above, reads neither."
    )


def end(request: HttpRequest, person: UUID, link: UUID) -> HttpResponse:
    """They are two people after all."""
    opened = require_record(open_person(request, person, "same_person"))
    found = next((one for one in list_same(person=person) if one.id == link), None)
    if found is None:
        raise NotFound(NOT_HERE)
    refuse_unless_may_decide(opened.by, [found.person, found.same_as])
    form, key = TwoForm(request.POST if request.method == "POST" else None), key_of(request)
    given = form.cleaned_data if form.is_valid() else {}
    if sent(
        request,
        form,
        TWO,
        lambda: say_two_people(by=opened.by, person=person, link=link, at=opened.at, **given),
    ):
        messages.success(request, "They are two people again. Whoever carries either of them has been told.")
        return redirect("person", person=person)
    names = [shown_name(one) for one in _both(found.person, found.same_as).values()]
    return render(request, "access/same-end.html", {"form": form, "key": key, "opened": opened, "names": names})


def _both(person: UUID, same_as: UUID) -> dict[UUID, PersonName]:
    return get_names(people=[person, same_as])
