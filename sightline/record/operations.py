"""The only writer of the spine. Its verbs stand in three files by what they write."""

from sightline.record.entries import correct_entry, keep_apart, mention_adult, withdraw_entry, write_entry
from sightline.record.episodes import allocate, close_episode, open_episodes
from sightline.record.steps import clear_notice, close_step, move_step, open_step, tell

__all__ = [
    "allocate",
    "clear_notice",
    "close_episode",
    "close_step",
    "correct_entry",
    "keep_apart",
    "mention_adult",
    "move_step",
    "open_episodes",
    "open_step",
    "tell",
    "withdraw_entry",
    "write_entry",
]
