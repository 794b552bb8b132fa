from django.apps import AppConfig


class XarfConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.xarf"
    label = "xarf"
