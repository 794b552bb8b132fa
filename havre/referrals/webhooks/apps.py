from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.referrals.webhooks"
    label = "webhooks"
