"""How much a field holds. Whoever writes more is told so in a sentence, and their words stay where they were typed."""

from sightline.kernel.errors import Refusal


def refuse_longer(words: str, longest: int, *, field: str, what: str = "this") -> None:
    """Refuse more than the longest that is kept, counted without the space around the words."""
    length = len(words.strip())
    if length > longest:
        raise Refusal(
            f"Keep {what} to {longest} characters: there are {length}. The rest goes in the text or in a note.",
            field=field,
        )
