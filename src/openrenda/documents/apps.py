"""Registers the app with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Uploaded files: kept by hash, served on asking."""

    name = "openrenda.documents"
    label = "documents"
    verbose_name = "附件"
    default_auto_field = "django.db.models.BigAutoField"
