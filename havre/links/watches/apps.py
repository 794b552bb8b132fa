from django.apps import AppConfig


class WatchesConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.links.watches"
    label = "watches"
