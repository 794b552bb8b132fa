from importlib import import_module

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The room; partners keep their table in a sub-room that no start-up reads by itself."""

    name = "havre.intake"

    def ready(self) -> None:
        import_module("havre.intake.partners.models")
