"""Requests that may be sent twice: the key that says so, and what tells one from another."""

import hashlib
import re

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from havre.plumbing.apis.problems import Fault, Kind, ProblemError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,200})"?')


def repeat_key(request: HttpRequest) -> str:
    """The digest of the key that a sender gave this request, or "". Raises ProblemError."""
    said = request.headers.get(HEADER)
    if said is None:
        return ""
    found = _KEY.fullmatch(said.strip())
    if found is None:
        reason = _("must be 1 to 200 printable characters without blanks")
        raise ProblemError(Kind.INVALID, faults=[Fault(HEADER, reason, "header")])
    return hashlib.sha256(found[1].encode()).hexdigest()


def request_digest(request: HttpRequest, body_sha256: str) -> str:
    """What tells this request from any other: how and where it was sent, and its bytes."""
    whole = "\n".join([request.method or "", request.get_full_path(), body_sha256])
    return hashlib.sha256(whole.encode()).hexdigest()
