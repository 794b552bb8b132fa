"""Drafts: sealed in the database, opened by the cookie alone, gone after an hour.

What lies in the database is unreadable without the cookie, and the cookie says nothing without
the database. There is no line in the log of a draft: nothing has been told yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from havre.intake.form_tokens import token_in
from havre.intake.public import models
from havre.intake.public.rules.journey import Draft, as_tree, from_tree
from havre.plumbing import clock, ids
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.sealing import open_json, place, seal_json

KEPT_FOR = timedelta(minutes=60)
COOKIE = "__Host-havre-draft" if settings.SECURE else "havre-draft"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Pocket:
    """What a browser's cookie opens."""

    secret: bytes

    @property
    def lookup(self) -> str:
        """Where the draft lies."""
        return self._derived(b"havre draft lookup 1").hex()

    @property
    def key(self) -> bytes:
        """What opens it."""
        return self._derived(b"havre draft key 1")

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self.secret)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it lies there, and until when."""

    draft: Draft
    until: datetime


def has_cookie(request: HttpRequest) -> bool:
    """Whether this browser once began a draft."""
    return COOKIE in request.COOKIES


def draft_of(request: HttpRequest) -> Kept | None:
    """The draft of this browser; None when there is none, or its hour is over."""
    pocket = _pocket(request)
    row = models.Draft.objects.filter(lookup=pocket.lookup).first() if pocket else None
    if pocket is None or row is None or row.until < clock.now():
        return None
    try:
        tree = open_json(pocket.key, bytes(row.body), at=_at(pocket))
    except KeyRefusedError:
        return None
    draft = from_tree(tree)
    # Its first form's token ends sooner only for whoever writes all day.
    return Kept(draft, row.until) if token_in(draft.token) else None


def keep_draft(request: HttpRequest, response: HttpResponse, draft: Draft, *, anew: bool) -> None:
    """Keep a draft for another hour; a new one gets a cookie of its own."""
    pocket = None if anew else _pocket(request)
    if pocket is None:
        if anew:
            forget_draft(request)
        pocket = Pocket(ids.random_bytes(SECRET_BYTES))
        response.set_cookie(
            COOKIE,
            pocket.secret.hex(),
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
    row = models.Draft(
        lookup=pocket.lookup,
        body=seal_json(pocket.key, as_tree(draft), at=_at(pocket)),
        until=clock.now() + KEPT_FOR,
    )
    models.Draft.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["lookup"],
        update_fields=["body", "until"],
    )


def forget_draft(request: HttpRequest) -> None:
    """Delete the draft of this browser at once, if it has one."""
    pocket = _pocket(request)
    if pocket is not None:
        models.Draft.objects.filter(lookup=pocket.lookup).delete()


def forget_old_drafts() -> int:
    """Delete every draft whose hour is over; says how many. Safe to repeat."""
    return models.Draft.objects.filter(until__lt=clock.now()).delete()[0]


def _pocket(request: HttpRequest) -> Pocket | None:
    try:
        secret = bytes.fromhex(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None
    return Pocket(secret) if len(secret) == SECRET_BYTES else None


def _at(pocket: Pocket) -> bytes:
    return place("draft", "body", pocket.lookup)
