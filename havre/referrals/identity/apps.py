from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """The sub-room keeps a table of its own."""

    name = "havre.referrals.identity"
    label = "identity"
