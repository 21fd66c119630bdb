"""Who is asked to a meeting and who is not: a worker confirms, the chair decides. Part of this room's operations.

What is sent, and to whom, is `journeys/convene.py`'s. Nothing here tells anybody anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.conferences.finding import (
    children_of,
    hold_invitee,
    hold_meeting,
    is_family,
    refuse_over,
    sitting_of,
    standing_of,
)
from sightline.conferences.models import Invitee
from sightline.conferences.permissions import refuse_unless_may_chair, refuse_unless_may_convene
from sightline.conferences.reading_kept_out import KeptOut, kept_out_of, who_of
from sightline.conferences.rules import (
    LONGEST_LEFT_OUT,
    LONGEST_NAME,
    LONGEST_REASON,
    refuse_blank,
    says_when_or_where,
)
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.partnership.models import AgencyPost
from sightline.partnership.operations import end_links
from sightline.partnership.queries import describe_agency_posts, is_closed


@act("confirm_invitee")
def confirm_invitee(
    *,
    by: Actor,
    meeting: UUID,
    at: datetime,
    agency_post: UUID | None = None,
    post: UUID | None = None,
    person: UUID | None = None,
    name: str = "",
    role: str = "",
    report_asked: bool = False,
    safe_to_tell: str = "",
    safe_because: str = "",
) -> UUID:
    """A worker confirms one name for a meeting: a post at an agency, one of ours, a person, or a friend by name alone.

    Of everybody of the family it is answered whether it is safe to tell them when and where; where it is not,
    or nobody knows, they wait for the chair and nothing goes to them. So does whoever a chair kept out of another
    meeting of any of these children, whatever is answered, until a chair allows. Whoever was left out can be
    confirmed after all, and an answer can be changed.
    Refuses a post that had closed by then, and no answer about the family.
    """
    refuse_unless_may_convene(by)
    given = InviteeGiven(agency_post, post, person, name, role, report_asked, safe_to_tell, safe_because)
    return confirm_invitees(by=by, meeting=meeting, given=[given], at=at)[0]


@dataclass(frozen=True)
class InviteeGiven:
    """One name of several that are confirmed together; the fields are those of `confirm_invitee`."""

    agency_post: UUID | None = None
    post: UUID | None = None
    person: UUID | None = None
    name: str = ""
    role: str = ""
    report_asked: bool = False
    safe_to_tell: str = ""
    safe_because: str = ""


@act("confirm_invitees")
def confirm_invitees(*, by: Actor, meeting: UUID, given: Sequence[InviteeGiven], at: datetime) -> list[UUID]:
    """Confirm several names, each as `confirm_invitee` would, in as many queries as one. Keys in that order.

    Refuses what `confirm_invitee` does, and then confirms none of them.
    """
    refuse_unless_may_convene(by)
    refuse_over(hold_meeting(meeting))
    rows = _Rows(meeting, [one.agency_post for one in given if one.agency_post])
    children = children_of(meeting)
    kept_out = kept_out_of(children, besides=meeting)
    confirmed = []
    for one in given:
        row = rows.of(one.agency_post, one.post, one.person, one.name)
        _confirm(by, row, one, at)
        _keep_waiting(row, kept_out.get(who_of(row)))
        confirmed.append(row)
    rows.keep(confirmed)
    end_links_of([row for row in confirmed if standing_of(row, None).waits], by=by, at=at)
    touch(*children, meeting=str(meeting), invitees=[str(row.id) for row in confirmed])
    return [row.id for row in confirmed]


def _confirm(by: Actor, row: Invitee, given: InviteeGiven, at: datetime) -> None:
    _refuse_unfit(row, given.safe_to_tell, given.safe_because)
    if standing_of(row, None).excluded:
        raise Refusal("The chair has decided that they are kept out. Ask the chair to look at it again.")
    row.name, row.role, row.report_asked = _named(given.name), _named(given.role, field="role"), given.report_asked
    row.confirmed_at, row.by, row.left_out_because = row.confirmed_at or at, by.id, ""
    if is_family(row):
        row.safe_to_tell, row.safe_because = given.safe_to_tell, given.safe_because.strip()
        row.waits_for_chair = given.safe_to_tell != Invitee.Safe.YES
        if row.waits_for_chair:
            # What was safe once may not be now: the chair looks at it anew before anything more goes.
            row.allowed_at = None


def _keep_waiting(row: Invitee, before: KeptOut | None) -> None:
    # What a chair decided is not undone by a worker's answer, and goes on from one meeting to the next.
    if before is not None and (row.allowed_at is None or row.allowed_at < before.at):
        row.waits_for_chair, row.allowed_at = True, None


CONFIRMING = (
    "name", "role", "report_asked", "confirmed_at", "by", "left_out_because", "safe_to_tell", "safe_because",
    "waits_for_chair", "allowed_at",
)  # fmt: skip
"""What confirming or leaving out writes; the rest of the row is others' to write."""


class _Rows:
    """Everybody on the list of a meeting that is held, read once; and whoever is added to it."""

    def __init__(self, meeting: UUID, agency_posts: Sequence[UUID]) -> None:
        self.meeting = meeting
        self._found = list(Invitee.objects.filter(meeting=meeting).order_by("id"))
        self._standing = {row.id for row in self._found}
        named = {row.agency_post_id for row in self._found}
        self._posts = describe_agency_posts(key for key in agency_posts if key not in named)

    def of(self, agency_post: UUID | None, post: UUID | None, person: UUID | None, name: str) -> Invitee:
        """The row of whoever is named, or a new one. A friend by name alone is found again by that name."""
        given = [one for one in (agency_post, post, person) if one is not None]
        if len(given) > 1:
            raise Refusal("Choose one: a post at an agency, a post of ours, or a person.", field="whom")
        if not given and not name.strip():
            raise Refusal("Choose somebody, or write who it is.", field="name")
        asked = (agency_post, post, person)
        same = [row for row in self._found if (row.agency_post_id, row.post_id, row.person_id) == asked]
        row = next((row for row in same if given or row.name == name.strip()), None)
        if row is not None:
            return row
        if agency_post is not None:
            self._refuse_closed(agency_post)
        new = Invitee(meeting_id=self.meeting, agency_post_id=agency_post, post_id=post, person_id=person)
        self._found.append(new)
        return new

    def _refuse_closed(self, agency_post: UUID) -> None:
        found = self._posts.get(agency_post)
        if found is None:
            raise NotFound("There is no such post at an agency. Choose one from the list.")
        if is_closed(found) and _closed_by_then(found, self.meeting):
            raise Refusal("That post has closed. Choose the one that took over its work.", field="agency_post")

    def keep(self, rows: Iterable[Invitee]) -> None:
        """New rows whole; of those that stood what may change, and who said so last."""
        each = {row.id: row for row in rows}
        Invitee.objects.bulk_create(row for key, row in each.items() if key not in self._standing)
        Invitee.objects.bulk_update([row for key, row in each.items() if key in self._standing], CONFIRMING)


def _closed_by_then(post: AgencyPost, meeting: UUID) -> bool:
    """Whether a post had closed when the meeting is or was held. Whoever came before that is recorded, also late."""
    sitting = sitting_of(meeting)
    closed = min((day for day in (post.closed_on, post.agency.closed_on) if day), default=None)
    return closed is not None and (sitting is None or closed <= local_day(sitting.starts_at))


def _named(words: str, *, field: str = "name") -> str:
    if len(words.strip()) > LONGEST_NAME:
        raise Refusal(f"Keep this to {LONGEST_NAME} characters.", field=field)
    return words.strip()


def _refuse_unfit(row: Invitee, safe_to_tell: str, safe_because: str) -> None:
    if not is_family(row):
        return
    if safe_to_tell not in Invitee.Safe.values:
        raise Refusal("Say whether it is safe to tell them when and where.", field="safe_to_tell")
    refuse_blank(safe_because, "Say how you know.", field="safe_because", longest=LONGEST_REASON)


@act("leave_out")
def leave_out(
    *,
    by: Actor,
    meeting: UUID,
    because: str,
    at: datetime,
    agency_post: UUID | None = None,
    post: UUID | None = None,
    person: UUID | None = None,
    name: str = "",
) -> UUID:
    """Keep that somebody who was proposed is not invited, and why. Refuses a blank reason, and whoever was told."""
    refuse_unless_may_convene(by)
    hold_meeting(meeting)
    said = refuse_blank(because, "Say why they are not invited.", field="because", longest=LONGEST_LEFT_OUT)
    rows = _Rows(meeting, [agency_post] if agency_post else [])
    row = rows.of(agency_post, post, person, name)
    if row.told_at is not None or row.excluded_at is not None:
        raise Refusal(
            "They were told already, or the chair has decided. The list shows how it stands.", field="because"
        )
    row.name, row.left_out_because, row.by = row.name or _named(name), said, by.id
    row.confirmed_at = None
    rows.keep([row])
    touch(*children_of(meeting), meeting=str(meeting), invitee=str(row.id))
    return row.id


@act("allow")
def allow(*, by: Actor, invitee: UUID, at: datetime) -> None:
    """The chair lets somebody come, and be told when and where; also whoever was kept out before. Sends nothing."""
    refuse_unless_may_chair(by)
    row = hold_invitee(invitee)
    _refuse_unconfirmed(row)
    row.allowed_at = at
    row.save(update_fields=["allowed_at"])
    touch(*children_of(row.meeting_id), invitee=str(invitee))


@act("exclude")
def exclude(*, by: Actor, invitee: UUID, because: str, at: datetime, on_record: str = "") -> bool:
    """The chair keeps somebody out, and says why in words that go to them. Only a chair may (Working Together 2023).

    `because` goes to them word for word; `on_record` is why, as the record keeps it, and goes to nobody outside.
    Takes back nothing that was read already: True where they had been told when and where. The link of what was
    written to them before opens nothing any more. They can give a view as before. Refuses no
    reason, and one that says when or where it is.
    """
    refuse_unless_may_chair(by)
    row = hold_invitee(invitee)
    _refuse_unconfirmed(row)
    said = refuse_blank(because, "Say why they are kept out. They are told why.", field="because",
                        longest=LONGEST_REASON)  # fmt: skip
    why = on_record.strip()
    if len(why) > LONGEST_REASON:
        raise Refusal(f"Keep this to {LONGEST_REASON} characters.", field="on_record")
    refuse_when_or_where(row.meeting_id, said)
    if not standing_of(row, None).excluded:
        end_links_of([row], by=by, at=at)
    row.excluded_at, row.excluded_by, row.excluded_because, row.excluded_on_record = at, by.id, said, why
    row.save(update_fields=["excluded_at", "excluded_by", "excluded_because", "excluded_on_record"])
    touch(*children_of(row.meeting_id), invitee=str(invitee))
    return row.told_at is not None


def end_links_of(rows: Iterable[Invitee], *, by: Actor, at: datetime) -> None:
    """What was written to these says when and where: its link opens nothing from now on, and what waits does not go."""
    invited = [row.id for row in rows if row.invitation]
    if invited:
        end_links(by=by, subjects=invited, at=at)


def refuse_when_or_where(meeting: UUID, words: str) -> None:
    """Refuse words for somebody who is kept out that give away the day, the hour or the place."""
    sitting = sitting_of(meeting)
    if sitting is not None and says_when_or_where(words, starts_at=sitting.starts_at, place=sitting.place):
        raise Refusal(
            "This goes to somebody who may not know when or where it is. Take the day, the time and the place out.",
            field="because",
        )


def _refuse_unconfirmed(row: Invitee) -> None:
    if row.confirmed_at is None:
        raise NotFound("They are not on the list of this meeting. A worker confirms them first.")


@act("keep_invitation")
def keep_invitation(*, by: Actor, invitee: UUID, message: UUID | None, at: datetime) -> None:
    """Keep which message went to somebody. They were told when and where only if they may be: `invite` sees to that."""
    refuse_unless_may_convene(by)
    _keep_messages([hold_invitee(invitee)], {invitee: message}, at)
    touch(invitee=str(invitee))


@act("keep_invitations")
def keep_invitations(*, by: Actor, meeting: UUID, messages: Mapping[UUID, UUID | None], at: datetime) -> None:
    """The same for several of one meeting, by invitee, in as many queries as one. Refuses another meeting's invitee."""
    refuse_unless_may_convene(by)
    hold_meeting(meeting)
    rows = list(Invitee.objects.filter(meeting=meeting, id__in=list(messages)))
    if len(rows) < len(messages):
        raise NotFound("There is nobody like that on the list of this meeting. Open the list again.")
    _keep_messages(rows, messages, at)
    touch(meeting=str(meeting), invited=[str(row.id) for row in rows])


def _keep_messages(rows: Sequence[Invitee], messages: Mapping[UUID, UUID | None], at: datetime) -> None:
    for row in rows:
        row.invitation = messages[row.id] or row.invitation
        if standing_of(row, None).may_be_told:
            row.told_at = at
    Invitee.objects.bulk_update(rows, ["invitation", "told_at"])
