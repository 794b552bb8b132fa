"""Letting an agency read a report, and ending that."""

from collections.abc import Collection

from havre.agencies.models import Agency
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.evidence.models import RecordKey
from havre.intake.models import Report, Share
from havre.plumbing import clock


@action(Event.REPORT_SHARED)
def share_report(
    report: Report, *, with_agency: Agency, parts: Collection[int] | None = None, by: Actor
) -> Share:
    """Let an agency read a report: a row that says so, and the key wrapped once more.

    `parts` are the incidents of a split report that it may read; None, the report whole. Given
    again, they replace those before. The reporter's contact is under another key, which is not
    handed on.
    """
    share = Share.objects.filter(report=report, agency=with_agency, until=None).first()
    numbers = None if parts is None else sorted(parts)
    if share is None:
        share = Share(
            report=report, agency=with_agency, compartment=report.compartment, parts=numbers
        )
        share.save(force_insert=True)
        recipient = agency_recipient(with_agency.pk)
        if not RecordKey.objects.filter(record=report.pk, recipient=recipient).exists():
            wrapped_key(
                report.pk,
                key_of(report.pk, by=by),
                recipient=recipient,
                compartment=str(report.compartment),
            ).save(force_insert=True)
    elif share.parts != numbers:
        share.parts = numbers
        share.save(update_fields=["parts"])
    record(
        Event.REPORT_SHARED,
        about_kind="report",
        about=report.pk,
        by=by,
        agency=str(with_agency.pk),
        incidents=None if numbers is None else [str(number) for number in numbers],
    )
    return share


@action(Event.REPORT_UNSHARED)
def unshare_report(report: Report, *, from_agency: Agency, by: Actor) -> None:
    """An agency reads a report no more: its share ends, and its wrap of the key goes."""
    Share.objects.filter(report=report, agency=from_agency, until=None).update(until=clock.now())
    recipient = agency_recipient(from_agency.pk)
    RecordKey.objects.filter(record=report.pk, recipient=recipient).delete()
    record(
        Event.REPORT_UNSHARED,
        about_kind="report",
        about=report.pk,
        by=by,
        agency=str(from_agency.pk),
    )
