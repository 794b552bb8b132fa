"""An agency hears by a notice that a report met its watch, or that a case was given to it."""

from datetime import timedelta

import pytest

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.cases.actions import open_case
from havre.cases.rules.access import Part
from havre.cases.sharing.actions import hand_over_case, share_case
from havre.links.watches.rules import Tells
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import BEYOND_INBOX, NewsKind
from havre.wiring.route import walk
from tests import make
from tests.rooms.test_silent_watches import quiet
from tests.rooms.test_watches import told_of, watched

pytestmark = pytest.mark.django_db


def news() -> list[tuple[str, str]]:
    with acting_as(Station.PIPELINE.context):
        rows = News.objects.filter(referral=None).order_by("id")
        return [(one.kind, one.agency.code) for one in rows.select_related("agency")]


@pytest.mark.parametrize("tells", Tells)
def test_a_report_that_meets_a_watch_is_told_of_once_to_the_agency_that_watches(tells):
    watched(make.officer(make.directory()), tells)
    report = told_of("grebe")
    told_of("heron")
    walk(report.pk)

    assert news() == [(NewsKind.WATCH_MET, "harbor-police")]
    assert NewsKind.WATCH_MET in BEYOND_INBOX


def test_a_report_that_meets_a_silent_watch_is_told_of_and_says_no_more_than_another():
    detective = make.officer(make.directory())
    centre = agency_by_code("national-centre")
    quiet(detective, make.officer(centre, Role.NATIONAL_COORDINATOR))
    told_of("grebe")

    assert news() == [(NewsKind.WATCH_MET, "harbor-police")]


def test_whoever_sets_a_watch_sees_what_it_meets_and_needs_no_notice():
    detective = make.officer(make.directory())
    told_of("grebe")
    watched(detective)

    assert news() == []


def test_a_case_that_is_shared_or_handed_over_is_told_of_to_its_new_readers():
    harbor = make.directory()
    valley = agency_by_code("valley-police")
    chief = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    case = open_case(title="The pier.", by=chief)
    until = clock.now() + timedelta(days=7)
    share_case(case.reference, to=valley, until=until, parts=[Part.NOTES], by=chief)
    assert news() == [(NewsKind.CASE_GIVEN, "valley-police")]
    hand_over_case(case.reference, to=valley, by=chief)

    assert news() == [(NewsKind.CASE_GIVEN, "valley-police")] * 2
    assert NewsKind.CASE_GIVEN in BEYOND_INBOX
