"""Before anything of a referral's report is given. A part of actions, which write the line."""

import logging
import math
from datetime import timedelta

from django.db import InterfaceError, OperationalError

from havre.agencies.models import Officer
from havre.identifiers.editions.reads import are_noted
from havre.plumbing import clock
from havre.referrals.models import Referral
from havre.referrals.pages.reads import NotNotedError
from havre.triage.interpreting.anew import next_try, note_before_given, write_failure

log = logging.getLogger("havre.route")


def note_first(reference: str, *, by: Officer) -> None:
    """Let the present rules note the report of a referral, unless they did.

    First in an action: noting holds the report's place in the queue before the referral is held.
    A program that asks again and again waits for the next try; a person's look is one. Raises
    NotNotedError where it fails: then nothing of the report is given, whoever catches it writes
    down that it did (`write_down`), once this transaction is undone.
    """
    seen = Referral.objects.visible_to(by).filter(~are_noted("report"), reference=reference)
    for report in seen.order_by().values_list("report", flat=True):
        if by.through_key and next_try(report):
            raise NotNotedError(report)
        try:
            note_before_given(report)
        except (InterfaceError, OperationalError):
            raise
        except Exception as error:
            # The message may quote what a person typed: only the kind of fault is logged.
            fault = type(error).__name__
            log.error("report %s is not noted: %s", report, fault)  # noqa: TRY400
            raise NotNotedError(report, fault=fault) from error


def write_down(error: NotNotedError) -> int:
    """Write down that a report could not be noted; gives in how many seconds it is tried again.

    Outside the transaction that was refused, which keeps nothing.
    """
    if error.fault and next_try(error.report) is None:
        write_failure(error.report, fault=error.fault)
    due = next_try(error.report)
    left = due - clock.now() if due else timedelta()
    return max(1, math.ceil(left.total_seconds()))
