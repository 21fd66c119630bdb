"""The only reader of assessments that others use. Files by what they read.

Everything here is read under the row policies as whoever acts: what they may not see is not
there. Each question asks a fixed number of queries, however many parts or signed assessments there are.
"""

from sightline.assessments.reading_conclusions import ConclusionView, list_conclusions
from sightline.assessments.reading_documents import (
    DocumentView,
    PartView,
    RoundView,
    TurnView,
    get_document,
    get_document_of,
    get_documents_of,
    get_round,
    list_open_rounds,
    list_part_versions,
)
from sightline.assessments.reading_earlier import EarlierView, list_earlier
from sightline.assessments.reading_evidence import (
    EvidenceView,
    evidence_status,
    get_evidence_request,
    list_evidence,
)
from sightline.assessments.reading_signed import (
    MissingView,
    SignedView,
    get_signed,
    list_missing,
    list_signed,
)

__all__ = [
    "ConclusionView",
    "DocumentView",
    "EarlierView",
    "EvidenceView",
    "MissingView",
    "PartView",
    "RoundView",
    "SignedView",
    "TurnView",
    "evidence_status",
    "get_document",
    "get_document_of",
    "get_documents_of",
    "get_evidence_request",
    "get_round",
    "get_signed",
    "list_conclusions",
    "list_earlier",
    "list_evidence",
    "list_missing",
    "list_open_rounds",
    "list_part_versions",
    "list_signed",
]
