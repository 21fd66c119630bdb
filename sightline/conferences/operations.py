"""The only writer of this room. Its verbs stand in files by what they write."""

from sightline.conferences.convening import call_off, convene, move
from sightline.conferences.holding import record_outcome
from sightline.conferences.inviting import (
    InviteeGiven,
    allow,
    confirm_invitee,
    confirm_invitees,
    exclude,
    keep_invitation,
    keep_invitations,
    leave_out,
)
from sightline.conferences.lettering import (
    DraftGiven,
    letter_given,
    letter_not_sent,
    make_letter,
    make_letters,
    release_letter,
)
from sightline.conferences.viewing import child_part, give_view, report_shared, take_report

__all__ = [
    "DraftGiven",
    "InviteeGiven",
    "allow",
    "call_off",
    "child_part",
    "confirm_invitee",
    "confirm_invitees",
    "convene",
    "exclude",
    "give_view",
    "keep_invitation",
    "keep_invitations",
    "leave_out",
    "letter_given",
    "letter_not_sent",
    "make_letter",
    "make_letters",
    "move",
    "record_outcome",
    "release_letter",
    "report_shared",
    "take_report",
]
