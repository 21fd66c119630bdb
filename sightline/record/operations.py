"""The only writer of the spine. Its verbs stand in files by what they write."""

from sightline.record.accounts import attach_account
from sightline.record.endings import (
    LeftOpenGiven,
    ask_to_end,
    leave_open,
    refuse_ending_in_part,
    return_ending,
    write_ending,
)
from sightline.record.entries import (
    EntryGiven,
    correct_entry,
    keep_apart,
    mention_adult,
    withdraw_entry,
    write_entries,
    write_entry,
)
from sightline.record.episodes import allocate, close_episode, open_episodes
from sightline.record.step_people import add_to_step, finish_for, take_off_step
from sightline.record.steps import clear_notice, clear_notices_of, close_step, move_step, open_step, set_due, tell
from sightline.record.wishes import overrule_wish

__all__ = [
    "EntryGiven",
    "LeftOpenGiven",
    "add_to_step",
    "allocate",
    "ask_to_end",
    "attach_account",
    "clear_notice",
    "clear_notices_of",
    "close_episode",
    "close_step",
    "correct_entry",
    "finish_for",
    "keep_apart",
    "leave_open",
    "mention_adult",
    "move_step",
    "open_episodes",
    "open_step",
    "overrule_wish",
    "refuse_ending_in_part",
    "return_ending",
    "set_due",
    "take_off_step",
    "tell",
    "withdraw_entry",
    "write_ending",
    "write_entries",
    "write_entry",
]
