from django.apps import AppConfig


class EnclosuresConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.cases.abroad.enclosures"
    label = "enclosures"
