"""What one part of the document has said, the latest first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.assessments.queries import list_part_versions
from sightline.kernel.errors import NotFound
from sightline.web.assessments.opening import open_document
from sightline.web.presenters import assessments as said
from sightline.web.presenters.assessments import Naming
from sightline.workforce.queries import account_names


def earlier(request: HttpRequest, assessment: UUID, part: str, child: UUID | None = None) -> HttpResponse:
    """Everything that one part has said; `assessment-earlier` and `assessment-earlier-child`."""
    opened = open_document(request, assessment)
    asked = next((one for one in opened.parts if one.place == (part, child)), None)
    if asked is None:
        raise NotFound("There is no such part of this assessment. Open the assessment, and choose it there.")
    versions = list_part_versions(assessment=assessment, key=part, child=child)
    naming = Naming(account_names({one.by for one in versions}), {})
    context = {"opened": opened, "part": asked, "rows": said.version_rows(versions, naming)}
    return render(request, "assessments/earlier.html", context)
