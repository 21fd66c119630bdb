"""Which failures are told as a sentence on the terminal; any other is a fault and shows its trace."""


def sentence_of(failure: Exception) -> str | None:
    """What to print, or None when the failure is a fault of the product."""
    import psycopg

    from sightline.commands.postgres.lifecycle import ServerRefused
    from sightline.commands.postgres.roles import DatabaseRefused
    from sightline.commands.postgres.url import AddressRefused
    from sightline.commands.serving import CannotServe
    from sightline.kernel.errors import Refusal

    if isinstance(failure, AddressRefused | ServerRefused | DatabaseRefused | CannotServe):
        return str(failure)
    if isinstance(failure, psycopg.OperationalError):
        return f"The database cannot be reached. {_first_line(failure)}"
    if isinstance(failure, Refusal):
        return str(failure)
    return None


def _first_line(failure: Exception) -> str:
    lines = str(failure).strip().splitlines()
    return lines[0] if lines else ""
