"""What was answered to providers' programs long ago is forgotten. Safe to repeat."""

from contextlib import suppress

from havre.audit.rules import Station
from havre.intake.bulk.actions import forget_results
from havre.intake.bulk.reads import results_to_forget
from havre.intake.bulk.rules import GoesOnError
from havre.intake.jsondoor.once import forget_old_answers
from havre.intake.resuming.reads import left_behind
from havre.intake.resuming.taking import drop_upload
from havre.plumbing.context import acting_as


def forget_what_was_answered() -> None:
    """Forget old answers, and what came of old files of reports, but for one that goes on again."""
    by = Station.PIPELINE
    forget_old_answers(by=by)
    with acting_as(by.context):
        over = results_to_forget(actor=by)
    for upload in over:
        with suppress(GoesOnError):
            forget_results(upload, by=by)


def drop_what_was_left_behind() -> None:
    """Drop uploads in pieces whose filing is over: finished, taken back or out of time."""
    by = Station.PIPELINE
    for upload in left_behind(by=by):
        drop_upload(upload, by=by)
