"""What every test stands on."""

import gc
from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import translation
from hypothesis import HealthCheck, settings

from havre.intake.floods.watch import forget
from havre.referrals.records.pace import forget_what_was_taken
from havre.wiring.catalogues import compile_catalogues
from tests.database import (
    _django_db_helper,
    _marked_real_commits,
    django_db_setup,
    lasting_block,
    lasting_database,
    own_database,
    real_database,
    stop_server,
)

__all__ = [
    "_django_db_helper",
    "_marked_real_commits",
    "django_db_setup",
    "lasting_block",
    "lasting_database",
    "own_database",
    "real_database",
]

# A busy machine is no fault of ours: no test of ours depends on the clock.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


# New objects; Python's own 700 looks for rubbish many times a request, and all the while it loads.
gc.set_threshold(20_000)
# Their servers are processes of their own, which would hash a weak password anew at its first use.
WITH_SERVERS = {"journeys", "trials"}


@pytest.fixture(scope="module", autouse=True)
def passwords_cost_little(request) -> Iterator[None]:
    """Invented passwords need no strength: at full cost they take half the time of every test."""
    if WITH_SERVERS & set(request.path.parts):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "time_cost", 1)
        patch.setattr(Argon2PasswordHasher, "memory_cost", 64)
        yield


@pytest.fixture(autouse=True)
def nobody_was_counted() -> None:
    """All tests come from one network, which would look like a flood."""
    forget()
    forget_what_was_taken()


@pytest.fixture(autouse=True)
def nothing_is_known_from_another_database() -> None:
    """What a process remembers of providers, of filings, and the numbers that it drew."""
    from havre.intake.providers import at_hand, known, statements

    known._known.clear()
    at_hand.shelf._rows.clear()
    statements._numbers.clear()


@pytest.fixture(autouse=True)
def no_decision_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a second person reads is drawn by lot: a test that is about it says what is drawn."""
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: False)


@pytest.fixture(autouse=True)
def nobody_spoke_before() -> None:
    """A page leaves its reader's language behind. A test begins in the first one, as a process."""
    translation.deactivate()


def pytest_configure() -> None:
    compile_catalogues()


def pytest_collection_finish() -> None:
    """What was loaded stays until the end: nobody need look through it for rubbish again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    stop_server()
