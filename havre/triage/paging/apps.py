from django.apps import AppConfig


class PagingConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.paging"
    label = "paging"
