"""The room of the practice model."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Forms, decisions, timescales and letters, as data."""

    name = "sightline.practice"
    label = "practice"
    verbose_name = "Practice model"
