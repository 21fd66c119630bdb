"""The addresses of the pages. An address holds opaque keys and never anything about a person."""

from importlib.util import find_spec

from django.urls import include, path

from sightline.web.casework.urls import urlpatterns as casework
from sightline.web.health import healthy

urlpatterns = [path("healthy", healthy, name="healthy"), *casework]
if find_spec("sightline.web.front_door") and find_spec("sightline.web.front_door.urls"):
    urlpatterns.append(path("", include("sightline.web.front_door.urls")))
