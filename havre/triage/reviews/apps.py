from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.triage.reviews"
    label = "reviews"
