from django.apps import AppConfig


class ResolvingConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.links.resolving"
    label = "resolving"
