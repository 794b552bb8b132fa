from django.apps import AppConfig
from django.conf import settings

from havre.plumbing.keys import file_keys, use_keys


class WiringConfig(AppConfig):
    """Joins the rooms once all of them stand."""

    name = "havre.wiring"
    label = "wiring"

    def ready(self) -> None:
        use_keys(file_keys(settings.KEYS_FILE))
        from havre.wiring import signals  # noqa: F401, PLC0415 - the models must stand first
