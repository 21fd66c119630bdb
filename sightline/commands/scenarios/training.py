"""Which databases scenarios are played into: a demonstration's, and one that was claimed for training while empty."""

from sightline.commands.demo import MARK
from sightline.commands.postgres import roles, url
from sightline.commands.postgres.roles import DatabaseRefused

TRAINING = "Sightline training"


def refuse_unless_training() -> str:
    """Refuse every database that holds, or may hold, people who exist. Gives the mark of the one that is used."""
    name = url.database_name()
    if not roles.exists(name):
        raise DatabaseRefused("There is no database yet. Make one with fictional people: ./run demo")
    mark = roles.description(name)
    if mark not in {MARK, TRAINING}:
        raise DatabaseRefused(
            f"The database `{name}` was not made for training, so nothing is played into it: nobody who exists and "
            "nobody who is made up may stand in one record. Use a demonstration's (./run demo), or an empty one "
            "that you claim first (./run scenario claim)."
        )
    return str(mark)


def claim() -> str:
    """Mark a database for training. Refuses one in whose register there is anybody."""
    name = url.database_name()
    if not roles.exists(name):
        raise DatabaseRefused("There is no database yet. Make it with: ./run migrate")
    if roles.description(name) in {MARK, TRAINING}:
        return f"The database `{name}` is for training already."
    with roles.connect(name) as connection, connection.transaction():
        connection.execute("SET LOCAL ROLE sightline_steward")
        if connection.execute("SELECT EXISTS (SELECT 1 FROM people_person)").fetchone() != (False,):
            raise DatabaseRefused(
                f"There are people in the register of `{name}`. Only a database that never held anybody is claimed "
                "for training: make another, and name it in DATABASE_URL."
            )
    roles.describe(name, TRAINING)
    return f"The database `{name}` is for training from now on: scenarios can be played into it, and taken out again."
