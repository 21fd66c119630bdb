from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "sightline.enquiries"
    label = "enquiries"
    default_auto_field = "django.db.models.BigAutoField"
