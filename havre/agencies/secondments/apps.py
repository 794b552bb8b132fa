from django.apps import AppConfig


class SecondmentsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.agencies.secondments"
    label = "secondments"
