"""What was passed on and is withdrawn by its sender. Parts of actions, which write the line."""

from collections.abc import Iterable

from havre.agencies.rules.permits import Permit
from havre.audit.actions import record
from havre.audit.rules import Event, Station
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.passing.models import PassedDocument
from havre.cases.abroad.passing.reads import may_be_seen
from havre.cases.abroad.passing.rules import is_told_by_mail, why_kept
from havre.cases.abroad.passing.sealed import take_key
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral

BY = Station.PIPELINE


def one_at_a_time(document: PassedDocument) -> None:
    """Nobody fetches what is just being taken back or withdrawn."""
    one_after_the_other(f"passed/{document.pk}")


def withdraw_all(exchange: Exchange) -> None:
    """Their sender took back what it asked, or wants none of it used any more."""
    with acting_as(BY.context):
        standing = PassedDocument.objects.filter(exchange=exchange)
        _withdraw(standing.filter(taken_back_at=None, withdrawn_at=None))


def withdraw_one(document: PassedDocument) -> None:
    """One of them alone, at its sender's word."""
    with acting_as(BY.context):
        _withdraw([document])


def withdraw_what_is_kept_now(sent: Iterable[Enclosure]) -> None:
    """The same documents came again under a code or limits that keep them at the desk."""
    with acting_as(BY.context):
        for one in sent:
            if why_kept(one.passage.handling, one.passage.caveats) is None:
                continue
            alike = PassedDocument.objects.filter(
                enclosure__dispatch=one.dispatch_id, enclosure__sha256=one.sha256
            )
            _withdraw(alike.filter(taken_back_at=None, withdrawn_at=None))


def tell_receiver(passed: PassedDocument) -> None:
    """Let the agency know that something waits, where everybody who reads its mail may know it.

    What lies in a closed compartment is told to nobody by mail: whoever holds that reads of it on
    their own desk. Nor is an agency in which nobody may see it.
    """
    if is_told_by_mail(passed.compartment) and may_be_seen(passed, Permit.PASSED_READ):
        with acting_as(BY.context):
            tell_without_referral(passed.to_agency_id, NewsKind.DOCUMENTS_PASSED)


def _withdraw(documents: Iterable[PassedDocument]) -> None:
    for one in documents:
        one_at_a_time(one)
        one.withdrawn_at = clock.now()
        one.save(update_fields=["withdrawn_at"])
        take_key(one)
        record(
            Event.DOCUMENT_WITHDRAWN,
            about_kind="passed",
            about=one.pk,
            by=BY,
            sha256=one.sha256,
            to=str(one.to_agency_id),
        )
        tell_receiver(one)
