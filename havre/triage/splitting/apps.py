from django.apps import AppConfig


class SplittingConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.triage.splitting"
    label = "splitting"
