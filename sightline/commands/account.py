"""The first administrator of a server that has none: their password and code are set up here, at the terminal.

Nothing of either stands on the command line, where others on the machine and the shell's history would have it.
"""

import argparse
import sys
from datetime import UTC, datetime
from uuid import UUID

from sightline.commands.database import ready, server
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused
from sightline.commands.signing import TRIES, ask_unseen
from sightline.kernel.errors import Refusal

SUMMARY = "Open the first administrator's account on a server that has none (open)."
PAGE = "An administrator opens the others, on the page “Accounts”."
NOTHING_DONE = "Three times not right: no account was opened. Begin again when you are ready."


def configure(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    opening = parts.add_parser("open", help="ask for a password, show the key of the code, and open the account")
    opening.add_argument("--name", required=True, metavar="NAME", help="of the person who will use it")
    opening.add_argument("--email", required=True, metavar="ADDRESS", help="that they sign in with")


def run(arguments: argparse.Namespace) -> int:
    with server():
        if not roles.exists(url.database_name()):
            raise DatabaseRefused("There is no database yet. Make it with: ./run migrate.")
        ready("serving")
        from django.db import connections

        try:
            open_first(name=arguments.name, email=arguments.email, at=datetime.now(UTC))
        finally:
            connections.close_all()
    print(f"The account is open. Sign in with {arguments.email.strip().lower()}, the password and a code. {PAGE}")
    print("Open a second administrator's first: whoever loses their phone is let in again by another administrator.")
    return 0


def open_first(*, name: str, email: str, at: datetime) -> UUID:
    """Open it, with password and code, or leave nothing behind. Refused once anybody has an account."""
    from sightline.doorway.acts import acting
    from sightline.workforce.operations import refuse_unless_first

    if not _at_terminal():
        raise Refusal("The key of the code would be kept where this is written to. Use a terminal of your own.")
    with acting(None):
        refuse_unless_first()
        account = _with_password(name, email, at)
        _set_up_code(account)
        return account


def _at_terminal() -> bool:
    return sys.stdout.isatty()


def _with_password(name: str, email: str, at: datetime) -> UUID:
    from sightline.workforce.operations import open_first_administrator

    for _ in range(TRIES):
        password = ask_unseen(f"A password for {name} (12 characters or more): ")
        if password != ask_unseen("The same again: "):
            print("Those two are not the same.")
            continue
        try:
            return open_first_administrator(name=name, email=email, password=password, at=at)
        except Refusal as refused:
            if refused.field != "password":
                raise
            print(refused.message)
    raise Refusal(NOTHING_DONE)


def _set_up_code(account: UUID) -> None:
    """The same kind of key as the page of setting up a code makes; kept once a code shows that a phone has it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code

    from sightline.workforce.queries import get_account

    secret = generate_totp_secret()
    print("\nIn an authenticator app, choose to add an account and to enter a key. The key, shown this once:\n")
    print("  " + " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)) + "\n")
    for _ in range(TRIES):
        if validate_totp_code(secret, ask_unseen("The six figures that the app shows: ").replace(" ", "")):
            TOTP.activate(get_account(account), secret)
            return
        print("That is not the code of this key at this minute. Look at the clocks of the phone and of this machine.")
    raise Refusal(NOTHING_DONE)
