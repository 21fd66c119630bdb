"""One choice for two facts: whether somebody knows that we were told, and whether they agree."""

KNOWS = (
    ("agrees", "Knows and agrees"),
    ("disagrees", "Knows and does not agree"),
    ("not_asked", "Knows, and was not asked"),
    ("not_told", "Has not been told"),
    ("not_known", "Not known"),
)
FACTS = {
    "agrees": ("yes", "yes"),
    "disagrees": ("yes", "no"),
    "not_asked": ("yes", "not_asked"),
    "not_told": ("no", "not_asked"),
    "not_known": ("not_known", "not_asked"),
}
"""For each choice: told, agrees."""

NEEDS_WHY = frozenset({"not_told", "not_known"})


def words_for(told: str, agrees: str) -> str:
    """The choice's own words for the two facts that are kept."""
    labels = dict(KNOWS)
    return next((labels[key] for key, facts in FACTS.items() if facts == (told, agrees)), labels["not_known"])
