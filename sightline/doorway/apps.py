from django.apps import AppConfig


class DoorwayConfig(AppConfig):
    name = "sightline.doorway"
    label = "doorway"
    default_auto_field = "django.db.models.BigAutoField"
