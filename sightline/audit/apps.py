from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sightline.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
