"""The only reader of this room that others use. Files by what they read.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many rows answer it.
"""

from sightline.enquiries.reading_discussions import (
    ChildDecision,
    DiscussionLine,
    DiscussionView,
    TookPartView,
    get_discussion,
    list_discussions,
)
from sightline.enquiries.reading_earlier import EarlierView, get_earlier, list_earlier
from sightline.enquiries.reading_enquiries import (
    ChildConclusion,
    EnquiryLine,
    EnquiryView,
    ToldView,
    get_enquiry,
    list_enquiries,
    section_47_of,
)
from sightline.enquiries.reading_orders import (
    MedicalLine,
    OrderLine,
    get_medical,
    get_order,
    list_medicals,
    list_orders,
)

__all__ = [
    "ChildConclusion",
    "ChildDecision",
    "DiscussionLine",
    "DiscussionView",
    "EarlierView",
    "EnquiryLine",
    "EnquiryView",
    "MedicalLine",
    "OrderLine",
    "ToldView",
    "TookPartView",
    "get_discussion",
    "get_earlier",
    "get_enquiry",
    "get_medical",
    "get_order",
    "list_discussions",
    "list_earlier",
    "list_enquiries",
    "list_medicals",
    "list_orders",
    "section_47_of",
]
