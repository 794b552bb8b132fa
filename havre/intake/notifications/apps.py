from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.intake.notifications"
    label = "notifications"
