"""The only writer of assessments. Its verbs stand in files by what they write."""

from sightline.assessments.beginning import begin_round
from sightline.assessments.concluding import look_again, record_conclusion
from sightline.assessments.evidence import keep_not_asked, keep_request, note_answer
from sightline.assessments.rules import Written
from sightline.assessments.signing import authorise, return_for_edits, stop_round, submit
from sightline.assessments.taking_up import go_on_with_earlier
from sightline.assessments.writing import mark_factors, write_part

__all__ = [
    "Written",
    "authorise",
    "begin_round",
    "go_on_with_earlier",
    "keep_not_asked",
    "keep_request",
    "look_again",
    "mark_factors",
    "note_answer",
    "record_conclusion",
    "return_for_edits",
    "stop_round",
    "submit",
    "write_part",
]
