"""The words by which names are found. Written when a name is; read by nobody but the search function."""

from collections.abc import Iterable

from django.db import connection

from sightline.people.models import Name, NameToken
from sightline.people.rules import name_words


def index_names(names: Iterable[Name]) -> None:
    """Make names findable, in the transaction that writes them. A bulk load calls this in batches."""
    tokens = [
        NameToken(name_id=name.id, person_id=name.person_id, token=word, is_family=is_family)
        for name in names
        for part, is_family in ((name.given, False), (name.family, True))
        for word in name_words(part)
    ]
    NameToken.objects.bulk_create(tokens)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_learn_words(%s)", [sorted({token.token for token in tokens})])
