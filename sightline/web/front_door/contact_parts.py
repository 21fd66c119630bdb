"""The contact page as it stands at one moment: its forms, who was found, what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict

from sightline.doorway.actor import Actor
from sightline.front_door.permissions import may_decide
from sightline.journeys.known import carriers_of
from sightline.journeys.take_contact import look_before_recording
from sightline.kernel.errors import Stale
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.partnership.queries import list_agency_posts
from sightline.people.queries import Match, search_people
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.web.front_door import typed
from sightline.web.front_door.already import Already, read_already, responsible_for
from sightline.web.front_door.asking import offer, unjudged
from sightline.web.front_door.contact_form import ContactForm, HolderForm, InjuryForm, PersonForm
from sightline.web.front_door.local_questions import LocalForm
from sightline.web.presenters.front_door_found import Found, present_found
from sightline.web.presenters.front_door_known import Known, present_known
from sightline.workforce.queries import describe_posts, who_to_ring_of

UNNAMED = "a parent not yet named"


@dataclass
class ContactPage:
    """Everything that the page shows. `found` is None until somebody has searched."""

    key: UUID
    data: QueryDict
    pack: Pack
    posts: Mapping[UUID, AgencyPost]
    form: ContactForm
    people: list[PersonForm]
    holders: list[HolderForm]
    injuries: list[InjuryForm]
    own: LocalForm
    already: Already
    known: Known | None
    may_decide: bool
    found: Found | None = None
    focus: str = ""
    stale: Stale | None = None
    saved_at: datetime | None = None
    files: list[dict[str, str]] = field(default_factory=list)

    @property
    def forms(self) -> list[ContactForm | PersonForm | HolderForm | InjuryForm | LocalForm]:
        """In the order of the page, for the summary of what is wrong."""
        return [*self.people, self.form, *self.holders, *self.injuries, self.own]

    @property
    def children(self) -> list[PersonForm]:
        """The rows of children."""
        return [one for one in self.people if one.part == "child"]

    @property
    def opens_teller(self) -> bool:
        """Whether the folded part about who told us has something in it, or something wrong."""
        folded = ("capacity", "who_safe", "channel", "received")
        return any(self.data.get(name) or name in self.form.errors for name in folded)

    @property
    def asks_history(self) -> bool:
        """Whether there is a history to say something of, or something was said of it."""
        return self.known is not None or bool(self.data.get("history_bears"))

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong."""
        return any(one.errors for one in self.forms)


def build_page(*, by: Actor, key: UUID, data: QueryDict, at: datetime) -> ContactPage:
    """The page with what was typed. Looking at what is known is recorded before it is shown."""
    pack, today = current_pack(at), local_day(at)
    posts = {post.id: post for post in list_agency_posts()}
    people = [PersonForm(data, today=today, prefix=f"p{n}") for n in typed.rows(data, typed.PEOPLE)]
    found = [one.person for one in people if one.is_known]
    if found:
        look_before_recording(by=by, draft=key, people=found, at=at)
    already = read_already(found, pack=pack, at=at)
    known = present_known(already, pack=pack, posts=posts, at=at) if found else None
    _name_people(people, already, today)
    children = [(str(one.person), one.title) for one in people if one.part == "child"]
    for one in people:
        offer(one, "tied", [child for child in children if child[0] != str(one.person)])
    form = ContactForm(data, pack=pack, posts=posts.values(), earlier=list(known.earlier) if known else [])
    page = ContactPage(
        key=key,
        data=data,
        pack=pack,
        posts=posts,
        form=form,
        people=people,
        holders=_holders(data, people, already),
        injuries=[
            InjuryForm(data, children=children, prefix=f"i{n}", row=row)
            for row, n in enumerate(typed.rows(data, typed.INJURIES), start=1)
        ],
        own=LocalForm(data, asked=pack.form("contact"), today=today),
        already=already,
        known=known,
        may_decide=may_decide(by),
        files=[
            {"number": str(n), "id": data.get(f"d{n}-id", ""), "name": data.get(f"d{n}-name", "")}
            for n in typed.rows(data, typed.FILES)
        ],
    )
    for each in page.forms:
        unjudged(each)
    return page


def _name_people(people: list[PersonForm], already: Already, today: date) -> None:
    """A title for each row: the register's name, or the name as far as it is typed."""
    counts = {"child": 0, "adult": 0}
    for one in people:
        counts[one.part] = counts.get(one.part, 0) + 1
        header = already.headers.get(one.person)
        written = f"{one['given'].value() or ''} {one['family'].value() or ''}".strip()
        described = str(one["described"].value() or "").strip()
        one.number_of_row = int((one.prefix or "p0")[1:])
        one.header = header
        one.others = sum(1 for each in people if each.part == "child") > 1
        one.offers_tied = one.part == "adult" and one.others
        one.title = header.name if header else written or described or f"{one.part.capitalize()} {counts[one.part]}"
        one.age = header.age_words(today) if header else ""


def _holders(data: QueryDict, people: list[PersonForm], already: Already) -> list[HolderForm]:
    names = {str(one.person): one.title for one in people}
    recorded = [(str(person), already.headers[person].name) for person in responsible_for(already)]
    said = [(key, name) for key, name in names.items() if _is_said_responsible(people, key)]
    wanted = dict([*recorded, *said]) or {"": UNNAMED}
    _carry_over(data, list(wanted))
    return [HolderForm(data, name=name, prefix=f"h{key[-12:]}", person=key) for key, name in wanted.items()]


def _is_said_responsible(people: list[PersonForm], key: str) -> bool:
    return any(str(one.person) == key and one["responsible"].value() for one in people)


def _carry_over(data: QueryDict, wanted: list[str]) -> None:
    """What was answered for "a parent not yet named" goes to the first who is."""
    first = f"h{wanted[0][-12:]}"
    if first != "h" and "h-knows" in data and f"{first}-knows" not in data:
        for name in ("knows", "why"):
            data[f"{first}-{name}"] = data.get(f"h-{name}", "")


def search(page: ContactPage, *, by: Actor, at: datetime) -> None:
    """Look for whoever the box describes."""
    page.found = find(by=by, text=page.data.get("find", ""), at=at)


def find(*, by: Actor, text: str, at: datetime) -> Found:
    """Who may be meant, with why and to whom they are open; the search is in the audit."""
    matches: list[Match] = search_people(by=by, text=text, at=at)
    carriers = carriers_of([one.person for one in matches])
    asked = [carriers[one.person] for one in matches if one.closed and one.person in carriers]
    rings = who_to_ring_of(posts=asked, at=at) if asked else {}
    return present_found(matches, carriers, describe_posts(carriers.values()), rings, text=text, on=local_day(at))
