"""Sign-in: accounts are given, never taken; a password and a code for everybody, and passkeys beside them.

The fixed code of a demonstration needs two things at once: the settings say that this is a
demonstration (which a server's database refuses), and the account holds the published
demonstration secret. Outside a demonstration an account with that secret cannot sign in at all.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from cryptography.fernet import Fernet
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from sightline.audit.models import Event
from sightline.audit.operations import record_event
from sightline.workforce.sessions import begin

DEMONSTRATION_CODE = "000000"
DEMONSTRATION_SECRET = "SIGHTLINEDEMONSTRATIONXXXXXXXXXX"  # noqa: S105 (published; see above)
WITHOUT_SECOND_FACTOR = {"mfa_activate_totp", "account_reauthenticate", "account_logout"}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; letters about an account say nothing but that there is something to read."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **arguments: Any) -> HttpResponse:
        """Signing in is recorded with what is looked at and changed, and the session knows whose it is."""
        begin(request.session, browser=browser_words(request.headers.get("User-Agent", "")), at=datetime.now(UTC))
        record_event(
            kind=Event.Kind.SIGN_IN,
            what="sign_in",
            actor=user.pk,
            at=datetime.now(UTC),
            role=str(getattr(user, "role", "")),
            agency=getattr(user, "agency", None),
        )
        return super().post_login(request, user, **arguments)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Writes the one column: who somebody is may not be changed by the role that serves."""
        user.set_password(password)
        user.save(update_fields=["password"])


# A browser names those that it wants to pass for as well, so the first that fits is the one.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES = (
    ("Windows", "Windows"), ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(told: str) -> str:
    """`Edge on Windows`: enough to tell one session from another, and no more of what a browser tells of itself."""
    browser = next((words for mark, words in BROWSERS if mark in told), "")
    machine = next((words for mark, words in MACHINES if mark in told), "")
    return f"{browser or 'A browser'} on {machine}" if machine else browser


class CodeAdapter(DefaultMFAAdapter):
    """The second factor's secret is unreadable in the database, and cannot be put away by its owner."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A passkey is one more way in and may go; the code, with which everybody begins, stays."""
        return authenticator.type == Authenticator.Type.WEBAUTHN

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 (the library's own word)
        return browser_words(context.request.headers.get("User-Agent", "")) or "Passkey"

    def _get_site_name(self) -> str:
        return "Sightline"

    def give_demonstration_code(self, account: AbstractBaseUser) -> None:
        """For the demonstration's command, which reaches this floor through the settings alone."""
        give_demonstration_code(account)


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def give_demonstration_code(account: AbstractBaseUser) -> None:
    """Gives a fictional account the published secret, so that DEMONSTRATION_CODE opens it."""
    TOTP.activate(account, DEMONSTRATION_SECRET)


def holds_demonstration_secret(account: AbstractBaseUser) -> bool:
    found = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP)
    return any(get_adapter().decrypt(one.data["secret"]) == DEMONSTRATION_SECRET for one in found)


class _DemonstrationCode:
    """Answers for accounts with the published secret before any real code is looked at."""

    def clean_code(self) -> str:
        account = self.user  # type: ignore[attr-defined]  # set by the form it is mixed into
        if not holds_demonstration_secret(account):
            code: str = super().clean_code()  # type: ignore[misc]  # the form's own
            return code
        given = str(self.cleaned_data["code"])  # type: ignore[attr-defined]  # the form's own
        if not settings.DEMONSTRATION or given.strip() != DEMONSTRATION_CODE:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator = Authenticator.objects.get(user_id=account.pk, type=Authenticator.Type.TOTP)
        return given


class _Plain:
    """No words inside a field: they go away as soon as somebody types."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for field in self.fields.values():  # type: ignore[attr-defined]  # the form's own
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_Plain, LoginForm):
    """Address and password."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""  # the page has the link in its own words


class PasswordAgainForm(_Plain, PasswordForm):
    """The password again, before something that needs it fresh."""


class ForgottenForm(_Plain, ResetPasswordForm):
    """Asks for a link to choose a new password."""


class NewPasswordForm(_Plain, ResetPasswordKeyForm):
    """A new password, from the link."""


class ChangedPasswordForm(_Plain, ChangePasswordForm):
    """A new password, knowing the old."""


class SetUpCodeForm(_Plain, ActivateTOTPForm):
    """The first code, which shows that the phone has the secret."""


NAME_OF_KEY = "What do you call it?"
WHICH_IS_IT = "So that you know later which it is, such as: work laptop, key on my ring."


class NewPasskeyForm(_Plain, AddWebAuthnForm):
    """A passkey that this device has just made. It is taken only where it checks its owner."""

    name = forms.CharField(label=NAME_OF_KEY, help_text=WHICH_IS_IT, required=False, max_length=60)
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        """Whatever was sent."""
        return True


class PasskeyNameForm(_Plain, EditWebAuthnForm):
    """What a passkey is called."""

    name = forms.CharField(label=NAME_OF_KEY, help_text=WHICH_IS_IT, max_length=60)


class CodeForm(_Plain, _DemonstrationCode, AuthenticateForm):
    """The code at sign-in."""


class CodeAgainForm(_Plain, _DemonstrationCode, ReauthenticateForm):
    """The code again, before something that needs it fresh."""


def require_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: somebody signed in without a second factor can do nothing but set one up."""

    def answer(request: HttpRequest) -> HttpResponse:
        account = request.user
        if not account.is_authenticated or _gave_a_code(request):
            return get_response(request)
        if resolve(request.path_info).url_name in WITHOUT_SECOND_FACTOR:
            return get_response(request)
        if get_adapter().is_mfa_enabled(account, types=[Authenticator.Type.TOTP]):
            return get_response(request)
        return redirect(reverse("mfa_activate_totp"))

    return answer


def _gave_a_code(request: HttpRequest) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
