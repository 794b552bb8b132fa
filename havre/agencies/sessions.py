"""A signed-in session: when it began, when its officer was last here, what it has shown.

Marks in the session, no table of our own. Django's own expiry date moves with every save,
so it cannot hold a longest time; the marks can.
"""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from havre.agencies.models import Officer
from havre.agencies.reads import place_of
from havre.agencies.rules.sessions import NOTED_EVERY, SessionEnd, session_end
from havre.plumbing import clock
from havre.plumbing.context import acting_as

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SECOND_FACTOR_OF = "second_factor_of"
# The place from which this session acts; "" for the own agency, once that was chosen.
ACTS_FROM = "acts_from"


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


def who_acts(request: HttpRequest, person: Officer) -> Officer | None:
    """As whom a signed-in person acts: as themselves, or from the place that they chose.

    None where that place is theirs no more.
    """
    chosen = request.session.get(ACTS_FROM)
    return place_of(person, UUID(chosen)) if chosen else person


def has_chosen(request: HttpRequest) -> bool:
    """Whether it was chosen in this session for whom to act."""
    return ACTS_FROM in request.session


def place_chosen(request: HttpRequest) -> str:
    """The place from which this session acts, as an id; "" for the own agency."""
    return str(request.session.get(ACTS_FROM, ""))


def act_from(request: HttpRequest, place: Officer | None) -> None:
    """From now on this session acts from a place, or for the own agency.

    Nothing goes over from one agency to the other: what was to be shown on the next page is let go,
    and no form of a page that was opened before is taken any more.
    """
    list(messages.get_messages(request))
    request.session[ACTS_FROM] = str(place.pk) if place else ""
    rotate_token(request)


def _moment(request: HttpRequest, key: str) -> datetime | None:
    stored = request.session.get(key)
    return datetime.fromtimestamp(stored, UTC) if isinstance(stored, (int, float)) else None
