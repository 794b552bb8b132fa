from django.apps import AppConfig


class PassingConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.cases.abroad.passing"
    label = "passing"
