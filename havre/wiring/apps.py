from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from havre.plumbing.keys import file_keys, use_keys

# A page of staff asks up to sixty statements, and the pages between which somebody goes to and fro
# some two hundred. Of a hundred, which is the driver's own number, each had pushed the next one
# out, and all were planned anew: behind the walls that is half of what the database does. The
# worker's route asks as many of each report.
PLANS_KEPT = 200


def keep_plans(connection: Any, **_rest: Any) -> None:  # noqa: ANN401 - Django's own
    """Let the server of a new connection keep so many statements planned."""
    wire = connection.connection
    wire.prepared_max = max(wire.prepared_max, PLANS_KEPT)


class WiringConfig(AppConfig):
    """Joins the rooms once all of them stand."""

    name = "havre.wiring"
    label = "wiring"

    def ready(self) -> None:
        use_keys(file_keys(settings.KEYS_FILE))
        # Migrations ask nothing twice.
        if settings.ACCOUNT != "owner":
            connection_created.connect(keep_plans)
        from havre.wiring import signals  # noqa: F401, PLC0415 - the models must stand first
