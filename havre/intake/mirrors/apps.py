from django.apps import AppConfig


class MirrorsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.mirrors"
    label = "mirrors"
