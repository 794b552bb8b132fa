from django.apps import AppConfig


class ClassifyingConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.referrals.classifying"
    label = "classifying"
