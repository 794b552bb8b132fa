from django.apps import AppConfig


class SplitsConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.intake.splits"
    label = "splits"
