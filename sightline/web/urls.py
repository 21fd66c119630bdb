"""The addresses of the pages. An address holds opaque keys and never anything about a person."""

from django.urls import include, path
from django.views.decorators.http import require_GET as only_read

from sightline.web.casework.urls import urlpatterns as casework
from sightline.web.health import healthy
from sightline.web.standing import signed_in

urlpatterns = [
    path("healthy", healthy, name="healthy"),
    path("signed-in", only_read(signed_in), name="signed-in"),
    *casework,
    path("", include("sightline.web.front_door.urls")),
    path("", include("sightline.web.visits.urls")),
    path("", include("sightline.web.assessments.urls")),
    path("", include("sightline.web.plans.urls")),
    path("", include("sightline.web.endings.urls")),
    path("", include("sightline.web.disagreements.urls")),
    path("", include("sightline.web.conferences.urls")),
    path("", include("sightline.web.enquiries.urls")),
    path("", include("sightline.web.court.urls")),
    path("", include("sightline.web.earlier.urls")),
    path("", include("sightline.web.accounts.urls")),
    path("", include("sightline.web.access.urls")),
]
