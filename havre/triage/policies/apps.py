from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The sub-room keeps tables of its own."""

    name = "havre.triage.policies"
    label = "policies"
