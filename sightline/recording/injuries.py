"""Injuries of a child, whoever saw them, also late. Part of this room's operations."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sightline.access.rules import Section
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.kernel.errors import Refusal
from sightline.kernel.lengths import refuse_longer
from sightline.kernel.london import local_day
from sightline.kernel.reading import day_words
from sightline.kernel.when import When
from sightline.partnership.models import Agency
from sightline.people.queries import get_header
from sightline.practice.queries import current_pack
from sightline.practice.spec import Pack
from sightline.record.models import Entry
from sightline.record.permissions import refuse_unless_may_write
from sightline.record.rules import Concerned, Words
from sightline.recording.models import Injury
from sightline.recording.rules import InjurySeen, Written
from sightline.recording.writing import write_with_actions

KINDS, SITES = "injury_kind", "body_site"
"""The pack's lists of what an injury is, and where on the body."""
SEEN, ACCOUNT, CHILDS_WORDS = "injury", "account", "childs_words"
"""Headings of an injury's passages."""
LONGEST_LINE, LONGEST_REASON = 200, 500


@act("record_injury")
def record_injury(
    *,
    by: Actor,
    child: UUID,
    what: str,
    seen_on: date,
    at: datetime,
    sites: Iterable[str] = (),
    seen_by: str = "",
    account: str = "",
    account_of: str = "",
    childs_account: str = "",
    examined_by: str = "",
    examined_on: date | None = None,
    not_examined_because: str = "",
    words: str = "",
    documents: Iterable[UUID] = (),
    agency: UUID | None = None,
    handling: str = "ordinary",
    post: UUID | None = None,
) -> UUID:
    """Record an injury of one child: what it is, and on which day somebody first saw it. The rest may be empty.

    Whose account it is stands with the words; the child's own account is in the child's own words. What a
    health agency told is in health's section. Photographs and body maps come with it as documents. It may
    be recorded late and out of order. Refuses a code that the pack has not, a day to come or before birth,
    and a child who is not yet born (Working Together 2023, chapter 3).
    """
    refuse_unless_may_write(by, [child])
    places = tuple(dict.fromkeys(sites))
    pack = current_pack(at)
    seen = InjurySeen(what, places, seen_on, seen_by.strip(), examined_by.strip(), examined_on,
                      not_examined_because.strip())  # fmt: skip
    _refuse_unfit(seen, account_of, pack, at)
    _refuse_before_birth(child)
    section = Section.HEALTH if _kind_of(agency) == Agency.Kind.HEALTH else Section.ORDINARY
    told = [
        Words(_in_words(pack, seen, words), (child,), heading=SEEN, section=section, told_by=seen.seen_by,
              handling=handling or "ordinary"),
        Words(account, (child,), heading=ACCOUNT, section=section, told_by=account_of.strip(),
              handling=handling or "ordinary"),
        Words(childs_account, (child,), heading=CHILDS_WORDS, section=Section.CHILD_WORDS),
    ]  # fmt: skip
    written = Written(
        concerned=(Concerned(child),),
        words=tuple(told),
        occurred=When.exactly(at) if seen_on == local_day(at) else When.on(seen_on),
        documents=tuple(dict.fromkeys(documents)),
    )
    entry = write_with_actions(by, Entry.Kind.INJURY, written, post or min(by.posts, default=None), at, agency=agency)
    Injury.objects.create(
        entry_id=entry, child_id=child, seen_on=seen_on, what=what, sites=list(places), seen_by=seen.seen_by,
        account_of=account_of.strip(), examined_by=seen.examined_by, examined_on=examined_on,
        not_examined_because=seen.not_examined_because,
    )  # fmt: skip
    return entry


def _refuse_unfit(seen: InjurySeen, account_of: str, pack: Pack, at: datetime) -> None:
    if seen.what not in {one.key for one in pack.list(KINDS).options}:
        raise Refusal("Choose what it is.", field="what")
    if not set(seen.sites) <= {one.key for one in pack.list(SITES).options}:
        raise Refusal("Choose where on the body it is, from the list.", field="sites")
    for day, field in ((seen.seen_on, "seen_on"), (seen.examined_on, "examined_on")):
        if day is not None and day > local_day(at):
            raise Refusal("That has not happened yet. Check the date.", field=field)
    refuse_longer(seen.seen_by, LONGEST_LINE, field="seen_by", what="who saw it")
    refuse_longer(account_of, LONGEST_LINE, field="account_of", what="whose account it is")
    refuse_longer(seen.examined_by, LONGEST_LINE, field="examined_by", what="who examined it")
    refuse_longer(seen.not_examined_because, LONGEST_REASON, field="not_examined_because", what="the reason")


def _refuse_before_birth(child: UUID) -> None:
    header = get_header(person=child)
    if header is not None and header.birth == "expected":
        raise Refusal(
            f"{header.known_as or header.name} is not yet born. Record what happened to the mother in a case note, "
            "and ask for a strategy discussion if the child may be harmed.",
            field="child",
        )


def _kind_of(agency: UUID | None) -> str | None:
    return Agency.objects.filter(id=agency).values_list("kind", flat=True).first() if agency else None


def _in_words(pack: Pack, seen: InjurySeen, words: str) -> str:
    """The facts in words, so that the record reads without the table."""
    labels = {one.key: str(one.label) for name in (SITES,) for one in pack.list(name).options}
    what = next(str(one.label) for one in pack.list(KINDS).options if one.key == seen.what)
    where = f" ({', '.join(labels[site].lower() for site in seen.sites)})" if seen.sites else ""
    by_whom = f" by {seen.seen_by}" if seen.seen_by else ""
    said = [f"{what}{where}, first seen on {day_words(seen.seen_on)}{by_whom}."]
    if seen.examined_by:
        on = f" on {day_words(seen.examined_on)}" if seen.examined_on else ""
        said.append(f"Examined by {seen.examined_by}{on}.")
    elif seen.not_examined_because:
        said.append(f"Not examined by a clinician. Because: {seen.not_examined_because}")
    return f"{' '.join(said)}\n\n{words.strip()}".strip()
