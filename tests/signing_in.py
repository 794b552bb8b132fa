"""Officers who sign in, for tests: the way a person does it, or at once."""

import base64
import hmac
import struct
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client

from havre.agencies.actions import add_officer, load_agencies
from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.directory import AgencyRow
from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.sessions import SECOND_FACTOR_OF
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as

PASSWORD = "tide chart lantern 42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP_SECONDS = 30
SIGN_IN, CODE = "/en/sign-in", "/en/sign-in/code"
HERE, ELSEWHERE = "192.0.2.10", "198.51.100.10"


def an_agency(code: str = "harbor-police") -> Agency:
    """A police force of an invented harbor, in the directory."""
    row = AgencyRow(
        code=code,
        name_en="Harbor Police",
        name_fr="Police du port",
        kind=AgencyKind.POLICE,
        legal_type="",
        regions=("MB",),
        languages=("en", "fr"),
        contact="",
        after_hours="",
        is_national_centre=False,
        default_for=(),
        source="invented",
        as_of=date(2026, 11, 1),
    )
    load_agencies([row], by=Station.SET_UP)
    return agency_by_code(code)


def an_officer(
    username: str, *, role: Role = Role.OUTREACH_OFFICER, language: str = "en"
) -> Officer:
    """An officer of the harbor whose password is PASSWORD and who has no second factor yet."""
    return add_officer(
        username,
        name=username.title(),
        agency=an_agency(),
        role=role,
        password=PASSWORD,
        language=language,
        by=Station.SET_UP,
    )


def totp_code(secret: str = SECRET, *, at: float | None = None) -> str:
    """The six digits an app shows, now or then (RFC 6238, SHA-1, 30 seconds)."""
    counter = int(time.time() if at is None else at) // STEP_SECONDS
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def with_totp(officer: Officer, secret: str = SECRET) -> Officer:
    """An officer whose app is set up."""
    TOTP.activate(officer, secret)
    return officer


def signed_in(officer: Officer, client: Client | None = None) -> Client:
    """A browser in which an officer has signed in, second factor and all; in no time."""
    client = client or Client()
    if not officer.authenticator_set.exists():
        with_totp(officer)
    client.force_login(officer)
    session = client.session
    session[SECOND_FACTOR_OF] = str(officer.pk)
    session.save()
    return client


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """Waits are counted by our clock; it stands, so a slow machine changes nothing."""
    with clock.clock_set_to(clock.now()):
        yield


def later(**span: float) -> AbstractContextManager[None]:
    """The same a while later."""
    return clock.clock_set_to(clock.now() + timedelta(**span))


def try_password(
    client: Client, name: str, password: str = "wrong", address: str = HERE
) -> HttpResponse:
    """One try at the sign-in page."""
    typed = {"login": name, "password": password}
    return client.post(SIGN_IN, typed, REMOTE_ADDR=address)


def lines(event: Event) -> list[Entry]:
    """What the log says of one kind of event."""
    with acting_as(Station.SET_UP.context):
        return list(Entry.objects.filter(event=event))
