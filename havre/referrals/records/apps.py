from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.referrals.records"
    label = "records"
