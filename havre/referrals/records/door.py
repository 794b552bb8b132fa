"""The door of record systems: a key, one transaction as the officer who answers for it, JSON."""

import hashlib
from collections.abc import Callable
from functools import wraps

import msgspec
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from havre.agencies.models import Officer
from havre.intake.questions.rules import (
    AskedAlreadyError,
    NoProviderError,
    QuestionRefusedError,
)
from havre.intake.questions.wording import REFUSED
from havre.plumbing.apis.bodies import json_in, typed
from havre.plumbing.apis.doors import bearer_token, json_answer, refuse_other_methods
from havre.plumbing.apis.problems import Fault, Kind, ProblemError, json_response, pointer
from havre.plumbing.apis.repeats import HEADER, REPLAYED, repeat_key, request_digest
from havre.plumbing.body import whole_body
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from havre.referrals.asking.reads import NotYoursToAskError
from havre.referrals.asking.wording import NOT_ASKED
from havre.referrals.pages.noting import write_down
from havre.referrals.pages.reads import NotNotedError
from havre.referrals.records.actions import Done, do_once
from havre.referrals.records.pace import keep_pace
from havre.referrals.records.reads import officer_of_key, repeat_of
from havre.referrals.records.shapes import Standing
from havre.referrals.rules.outcomes import OutcomeRefusedError, ReferralStateError
from havre.referrals.wording import REFUSALS

MOST_BYTES = 65_536
CREATED = 201
REALM = {"WWW-Authenticate": 'Bearer realm="Havre, record systems"'}
NO_KEY = _("Send your agency’s key: Authorization: Bearer, then the key. It may have ended.")  # noqa: RUF001
MOVED_ON = _("This referral has moved on. Nothing was changed.")
NOBODY = _("is nobody at your agency to whom this can be handed over")
NOT_YOURS = _("is not for an agency of your kind to ask")
AT_ONCE = _("The same request is being done. Send it again in a moment.")

View = Callable[..., HttpResponse]
Answering = Callable[..., msgspec.Struct | HttpResponse]
Acting = Callable[..., str]


class SystemRequest(HttpRequest):
    """A request that showed a key; `officer` answers for it."""

    officer: Officer


def by_key(*methods: str) -> Callable[[Answering], View]:
    """Let a record system in by its key. All it does is one transaction, undone by any refusal."""

    def label(view: Answering) -> View:
        @wraps(view)
        def run(request: SystemRequest, *args: object, **kwargs: object) -> HttpResponse:
            def work() -> HttpResponse:
                officer = officer_of_key(bearer_token(request))
                if officer is None:
                    raise ProblemError(Kind.UNAUTHORIZED, NO_KEY, headers=REALM)
                keep_pace(officer.through_key)
                refuse_other_methods(request, methods)
                request.officer = officer
                try:
                    with acting_as(officer.context):
                        return as_answer(view(request, *args, **kwargs))
                except NotNotedError as error:
                    wait = {"Retry-After": str(write_down(error))}
                    raise ProblemError(Kind.NOT_NOTED, headers=wait) from error

            response = json_answer(work, readings=[read_refusal, read_not_asked])
            response["Cache-Control"] = "no-store"
            return response

        return run

    return label


def as_answer(said: msgspec.Struct | HttpResponse) -> HttpResponse:
    """What a view gave, as JSON."""
    return said if isinstance(said, HttpResponse) else json_response(msgspec.to_builtins(said))


def body_of(request: SystemRequest) -> tuple[object, str]:
    """What a request brings, and the digest of its bytes."""
    data = whole_body(request.META, most_bytes=MOST_BYTES)
    return json_in(data or b"{}"), hashlib.sha256(data).hexdigest()


def once(
    request: SystemRequest, body_sha256: str, work: Callable[[], msgspec.Struct]
) -> HttpResponse:
    """Do a request and keep its answer; the same one again is answered and not done.

    Raises ProblemError without an Idempotency-Key, and for one that came with another request.
    """
    key, digest = repeat_key(request), request_digest(request, body_sha256)
    if not key:
        reason = _("is missing: with it, a request that you send twice is done once")
        raise ProblemError(Kind.INVALID, faults=[Fault(HEADER, reason, "header")])
    known = repeat_of(key, actor=request.officer)
    if known is not None:
        if known.request != digest:
            raise ProblemError(Kind.KEY_REUSED)
        response = json_response(known.answer, known.status)
        response[REPLAYED] = "true"
        return response

    def done() -> Done:
        return CREATED, msgspec.to_builtins(work())

    try:
        status, said = do_once(key, digest, done, by=request.officer)
    except IntegrityError:
        raise ProblemError(Kind.CONFLICT, AT_ONCE) from None
    return json_response(said, status)


def act(shape: type[msgspec.Struct]) -> Callable[[Acting], View]:
    """Let a record system do something once. The view gives the state after; errors undo all."""

    def label(view: Acting) -> View:
        @by_key("POST")
        @wraps(view)
        def run(request: SystemRequest, reference: str) -> HttpResponse:
            raw, digest = body_of(request)
            body = typed(raw, shape)

            def work() -> Standing:
                return Standing(reference=reference, state=view(request, reference, body))

            return once(request, digest, work)

        return run

    return label


def read_refusal(error: Exception) -> ProblemError | None:
    """What this room refuses, as a record system is told."""
    if isinstance(error, ReferralStateError):
        return ProblemError(Kind.CONFLICT, MOVED_ON, more={"state": error.state})
    if isinstance(error, OutcomeRefusedError):
        field, words = REFUSALS[error.code]
        return ProblemError(Kind.INVALID, faults=[Fault(pointer(field), words)])
    if isinstance(error, Officer.DoesNotExist):
        return ProblemError(Kind.INVALID, faults=[Fault(pointer("to"), NOBODY)])
    if isinstance(error, KeyRefusedError):
        return ProblemError(Kind.NOT_FOUND)
    return None


def read_not_asked(error: Exception) -> ProblemError | None:
    """Why a provider is not asked, as a record system is told."""
    if isinstance(error, QuestionRefusedError):
        _field, words = REFUSED[error.code]  # of a question, the number of its order alone
        return ProblemError(Kind.INVALID, faults=[Fault(pointer("orderNumber"), words)])
    if isinstance(error, NotYoursToAskError):
        return ProblemError(Kind.INVALID, faults=[Fault(pointer("question"), NOT_YOURS)])
    if isinstance(error, (AskedAlreadyError, NoProviderError)):
        return ProblemError(Kind.CONFLICT, NOT_ASKED[type(error)])
    return None
