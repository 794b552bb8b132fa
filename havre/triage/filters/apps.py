from django.apps import AppConfig


class FiltersConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.filters"
    label = "filters"
