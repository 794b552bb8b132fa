from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.cases.bulletins"
    label = "bulletins"
