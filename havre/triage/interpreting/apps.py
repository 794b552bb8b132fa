from django.apps import AppConfig


class InterpretingConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.interpreting"
    label = "interpreting"
