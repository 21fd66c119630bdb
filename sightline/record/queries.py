"""The only reader of the spine that others use. Three files by what they read.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many rows answer it.
"""

from sightline.record.reading_carriage import (
    CarriedEpisode,
    OpenStep,
    ToldNotice,
    count_open_steps,
    get_carriers,
    get_open_episodes,
    get_step,
    get_step_post,
    list_carried,
    list_episodes,
    list_notices,
    list_open_steps,
    list_steps_about,
    list_steps_for,
)
from sightline.record.reading_entries import (
    EntryView,
    LastSeen,
    Mark,
    MentionGroup,
    PassageView,
    SubjectView,
    Timeline,
    get_entry,
    kept_apart_for,
    last_seen_of,
    list_earlier_versions,
    list_entries,
    list_mentions,
    list_timeline,
)

__all__ = [
    "CarriedEpisode",
    "EntryView",
    "LastSeen",
    "Mark",
    "MentionGroup",
    "OpenStep",
    "PassageView",
    "SubjectView",
    "Timeline",
    "ToldNotice",
    "count_open_steps",
    "get_carriers",
    "get_entry",
    "get_open_episodes",
    "get_step",
    "get_step_post",
    "kept_apart_for",
    "last_seen_of",
    "list_carried",
    "list_earlier_versions",
    "list_entries",
    "list_episodes",
    "list_mentions",
    "list_notices",
    "list_open_steps",
    "list_steps_about",
    "list_steps_for",
    "list_timeline",
]
