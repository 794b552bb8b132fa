from django.apps import AppConfig


class SilentConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.links.silent"
    label = "silent"
