"""Who is on call, and who was called, in the world of the doors and the walls."""

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.models import Referral
from havre.triage.duty.actions import set_shifts
from havre.triage.paging.actions import set_reach, write_page, write_referral_page
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.paging import call_people
from tests.house.traces import EVERYTHING


def some_calls(officers: Iterable[Officer], holder: Officer, closed_report: UUID) -> None:
    """Each of these is on call tomorrow, and was called for a report in a closed compartment.

    Those of agencies were called for what their own was sent.
    """
    tomorrow = (clock.now() + timedelta(days=1)).date()
    for one in officers:
        set_shifts(one.username, day=tomorrow, begins=time(8), ends=time(20), by=one)
    for one in (*officers, holder):
        email = f"{one.username}@example.com"
        set_reach(email=email, phone="", webhook="", new_secret=False, by=one)
    write_page(closed_report, by=Station.PIPELINE)
    with acting_as(EVERYTHING):
        unanswered = Referral.objects.filter(state__in=("sent", "opened"))
        to_be_called = {one.to_agency_id: one for one in unanswered.select_related("report")}
    for one in officers:
        if referral := to_be_called.get(one.agency_id):
            sent = {"to": one.agency, "reference": referral.reference}
            write_referral_page(referral.report, **sent, by=Station.PIPELINE)
    call_people({Way.EMAIL: lambda _letter: None})
