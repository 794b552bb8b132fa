from django.apps import AppConfig


class AlikeConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.triage.alike"
    label = "alike"
