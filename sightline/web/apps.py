"""The pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, components and the words on them."""

    name = "sightline.web"
    label = "web"
    verbose_name = "Pages"
