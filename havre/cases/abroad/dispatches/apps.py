from django.apps import AppConfig


class DispatchesConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.cases.abroad.dispatches"
    label = "dispatches"
