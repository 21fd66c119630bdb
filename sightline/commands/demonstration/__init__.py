"""The fictional authority that comes with the product: Hallowby, and a dozen families of it.

Built only by calling operations and journeys, each as the person who would do it, so that nothing
in it could not have happened. Everybody in it is invented.
"""

from datetime import UTC, datetime

from sightline.commands.demonstration.authority import ADMINISTRATOR, NAME, PASSWORD, WORKERS
from sightline.commands.postgres.lifecycle import var_folder

CODE = "000000"


def load(*, empty: bool, at: datetime | None = None) -> None:
    """Make the authority, with its families unless `empty`; once it is there, leave it alone.

    All or nothing: a story that is refused leaves nothing behind.
    """
    from sightline.commands.demonstration.building import build, is_there

    if is_there():
        print("It is there already; --fresh makes it anew.", flush=True)
        return
    build(empty=empty, at=at or datetime.now(UTC))


OUT_OF_HOURS = (
    "It is out of hours: contacts that wait are with the emergency duty team. To decide one, sign in as Sanjay Mistry."
)


def sign_ins(*, night: bool = False) -> list[str]:
    """Who can sign in, and what to try first, a line each for the terminal; at `night` whom to be comes first."""
    lines = ["", f"{NAME}: sign in as any of these. The password is {PASSWORD} and the code is {CODE}.", ""]
    if night:
        lines[1:1] = [OUT_OF_HOURS]
    for worker in (*WORKERS, ADMINISTRATOR):
        lines.append(f"  {worker.email:<38} {worker.title}")
        lines.append(f"  {'':<38} {worker.try_first}")
    return [*lines, "", f"  Letters that you send come to {var_folder() / 'mail'}."]
