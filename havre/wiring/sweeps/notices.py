"""Sending notices to agencies: what is new is gathered, and what is due goes out. Safe to repeat.

Everything due is found in the database, so that a job that was lost costs half a minute at most.
"""

from collections.abc import Mapping

from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.referrals.notices.actions import note_notice_failed, note_notice_sent, write_notice
from havre.referrals.notices.reads import news_to_weigh, notices_due
from havre.triage.paging.couriers import couriers
from havre.triage.paging.rules.ways import Courier, Way
from havre.wiring.sweeps.paging import mailed


def send_notices(carry: Mapping[Way, Courier] | None = None) -> None:
    """Write a notice where something is new, and send what is to go out."""
    ways, by = couriers() if carry is None else carry, Station.PIPELINE
    with acting_as(by.context):
        agencies = news_to_weigh(actor=by)
    for agency in agencies:
        write_notice(agency, by=by)
    with acting_as(by.context):
        due = notices_due(actor=by)
    for notice, because in mailed(due, ways):
        if because:
            note_notice_failed(notice, because=because, by=by)
        else:
            note_notice_sent(notice, by=by)
