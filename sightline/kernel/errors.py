"""Refusals: what the product says when it will not do what was asked.

Each carries a sentence that the worker can act on. The sentence is shown to the
person who acts and never logged, since it may repeat what they typed.
"""


class Refusal(Exception):
    """The act was refused, and nothing changed.

    ``message`` is a whole sentence that says what to do; ``field`` names the
    input that it belongs to, where there is one, so a page can stand it there.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message


class Stale(Refusal):
    """Somebody else saved this first. Both texts are carried, so none is lost.

    ``theirs`` is what is now on the record, ``yours`` what was about to be
    written over it.
    """

    def __init__(self, message: str, *, theirs: str, yours: str, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.theirs = theirs
        self.yours = yours


class NotFound(Refusal):
    """There is nothing there that this person may know of.

    Absent and hidden read alike: the sentence must not differ between them.
    """


class NotPermitted(Refusal):
    """This person may know of the thing, and may not do this with it."""
