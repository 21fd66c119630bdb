"""The only reader of this room that others use. Files by what they read.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many rows answer it.
"""

from sightline.conferences.reading_desk import ChairLine, children_chaired, list_for_chair
from sightline.conferences.reading_earlier import EarlierView, list_earlier
from sightline.conferences.reading_invitees import InviteeView, SaidView, get_invitee, invitees_of, views_of
from sightline.conferences.reading_kept_out import KeptOut, Who, kept_out_of
from sightline.conferences.reading_letters import (
    DissentView,
    LetterView,
    RecordOfMeeting,
    get_letter,
    kept_from,
    list_dissents,
    list_letters,
    list_letters_of,
    quorum_of,
    read_record,
)
from sightline.conferences.reading_meetings import (
    ChildInMeeting,
    MeetingLine,
    MeetingView,
    SittingView,
    get_meeting,
    list_meetings,
)
from sightline.conferences.reading_parts import FamilyPart, MeetingPart, parts_of
from sightline.conferences.reading_views import AgencyView, LatestView, latest_views, views_by_agency, voices_of

__all__ = [
    "AgencyView",
    "ChairLine",
    "ChildInMeeting",
    "DissentView",
    "EarlierView",
    "FamilyPart",
    "InviteeView",
    "KeptOut",
    "LatestView",
    "LetterView",
    "MeetingLine",
    "MeetingPart",
    "MeetingView",
    "RecordOfMeeting",
    "SaidView",
    "SittingView",
    "Who",
    "children_chaired",
    "get_invitee",
    "get_letter",
    "get_meeting",
    "invitees_of",
    "kept_from",
    "kept_out_of",
    "latest_views",
    "list_dissents",
    "list_earlier",
    "list_for_chair",
    "list_letters",
    "list_letters_of",
    "list_meetings",
    "parts_of",
    "quorum_of",
    "read_record",
    "views_by_agency",
    "views_of",
    "voices_of",
]
