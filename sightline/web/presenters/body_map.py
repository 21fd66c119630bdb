"""A drawn body, front and back, on which sites are marked. It says nothing that the words beside it do not say."""

from collections.abc import Collection, Mapping

from sightline.web.presenters.words import listing

Shape = tuple[str, float, float, float, float, float]
"""A site of the pack's list `body_site`, and the rounded box for it: left, top, width, height, roundness."""

WHOLE, NOT_SAID = "whole", "not_said"
HEAD: Shape = ("head", 37, 3, 26, 32, 13)
NECK: Shape = ("neck", 45, 33, 10, 9, 3)
OF_THE_FACE: tuple[Shape, ...] = (
    ("face", 41, 11, 18, 22, 9),
    ("mouth", 46, 26, 8, 3.5, 1.7),
)
MIDDLE_IN_FRONT: tuple[Shape, ...] = (
    ("chest", 36, 42, 28, 28, 5),
    ("belly", 37, 71, 26, 25, 5),
    ("genitals", 45, 97, 10, 9, 4),
)
MIDDLE_BEHIND: tuple[Shape, ...] = (
    ("back_upper", 36, 42, 28, 28, 5),
    ("back_lower", 37, 71, 26, 21, 5),
    ("bottom", 36, 93, 28, 16, 7),
)
ONE_SIDE: tuple[Shape, ...] = (
    ("ear", 33.5, 15, 4, 8, 2),
    ("shoulder", 24, 42, 11, 13, 5),
    ("arm", 21, 56, 11, 45, 5),
    ("hand", 19, 102, 12, 14, 5),
    ("thigh", 36, 110, 13, 38, 5),
    ("leg", 37, 149, 11, 44, 5),
    ("foot", 33, 194, 15, 9, 4),
)
"""What a body has on either side, drawn on the left of the picture."""
EYE: Shape = ("eye", 43.5, 17, 5, 3.5, 1.7)
WIDTH = 100


def _mirrored(shape: Shape) -> Shape:
    name, left, top, width, height, round_ = shape
    return (name, WIDTH - left - width, top, width, height, round_)


def _both_sides(shapes: tuple[Shape, ...], left_of_picture: str, right_of_picture: str) -> list[Shape]:
    drawn = [(f"{one[0]}_{left_of_picture}", *one[1:]) for one in shapes]
    return [*drawn, *((f"{one[0]}_{right_of_picture}", *_mirrored(one)[1:]) for one in shapes)]


# Whoever is looked at from the front has their right hand on the left of the picture.
FRONT: tuple[Shape, ...] = (
    HEAD, *OF_THE_FACE, NECK, *MIDDLE_IN_FRONT, *_both_sides((*ONE_SIDE, EYE), "right", "left"),
)  # fmt: skip
BACK: tuple[Shape, ...] = (HEAD, NECK, *MIDDLE_BEHIND, *_both_sides(ONE_SIDE, "left", "right"))
VIEWS: Mapping[str, tuple[Shape, ...]] = {"Front": FRONT, "Back": BACK}


def body_map(sites: Collection[str], labels: Mapping[str, str]) -> dict[str, object]:
    """For enquiries/body-map.html: the shapes of both sides, those of these sites marked, and the same in words."""
    return {
        "views": [
            {"name": name, "shapes": [_drawn(one, sites) for one in _in_order(shapes, sites)]}
            for name, shapes in VIEWS.items()
        ],
        "words": where_words(sites, labels),
    }


def _in_order(shapes: tuple[Shape, ...], sites: Collection[str]) -> list[Shape]:
    """What is marked is drawn last, so that nothing covers it; the eyes and the mouth stand on the face."""
    small = ("eye", "mouth")
    return sorted(shapes, key=lambda one: (one[0].startswith(small), one[0] in sites and one[0] != "head"))


def _drawn(shape: Shape, sites: Collection[str]) -> dict[str, object]:
    site, left, top, width, height, round_ = shape
    return {
        "site": site, "x": left, "y": top, "width": width, "height": height, "round": round_,
        "marked": site in sites or WHOLE in sites,
    }  # fmt: skip


def where_words(sites: Collection[str], labels: Mapping[str, str]) -> str:
    """`Left arm and face`; in the order of the list."""
    named = [words for key, words in labels.items() if key in sites]
    named += [key.replace("_", " ") for key in sites if key not in labels]
    said = listing(one[:1].lower() + one[1:] for one in named)
    return said[:1].upper() + said[1:]
