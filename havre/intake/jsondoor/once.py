"""The same request twice, done once: what was answered is kept with what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from havre.agencies.models import Provider
from havre.audit.rules import Station
from havre.intake.jsondoor.models import AnsweredRequest
from havre.intake.jsondoor.reads import answered_before
from havre.plumbing import clock
from havre.plumbing.apis.problems import Kind, ProblemError
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is sent, and whether it was given before."""

    status: int
    body: bytes
    is_repeat: bool = False


def answer_of(status: int, said: object) -> Answer:
    """An answer in JSON."""
    return Answer(status, msgspec.json.encode(said))


def done_once(
    key: str, digest: str, work: Callable[[], tuple[int, object]], *, by: Provider
) -> Answer:
    """Do the work and keep its answer, in one transaction; or give the answer that it had before.

    Two who send the same key at once come one after the other. What is refused is not kept: it
    may be sent again. Without a key the work is simply done. Raises ProblemError when the key
    came with another request before.
    """
    if not key:
        return answer_of(*work())
    with acting_as(by.context):
        one_after_the_other(f"answered/{by.pk}/{key}")
        earlier = given_before(key, digest, by=by)
        if earlier:
            return earlier
        answer = answer_of(*work())
        AnsweredRequest.objects.create(
            provider=by, key=key, request=digest, status=answer.status, answer=answer.body.decode()
        )
    return answer


def given_before(key: str, digest: str, *, by: Provider) -> Answer | None:
    """The answer that a request had before. Raises ProblemError when the key was another's."""
    earlier = answered_before(key, actor=by)
    if earlier is None:
        return None
    if earlier.request != digest:
        raise ProblemError(Kind.KEY_REUSED)
    return Answer(earlier.status, earlier.answer.encode(), is_repeat=True)


def forget_old_answers(*, by: Station) -> int:
    """Forget answers of more than a week ago; their keys are free again."""
    with acting_as(by.context):
        over = AnsweredRequest.objects.visible_to(by).filter(at__lt=clock.now() - KEPT)
        count, _ = over.delete()
    return count
