"""By when somebody reads what was told later of a report of which an agency has an incident."""

from datetime import timedelta

import pytest

from havre.plumbing import clock
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from tests.splitting import (
    analyst,
    calm,
    harbor,
    place,
    receipt,
    send,
    tell,
    valley,
)

__all__ = ["analyst", "calm", "harbor", "receipt", "valley"]  # fixtures


@pytest.fixture
def report(calm):
    return calm


def lowered(report, *, by) -> None:
    why = {"reason": OverrideReason.CONTEXT, "note": "-"}
    set_lane(report.reference, to=Band.D, **why, by=by)


@pytest.mark.parametrize("is_lowered", [True, False])
def test_it_is_due_the_same_day_whatever_lane_a_person_set(
    report, analyst, receipt, harbor, is_lowered
):
    if is_lowered:
        lowered(report, by=analyst)
    for number in (2, 3):
        send(report, number, harbor, by=analyst)
    later = clock.now() + timedelta(days=3)
    with clock.clock_set_to(later):
        tell(report, receipt, "Thank you.")
        assert later < place(report).review_by <= later + timedelta(hours=8)


def test_it_lets_no_incident_wait_longer_that_waits_beside_it(report, analyst, receipt, harbor):
    send(report, 2, harbor, by=analyst)
    before = place(report).review_by
    later = clock.now() + timedelta(days=3)
    assert before < later
    with clock.clock_set_to(later):
        tell(report, receipt, "Thank you.")
        assert place(report).review_by == before
        lowered(report, by=analyst)
        assert later < place(report).review_by <= later + timedelta(hours=8)
