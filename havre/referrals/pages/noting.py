"""Before anything of a referral's report is given. A part of actions, which write the line."""

import logging

from django.db import DatabaseError

from havre.agencies.models import Officer
from havre.identifiers.editions.reads import are_noted
from havre.referrals.models import Referral
from havre.referrals.pages.reads import NotNotedError
from havre.triage.interpreting.anew import note_before_given

log = logging.getLogger("havre.route")


def note_first(reference: str, *, by: Officer) -> None:
    """Let the present rules note the report of a referral, unless they did.

    First in an action: noting holds the report's place in the queue before the referral is held.
    Raises NotNotedError where they fail at it: then nothing of it is given.
    """
    seen = Referral.objects.visible_to(by).filter(~are_noted("report"), reference=reference)
    for report in seen.order_by().values_list("report", flat=True):
        try:
            note_before_given(report)
        except DatabaseError:
            raise
        except Exception as error:
            # The message may quote what a person typed: only the kind of fault is logged.
            log.error("report %s is not noted: %s", report, type(error).__name__)  # noqa: TRY400
            raise NotNotedError from error
