"""Sending finished reports on to providers' second base addresses. Safe to repeat.

Everything due is found in the database. One job at a time does it, so that however slow the other
sides are, they hold one place of the worker, and the route keeps the others.
"""

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from havre.audit.rules import Station
from havre.intake.mirrors.actions import begin_call, begin_trial, note_answer, stop_copy
from havre.intake.mirrors.calls import Call
from havre.intake.mirrors.reads import copies_due, mirrors_to_try, tests_to_end
from havre.intake.mirrors.rules import DAMAGED, NOT_ALLOWED, Told
from havre.intake.mirrors.wires.calls import told_in
from havre.plumbing.context import acting_as
from havre.plumbing.outward.calls import NotPostedError, call
from havre.plumbing.outward.networks import may_lead_to

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 8
# So long a run takes on new calls; those that are out are waited for.
RUN_SECONDS = 300
LOOK_SECONDS = 2
BY = Station.PIPELINE
Flying = dict[Future[Told], Call]


def send_copies_on() -> None:
    """Make every call that is due. A side that fails is left alone until the next run."""
    flying: Flying = {}
    resting: set[UUID] = set()
    ends = monotonic() + RUN_SECONDS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            free = AT_ONCE - len(flying) if monotonic() < ends else 0
            begun = begun_calls(flying, resting, free)
            for made in filter(None, begun):
                flying[pool.submit(answer_to, made)] = made
            if not flying and not begun:
                return
            done, _ = wait(flying, LOOK_SECONDS, FIRST_COMPLETED)
            for each in done:
                made = flying.pop(each)
                if note_answer(made, each.result(), by=BY):
                    resting.add(made.mirror)


def end_old_tests() -> None:
    """What test accounts sent is not kept for ever for a side that does not take it."""
    with acting_as(BY.context):
        found = tests_to_end(actor=BY)
    for copy in found:
        stop_copy(copy, by=BY)


def begun_calls(flying: Flying, resting: set[UUID], free: int) -> list[Call | None]:
    """The calls to make now, at most so many, each noted before it is made.

    None stands for a copy about which nobody is to be called: others may be due behind it.
    """
    busy = {each.copy for each in flying.values() if each.copy}
    trying = resting | {each.mirror for each in flying.values() if not each.copy}
    with acting_as(BY.context):
        trials = mirrors_to_try(trying, actor=BY)[:free]
        copies = copies_due(busy, resting, actor=BY)[: free - len(trials)]
    begun: list[Callable[[], Call | None]] = [
        *(lambda pk=pk: begin_trial(pk, by=BY) for pk in trials),
        *(lambda pk=pk: begin_call(pk, by=BY) for pk in copies),
    ]
    return [begin() for begin in begun]


def answer_to(made: Call) -> Told:
    """What the other side says to a call, in a thread that asks the database nothing."""
    is_own = settings.PUBLIC_HOST == "localhost"
    if not may_lead_to(made.outgoing.url, is_own_house=is_own):
        return Told(failed_as=NOT_ALLOWED, was_sent=False)
    try:
        answer = call(made.outgoing, only_public=not is_own)
    except NotPostedError as error:
        return Told(failed_as=str(error), was_sent=error.was_sent)
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the others must go out
        return Told(failed_as=type(error).__name__)
    request = answer.headers.get("request-id", "")
    told = told_in(made.step, answer.status, request, answer.body)
    if told.code == 0 and made.md5 and told.md5 and told.md5 != made.md5:
        return replace(told, failed_as=DAMAGED)
    return told
