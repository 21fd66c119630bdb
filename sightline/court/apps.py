from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "sightline.court"
    label = "court"
    default_auto_field = "django.db.models.BigAutoField"
