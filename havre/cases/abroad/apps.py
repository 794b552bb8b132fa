from django.apps import AppConfig


class AbroadConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.cases.abroad"
    label = "abroad"
