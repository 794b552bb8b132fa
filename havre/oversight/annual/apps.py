from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.oversight.annual"
    label = "annual"
