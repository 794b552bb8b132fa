from django.apps import AppConfig


class DutyConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.duty"
    label = "duty"
