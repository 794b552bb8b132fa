"""A signed-in session: when it began, when its officer was last here, what it has shown.

Three marks in the session, no table of our own. Django's own expiry date moves with every save,
so it cannot hold a longest time; the marks can.
"""

from datetime import UTC, datetime

from django.contrib.auth import logout
from django.http import HttpRequest

from havre.agencies.models import Officer
from havre.agencies.rules.sessions import NOTED_EVERY, SessionEnd, session_end
from havre.plumbing import clock
from havre.plumbing.context import acting_as

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SECOND_FACTOR_OF = "second_factor_of"


def begin_session(request: HttpRequest) -> None:
    """Note when a sign-in began."""
    now = clock.now().timestamp()
    request.session[SIGNED_IN_AT] = now
    request.session[SEEN_AT] = now


def why_over(request: HttpRequest, officer: Officer) -> SessionEnd | None:
    """Why this sign-in has run out, or None while it lasts. A session without marks has."""
    now = clock.now()
    begun, seen = (_moment(request, key) for key in (SIGNED_IN_AT, SEEN_AT))
    if begun is None or seen is None:
        return SessionEnd.TOO_LONG
    return session_end(begun, seen, now, ended_at=officer.sessions_ended_at)


def note_seen(request: HttpRequest) -> None:
    """Note that the officer is here; a page that refreshes itself is nobody."""
    refreshes_itself = request.method == "GET" and "HX-Request" in request.headers
    seen, now = _moment(request, SEEN_AT), clock.now()
    if not refreshes_itself and (seen is None or now - seen >= NOTED_EVERY):
        request.session[SEEN_AT] = now.timestamp()


def end_session(request: HttpRequest, officer: Officer, why: SessionEnd) -> None:
    """Sign somebody out, with the reason in the log, in one transaction."""
    request.sign_out_reason = why  # type: ignore[attr-defined]
    with acting_as(officer.context):
        logout(request)


def note_second_factor(request: HttpRequest, officer: Officer) -> None:
    """Note that this session has shown, or just set up, the officer's second factor."""
    request.session[SECOND_FACTOR_OF] = str(officer.pk)


def has_shown_second_factor(request: HttpRequest, officer: Officer) -> bool:
    """Whether this session has; another session of the same officer says nothing about it."""
    return bool(request.session.get(SECOND_FACTOR_OF) == str(officer.pk))


def _moment(request: HttpRequest, key: str) -> datetime | None:
    stored = request.session.get(key)
    return datetime.fromtimestamp(stored, UTC) if isinstance(stored, (int, float)) else None
