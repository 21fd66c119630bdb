"""An account for somebody who then chooses a password themselves, from a link. Part of this room's operations.

The link is made when the letter goes, and is kept nowhere: neither with the job nor in the database.
"""

from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from sightline.doorway.actor import Actor
from sightline.doorway.acts import act
from sightline.doorway.jobs import after_commit
from sightline.doorway.operations import first_time
from sightline.doorway.roles import Role
from sightline.kernel.errors import Refusal
from sightline.workforce import rules
from sightline.workforce.models import Account
from sightline.workforce.operations import open_account, place
from sightline.workforce.queries import list_vacant

SUBJECT = "Choose your password for Sightline"
BODY = (
    "An account in Sightline was opened for this address. Choose your password here, and then set up your code:\n\n"
    "{link}\n\n"
    "The link works once, for {days} days. After that, ask for another on the page of signing in, under “I have"
    " forgotten my password”. If you do not know what Sightline is, take no notice of this message."
)


@act("invite")
def invite(
    *,
    by: Actor,
    name: str,
    email: str,
    role: Role,
    at: datetime,
    registration: str = "",
    phone: str = "",
    agency: UUID | None = None,
    post: UUID | None = None,
) -> UUID:
    """Give somebody an account, and a post if one is named; a letter with a link goes to their address.

    Refused: an address in use; a partner without their agency, or anybody else with one; a post that somebody
    stands in; a post for a role without casework access.
    """
    from sightline.workforce.jobs import send_invitation  # noqa: PLC0415 - the jobs call this module

    _must_fit(role, agency, post)
    account = open_account(
        by=by, name=name, email=email, role=role, password=None, registration=registration, phone=phone,
        agency=agency, at=at,
    )  # fmt: skip
    if post is not None:
        if not list_vacant([post]):
            raise Refusal("Somebody stands in this post. Choose one that is vacant.", field="post")
        place(by=by, post=post, account=account, at=at)
    after_commit(send_invitation, account=account)
    return account


def _must_fit(role: Role, agency: UUID | None, post: UUID | None) -> None:
    if role == Role.CLOCK:
        raise Refusal("Nobody is employed as that. Choose their role.", field="role")
    if role == Role.PARTNER and agency is None:
        raise Refusal("Choose the agency that they work for.", field="agency")
    if role != Role.PARTNER and agency is not None:
        raise Refusal("Only a partner professional works for another agency. Leave it empty.", field="agency")
    if post is not None and role in rules.NO_POST_ROLES:
        raise Refusal("This role has no casework access, so it stands in no post. Leave it empty.", field="post")


def link_days() -> int:
    """For how many days a link to choose a password works."""
    return settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def send_letter(*, account: UUID, at: datetime) -> None:
    """Send the letter once. Nothing goes to an account that is closed, or whose password was chosen meanwhile."""
    found = Account.objects.filter(id=account, is_active=True).first()
    if found is None or found.has_usable_password() or not first_time(key=f"workforce.invited:{account}", at=at):
        return
    body = BODY.format(link=_link(found), days=link_days())
    EmailMessage(SUBJECT, body, to=[found.email], headers={"Auto-Submitted": "auto-generated"}).send()


def _link(account: Account) -> str:
    # The sign-in library's own link to a new password: it works once, and ends by itself.
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)},
    )
    origin = settings.SIGHTLINE_ADDRESS or f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"{origin.rstrip('/')}{path}"
