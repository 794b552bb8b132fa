from django.apps import AppConfig


class BulkConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.bulk"
    label = "bulk"
