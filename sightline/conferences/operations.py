"""The only writer of this room. Its verbs stand in files by what they write."""

from sightline.conferences.convening import call_off, convene, move
from sightline.conferences.holding import record_outcome
from sightline.conferences.inviting import allow, confirm_invitee, exclude, keep_invitation, leave_out
from sightline.conferences.lettering import letter_given, letter_not_sent, make_letter, release_letter
from sightline.conferences.viewing import child_part, give_view, report_shared, take_report

__all__ = [
    "allow",
    "call_off",
    "child_part",
    "confirm_invitee",
    "convene",
    "exclude",
    "give_view",
    "keep_invitation",
    "leave_out",
    "letter_given",
    "letter_not_sent",
    "make_letter",
    "move",
    "record_outcome",
    "release_letter",
    "report_shared",
    "take_report",
]
