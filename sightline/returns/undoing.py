"""Why a child was left when an import was undone, in words. Pure."""

from collections.abc import Iterable

# By the table that says so. A table of a room that is not named here is work all the same.
_WORDS = {
    "people_particulars": "their particulars were corrected",
    "people_identifier": "a number was added or corrected",
    "people_name": "they were given a name",
    "people_nametoken": "they were given a name",
    "people_residence": "an address was recorded",
    "people_relationship": "somebody was related to them",
    "people_need": "a need was recorded",
    "people_warning": "a warning was recorded",
    "people_identification": "their identity was considered",
    "record_entry": "something was recorded about them",
    "record_passage": "something was recorded about them",
    "record_mention": "somebody was spoken of around them",
    "record_attachment": "a document was added",
    "record_withdrawal": "something was taken off their record",
    "record_episode": "an episode was opened or closed",
    "record_allocation": "they were allocated",
    "record_step": "a step was opened for them",
    "record_stepsubject": "a step was opened for them",
    "record_stepcarrier": "another post took on what was open",
    "assessments_earlierassessment": "an assessment that was open is gone on with here",
    "assessments_round": "an assessment that was open is gone on with here",
    "plans_earlierplan": "a plan that was in force is gone on with here",
    "enquiries_earlierenquiry": "somebody said how an enquiry ended",
    "court_preproceedings": "pre-proceedings were changed or begun",
    "record_notice": "somebody was told about them",
    "access_grant": "somebody is working with them",
    "access_bar": "their record was restricted",
    "doorway_draft": "somebody is writing about them",
    "documents_documentsubject": "a document was added",
    "partnership_messageabout": "a message was sent about them",
    "returns_import": "a later import names them",
}
OTHERWISE = "there is other work about them"


def why_kept(tables: Iterable[str]) -> list[str]:
    """Each reason once, in the alphabet's order."""
    return sorted({_WORDS.get(table, OTHERWISE) for table in tables})
