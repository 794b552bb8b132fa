"""What every test stands on."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from havre.plumbing.catalogues import compile_catalogues
from tests.database import (
    _django_db_helper,
    _marked_real_commits,
    django_db_setup,
    real_database,
    start_server,
    stop_server,
    worker_database,
)

__all__ = [
    "_django_db_helper",
    "_marked_real_commits",
    "django_db_setup",
    "real_database",
    "worker_database",
]


def pytest_configure(config: pytest.Config) -> None:
    # Invented passwords need no strength: at full cost they take half the time of every test.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64
    if hasattr(config, "workerinput"):
        return
    compile_catalogues()
    # The workers of one run share one server; a run without workers starts it when needed.
    if getattr(config.option, "numprocesses", None):
        start_server()


def pytest_unconfigure() -> None:
    stop_server()
