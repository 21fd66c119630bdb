"""Makes the census's parts from plain values, so that the rules judge what is written as they judge what was read."""

from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sightline.returns.cin.parts import Field, Group, Kind, shapes
from sightline.returns.cin.reader import read_value

G = TypeVar("G", bound=Group)
Plain = str | date | bool | int | None
_FLAGS = {True: "true", False: "false"}


def given(of: type[G], *, sex_element: str = "Sex", **values: Any) -> G:
    """A group from plain values under the names of its own parts; what is not named is absent.

    A day, a number, true or false, and text are written as the census writes them, and
    text for a day or a number is read as a file's would be, so that a wrong one can be
    made too. An element that stands any number of times takes a sequence. ``sex_element``
    is the year's own name for it (`Year.sex_element`). Refuses (`TypeError`) a name that
    the group does not have. Nothing that is made has a line: it is 0.
    """
    made: dict[str, Any] = {}
    for name, shape in shapes(of):
        kind = shape["shape"]
        value = values.pop(name, None)
        if kind == "item":
            element = sex_element if shape["element"] == "Sex" else shape["element"]
            made[name] = _field(element, shape["kind"], value)
        elif kind == "items":
            made[name] = tuple(_field(shape["each"], shape["kind"], each) for each in value or ())
        elif kind == "one":
            made[name] = value if value is not None else given(shape["group"])
        else:
            made[name] = tuple(value or ())
    if values:
        raise TypeError(f"{of.__name__} has no {', '.join(sorted(values))}.")
    return of(line=0, **made)


def _field(element: str, kind: Kind, value: Plain) -> Field[Any]:
    if value is None:
        return _absent(element)
    if isinstance(value, str):
        return Field(element, 0, value, read_value(kind, value))
    return Field(element, 0, as_written(value), value)


def as_written(value: Plain) -> str:
    """A plain value as the census writes it: a day as 2027-03-31, a moment to the second, true or false."""
    if isinstance(value, bool):
        return _FLAGS[value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


@cache
def _absent(element: str) -> Field[Any]:
    return Field(element, 0)
