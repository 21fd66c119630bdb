from django.apps import AppConfig


class DisagreementsConfig(AppConfig):
    name = "sightline.disagreements"
    label = "disagreements"
    default_auto_field = "django.db.models.BigAutoField"
