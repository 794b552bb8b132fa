from django.apps import AppConfig


class BundlesConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.bundles"
    label = "bundles"
