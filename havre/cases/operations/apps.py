from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.cases.operations"
    label = "operations"
