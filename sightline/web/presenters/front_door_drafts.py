"""Two drafts side by side, in words."""

import json

from sightline.kernel.errors import Stale

LABELS = {
    "saw_or_heard": "What they saw or heard",
    "fears": "What they fear",
    "danger_words": "The danger",
    "history_bears": "What in the history bears on this",
    "who_name": "Their name",
}


def stale_rows(stale: Stale) -> dict[str, object]:
    """Both drafts, for `components/stale.html`: only what differs."""
    theirs, mine = json.loads(stale.theirs), json.loads(stale.yours)
    names = [name for name in LABELS if _first(theirs, name) != _first(mine, name)]

    def rows(body: dict[str, list[str]]) -> list[dict[str, str]]:
        return [{"name": LABELS[name], "text": _first(body, name) or "Nothing written"} for name in names]

    return {
        "theirs": {"who": "you", "when": "in another window", "rows": rows(theirs)},
        "mine": {"rows": rows(mine)},
        "message": stale.message,
    }


def _first(body: dict[str, list[str]], name: str) -> str:
    return (body.get(name) or [""])[0]
