"""Opening accounts, teams and posts, and saying who stands where.

Nothing here may leave the emergency duty team with nobody: everybody else's line ends there, so
that there is always somebody to ring.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from sightline.access.leaving import end_account
from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.doorway.actor import Actor
from sightline.doorway.acts import act, touch
from sightline.doorway.roles import Role
from sightline.kernel.errors import NotFound, Refusal
from sightline.kernel.london import local_day
from sightline.kernel.remembering import asked_once, forget
from sightline.workforce import permissions, queries, rules
from sightline.workforce.models import Absence, Account, Cover, Occupancy, Post, Session, Team
from sightline.workforce.queries import CENSUS, CLOCK, NOBODYS, current

TAKES_OVER = "Name who takes over on the emergency duty team first."


class EmergencyDutyEmpty(Refusal):
    """The emergency duty team would be left, now or at a known later moment, with nobody."""


# --- accounts, teams, posts ---------------------------------------------------------------------


def open_first_administrator(*, name: str, email: str, password: str, at: datetime) -> UUID:
    """The account that opens all others. Refused once anybody has an account.

    It has nobody to act as, so the operator's command calls it; the audit says so.
    """
    with transaction.atomic():
        refuse_unless_first()
        account = _create_account(name=name, email=email, role=Role.ADMINISTRATOR, password=password, at=at)
        record_event(kind=Event.Kind.ACT, what="open_first_administrator", actor=account, at=at)
        return account


def refuse_unless_first() -> None:
    """Refuses where anybody has an account: an administrator, of whom there is always one, opens all others."""
    if Account.objects.exclude(id__in=NOBODYS).exists():
        raise Refusal("There are accounts already. An administrator opens another, on the page “Accounts”.")


@act("open_account")
def open_account(
    *,
    by: Actor,
    name: str,
    email: str,
    role: Role,
    password: str | None,
    at: datetime,
    registration: str = "",
    phone: str = "",
    agency: UUID | None = None,
) -> UUID:
    """Give somebody an account; there is no other way to get one. `registration` is the number
    under which Social Work England registers a social worker. Without a password nobody can sign in
    until one is chosen from a link.

    Refused: an address in use, a password that is too easily guessed.
    """
    permissions.refuse_unless_may_administer(by)
    account = _create_account(
        name=name,
        email=email,
        role=role,
        password=password,
        at=at,
        registration=registration.strip(),
        phone=phone.strip(),
        agency=agency,
    )
    touch(account=str(account), role=str(role))
    return account


def _create_account(
    *, name: str, email: str, role: Role, password: str | None, at: datetime, **facts: str | UUID | None
) -> UUID:
    address = email.strip().lower()
    if not name.strip():
        raise Refusal("Enter the name of the person who will use this account.", field="name")
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal("Enter an e-mail address in full, such as jane.smith@council.example.", field="email") from None
    if Account.objects.filter(email=address).exists():
        raise Refusal("An account with this e-mail address is there already. Use another address.", field="email")
    account = Account(name=name.strip(), email=address, role=str(role), joined_at=at, **facts)
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as weak:
            raise Refusal(" ".join(weak.messages), field="password") from None
    account.password = make_password(password)
    account.save(force_insert=True)
    return account.id


@asked_once
def ensure_clock_account() -> Actor:
    """The account under which periodic jobs act: it has no password and no posts.

    What a periodic job must find, the steward's functions find for it; what it must change it sees
    for the minutes that this takes, by a grant that says so.
    """
    name = "Sightline clock"
    Account.objects.get_or_create(
        id=CLOCK,
        defaults={
            "name": name,
            "email": "clock@sightline.invalid",
            "role": str(Role.CLOCK),
            "password": make_password(None),
            "is_active": True,
            "joined_at": datetime(2000, 1, 1, tzinfo=UTC),
        },
    )
    return Actor(id=CLOCK, name=name, role=Role.CLOCK)


def ensure_census_account() -> Actor:
    """The account under which census files are brought in: it cannot sign in, stands in no post, and sees nobody.

    What an import must find, the steward's functions find for it and for nobody else.
    """
    name = "Census import"
    Account.objects.get_or_create(
        id=CENSUS,
        defaults={
            "name": name,
            "email": "census@sightline.invalid",
            "role": str(Role.ANALYST),
            "password": make_password(None),
            "is_active": False,
            "joined_at": datetime(2000, 1, 1, tzinfo=UTC),
        },
    )
    return Actor(id=CENSUS, name=name, role=Role.ANALYST)


@act("open_team")
def open_team(*, by: Actor, key: str, name: str, kind: str, at: datetime, phone: str = "") -> UUID:
    """Open a team. The emergency duty team exists once."""
    permissions.refuse_unless_may_administer(by)
    if Team.objects.filter(key=key).exists():
        raise Refusal("There is a team with this key already. Choose another key.", field="key")
    if kind == Team.Kind.EMERGENCY_DUTY and Team.objects.filter(kind=kind).exists():
        raise Refusal("There is an emergency duty team already, and only one. Open posts in it instead.", field="kind")
    team = Team.objects.create(key=key, name=name.strip(), kind=Team.Kind(kind), phone=phone.strip())
    forget()
    touch(team=str(team.id))
    return team.id


@act("open_post")
def open_post(
    *, by: Actor, team: UUID, key: str, title: str, kind: str, at: datetime, manager: UUID | None = None
) -> UUID:
    """Open a post in a team, under a manager's post unless it heads its line."""
    permissions.refuse_unless_may_administer(by)
    if Post.objects.filter(key=key).exists():
        raise Refusal("There is a post with this key already. Choose another key.", field="key")
    if not Team.objects.filter(id=team).exists():
        raise NotFound("There is no such team. Open the team first.", field="team")
    if manager is not None:
        queries.get_post(manager)
    post = Post.objects.create(
        team_id=team, key=key, title=title.strip(), kind=Post.Kind(kind), manager_id=manager, opened_at=at
    )
    forget()
    touch(post=str(post.id))
    return post.id


@act("set_manager")
def set_manager(*, by: Actor, post: UUID, manager: UUID | None, at: datetime) -> None:
    """Put a post under a manager's post. Refused where the line would turn back on itself."""
    permissions.refuse_unless_may_administer(by)
    queries.get_post(post)
    if manager is not None:
        queries.get_post(manager)
        if not rules.may_stand_above(manager, post, queries.posts_above()):
            raise Refusal("That post stands below this one, so it cannot also manage it. Choose a post above.")
    Post.objects.filter(id=post).update(manager_id=manager)
    forget()
    touch(post=str(post), manager=str(manager or ""))


# --- who stands where ---------------------------------------------------------------------------


@act("place")
def place(*, by: Actor, post: UUID, account: UUID, at: datetime) -> UUID:
    """Somebody takes a post from this moment; whoever stood in it until now ends in the same act.

    Refused: a leaver, a role without casework access, leaving the emergency duty team empty.
    """
    permissions.refuse_unless_may_staff_post(by, post)
    queries.get_post(post)
    _must_be_able_to_stand(account)
    with _emergency_duty_kept(at):
        _end(Occupancy, at, post=post)
        _clear_future(Occupancy, at, post=post)
        occupancy = Occupancy.objects.create(post_id=post, account_id=account, from_at=at)
    forget()
    touch(post=str(post), account=str(account))
    return occupancy.id


@act("vacate")
def vacate(*, by: Actor, post: UUID, at: datetime) -> None:
    """The post has nobody from this moment; what it carries stays with it, and its manager is rung."""
    permissions.refuse_unless_may_staff_post(by, post)
    with _emergency_duty_kept(at):
        if not _end(Occupancy, at, post=post):
            raise Refusal("Nobody stands in this post at that moment. There is nothing to end.")
    forget()
    touch(post=str(post))


@act("leave")
def leave(*, by: Actor, account: UUID, at: datetime) -> None:
    """Somebody leaves: posts, covers, sight and sessions end at this moment, and the account is closed."""
    permissions.refuse_unless_may_administer(by)
    _must_be_another(by, account, "close")
    _must_be_open(account)
    _close(account, Account.Closed.LEFT, at)


@act("close_unused")
def close_unused(*, by: Actor, account: UUID, days: int, at: datetime) -> None:
    """Close an account that nobody has used for so many days, as when somebody leaves; its work stays with its posts.

    Refused: one that was used since, the last administrator's, the last on the emergency duty team.
    """
    permissions.refuse_unless_may_close_unused(by)
    found = _must_be_open(account)
    if rules.last_used(found.joined_at, found.last_login, found.opened_again_at) > at - timedelta(days=days):
        raise Refusal("This account was used since. It stays open.")
    _close(account, Account.Closed.UNUSED, at)


@act("open_again")
def open_again(*, by: Actor, account: UUID, at: datetime) -> None:
    """Open an account that was closed, with the role, password and code it had; a manager gives its posts again."""
    permissions.refuse_unless_may_administer(by)
    if account in NOBODYS or not Account.objects.filter(id=account, is_active=False).exists():
        raise Refusal("This account is open already. There is nothing to do.")
    Account.objects.filter(id=account).update(is_active=True, left_at=None, closed_because="", opened_again_at=at)
    touch(account=str(account))


@act("end_sessions")
def end_sessions(*, by: Actor, account: UUID, at: datetime) -> None:
    """Sign somebody out wherever they are signed in, from their next request on. What they typed is kept as drafts."""
    permissions.refuse_unless_may_administer(by)
    if not queries.list_sessions(account, at=at):
        raise Refusal("They are signed in nowhere. There is nothing to end.")
    touch(account=str(account), sessions=_end_sessions(account))


def forget_ended_sessions(*, at: datetime) -> int:
    """Throw away the sessions that have run out by themselves; how many there were. Nobody's act."""
    ended, _ = Session.objects.filter(expire_date__lte=at).delete()
    return ended


@act("take_away_factors")
def take_away_factors(*, by: Actor, account: UUID, at: datetime) -> None:
    """Somebody has lost their phone or key: what they have opens nothing, and with their password they set up another.

    Refused for one's own, since whoever holds a session could then make themselves a way in that lasts.
    """
    permissions.refuse_unless_may_administer(by)
    _must_be_another(by, account, "change how you sign in to")
    _must_be_open(account)
    taken, _ = Authenticator.objects.filter(user_id=account).delete()
    if not taken:
        raise Refusal("They have set up no code and no passkey yet. There is nothing to take away.")
    touch(account=str(account), factors=taken, sessions=_end_sessions(account))


@act("set_cover")
def set_cover(*, by: Actor, post: UUID, account: UUID, at: datetime, until: datetime | None = None) -> UUID:
    """Somebody stands in for a post's occupant from this moment, in place of any earlier cover."""
    permissions.refuse_unless_may_staff_post(by, post)
    queries.get_post(post)
    if until is not None and until <= at:
        raise Refusal("Cover must end after it begins. Check the two dates.", field="until")
    _must_be_able_to_stand(account)
    if Absence.objects.filter(current(at), account=account).exists():
        raise Refusal("They are away themselves. Name somebody who is here.", field="account")
    with _emergency_duty_kept(at):
        _end(Cover, at, post=post)
        _clear_future(Cover, at, post=post)
        cover = Cover.objects.create(post_id=post, account_id=account, from_at=at, to_at=until)
    touch(post=str(post), account=str(account))
    return cover.id


@act("end_cover")
def end_cover(*, by: Actor, post: UUID, at: datetime) -> None:
    """Nobody covers the post from this moment."""
    permissions.refuse_unless_may_staff_post(by, post)
    with _emergency_duty_kept(at):
        if not _end(Cover, at, post=post):
            raise Refusal("Nobody covers this post at that moment. There is nothing to end.")
    touch(post=str(post))


@act("begin_absence")
def begin_absence(*, by: Actor, account: UUID, at: datetime, back_on: date | None = None) -> UUID:
    """Somebody is away from this moment until it is ended; `back_on` is when they expect to return."""
    permissions.refuse_unless_may_record_absence(by, account)
    if back_on is not None and back_on < local_day(at):
        raise Refusal("That day is before they went. Enter the day on which they are back.", field="back_on")
    name = _must_be_open(account).name
    if Absence.objects.filter(current(at), account=account).exists():
        raise Refusal(f"{name} is already away. End that absence first if this is another.")
    with _emergency_duty_kept(at):
        _clear_future(Absence, at, account=account)
        absence = Absence.objects.create(account_id=account, from_at=at, back_on=back_on)
    forget()
    touch(account=str(account))
    return absence.id


@act("end_absence")
def end_absence(*, by: Actor, account: UUID, at: datetime) -> None:
    """Somebody is back from this moment."""
    permissions.refuse_unless_may_record_absence(by, account)
    if not _end(Absence, at, account=account):
        raise Refusal("They are not away at that moment. There is nothing to end.")
    forget()
    touch(account=str(account))


# --- what these share ---------------------------------------------------------------------------


def _end(model: type[Occupancy | Cover | Absence], at: datetime, **whose: UUID) -> int:
    return model.objects.filter(current(at), **whose).update(to_at=at)


def _clear_future(model: type[Occupancy | Cover | Absence], at: datetime, **whose: UUID) -> None:
    """What was to begin later never does: its period becomes empty, since rows are not removed."""
    later = model.objects.filter(from_at__gt=at, **whose)
    later.update(to_at=Greatest(F("from_at"), Value(at)))


def _close(account: UUID, because: Account.Closed, at: datetime) -> None:
    with _emergency_duty_kept(at):
        _keep_an_administrator(account)
        for model in (Occupancy, Cover, Absence):
            _end(model, at, account=account)
            _clear_future(model, at, account=account)
        Account.objects.filter(id=account).update(is_active=False, left_at=at, closed_because=because)
        # Opened again, an account reads what its posts then are given, and nothing that it was once named for.
        end_account(account=account, at=at)
    touch(account=str(account), sessions=_end_sessions(account))
    forget()


def _keep_an_administrator(account: UUID) -> None:
    """Refuse to close the last administrator's. Their rows are locked, so that the last two cannot go at once."""
    administrators = Account.objects.filter(role=str(Role.ADMINISTRATOR), is_active=True)
    if [*administrators.select_for_update().order_by("id").values_list("id", flat=True)] == [account]:
        raise Refusal("This is the last administrator, who opens all other accounts. Open another's first.")


def _end_sessions(account: UUID) -> int:
    ended, _ = Session.objects.filter(account=account).delete()
    return ended


def _must_be_another(by: Actor, account: UUID, what: str) -> None:
    if account == by.id:
        raise Refusal(f"You cannot {what} your own account. Ask another administrator.")


def _must_be_open(account: UUID) -> Account:
    found = Account.objects.filter(id=account, is_active=True).first()
    if found is None:
        raise Refusal("This account is closed. Choose somebody who works here now.", field="account")
    return found


def _must_be_able_to_stand(account: UUID) -> None:
    found = _must_be_open(account)
    if Role(found.role) in rules.NO_POST_ROLES:
        raise Refusal(
            f"{found.name}'s role has no casework access, so they cannot stand in a post. "
            "Choose somebody else, or open an account with the role they need.",
            field="account",
        )


@contextmanager
def _emergency_duty_kept(at: datetime) -> Iterator[None]:
    """Undo the change, and refuse it, if it leaves nobody on the emergency duty team.

    The team's row is locked, so that its last two members cannot go at once.
    """
    with transaction.atomic():
        list(Team.objects.select_for_update().filter(kind=Team.Kind.EMERGENCY_DUTY).values_list("id"))
        before = _emergency_gap(at)
        yield
        if rules.opens_a_gap(before, _emergency_gap(at)):
            raise EmergencyDutyEmpty(TAKES_OVER)


def _emergency_gap(at: datetime) -> datetime | None:
    standings = [
        rules.Standing(row.post_id, row.account_id, row.from_at, row.to_at, cover=model is Cover)
        for model in (Occupancy, Cover)
        for row in model.objects.filter(
            post__team__kind=Team.Kind.EMERGENCY_DUTY, post__closed_at=None, account__is_active=True
        )
    ]
    accounts = {standing.account for standing in standings}
    absences = [
        rules.Away(row.account_id, row.from_at, row.to_at) for row in Absence.objects.filter(account__in=accounts)
    ]
    return rules.first_gap(at=at, standings=standings, absences=absences, active=accounts)
