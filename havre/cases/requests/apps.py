from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.cases.requests"
    label = "requests"
