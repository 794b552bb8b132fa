from django.apps import AppConfig


class ResumingConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.resuming"
    label = "resuming"
