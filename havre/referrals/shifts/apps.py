from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.referrals.shifts"
    label = "shifts"
