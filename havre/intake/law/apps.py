from django.apps import AppConfig


class LawConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.law"
    label = "law"
