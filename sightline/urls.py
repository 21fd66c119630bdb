"""Every address of the product: sign-in, and the pages."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.urls"))]
if find_spec("sightline.web") and find_spec("sightline.web.urls"):
    urlpatterns.append(path("", include("sightline.web.urls")))
