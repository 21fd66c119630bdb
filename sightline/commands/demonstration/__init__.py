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


def sign_ins() -> list[str]:
    """Who can sign in, and what to try first, a line each for the terminal."""
    lines = ["", f"{NAME}: sign in as any of these. The password is {PASSWORD} and the code is {CODE}.", ""]
    for worker in (*WORKERS, ADMINISTRATOR):
        lines.append(f"  {worker.email:<38} {worker.title}")
        lines.append(f"  {'':<38} {worker.try_first}")
    lines += [
        "",
        "  Outside office hours the front door hands what is undecided to the emergency duty team:",
        f"  then decide it as Sanjay Mistry. Letters are in {var_folder() / 'mail'}.",
    ]
    return lines
