"""The only writer of this room. Its verbs stand in files by what they write."""

from sightline.enquiries.discussing import add_shared, ask_for_discussion, decide_for, record_discussion
from sightline.enquiries.ending_earlier import say_how_earlier_ended
from sightline.enquiries.enquiring import (
    add_account,
    conclude,
    decide_no_conference,
    link_discussion,
    note_told,
    open_enquiry,
    set_manner,
)
from sightline.enquiries.examining import ask_for_medical, medical_not_held, record_medical
from sightline.enquiries.ordering import end_order, record_order, say_where_kept
from sightline.enquiries.rules import ConclusionGiven, DecisionGiven, DiscussionHeld, TookPartGiven

__all__ = [
    "ConclusionGiven",
    "DecisionGiven",
    "DiscussionHeld",
    "TookPartGiven",
    "add_account",
    "add_shared",
    "ask_for_discussion",
    "ask_for_medical",
    "conclude",
    "decide_for",
    "decide_no_conference",
    "end_order",
    "link_discussion",
    "medical_not_held",
    "note_told",
    "open_enquiry",
    "record_discussion",
    "record_medical",
    "record_order",
    "say_how_earlier_ended",
    "say_where_kept",
    "set_manner",
]
