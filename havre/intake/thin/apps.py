from django.apps import AppConfig


class ThinConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.thin"
    label = "thin"
