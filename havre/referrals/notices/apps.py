from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.referrals.notices"
    label = "notices"
