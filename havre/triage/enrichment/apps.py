from django.apps import AppConfig


class EnrichmentConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.enrichment"
    label = "enrichment"
