"""The addresses of the pages. An address holds opaque keys and never anything about a person."""

from django.urls import include, path

from sightline.web.casework.urls import urlpatterns as casework
from sightline.web.health import healthy

urlpatterns = [
    path("healthy", healthy, name="healthy"),
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
