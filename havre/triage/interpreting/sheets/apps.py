from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.interpreting.sheets"
    label = "sheets"
