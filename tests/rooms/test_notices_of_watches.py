"""An agency hears by a notice that a report met its watch, or that a case was given to it."""

from datetime import timedelta

import pytest

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.cases.actions import open_case
from havre.cases.contents.actions import link_report
from havre.cases.rules.access import GrantKind, Part
from havre.cases.sharing.actions import hand_over_case, share_case
from havre.intake.models import Report
from havre.links.watches.rules import Tells
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import BEYOND_INBOX, NewsKind
from havre.referrals.sending.actions import note_conflict
from havre.wiring.route import walk
from tests import make
from tests.lending import a_place_of
from tests.rooms.test_silent_watches import asked, quiet
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


def test_what_is_kept_quiet_is_told_of_where_reports_already_here_meet_it_as_it_is_granted():
    detective = make.officer(make.directory())
    centre = agency_by_code("national-centre")
    coordinator = make.browser(make.officer(centre, Role.NATIONAL_COORDINATOR))
    told_of("grebe")
    for value, does, refusal in (
        ("grebe@example.com", "refuse", "not-clear"),
        ("heron@example.com", "grant", ""),
        ("grebe@example.com", "grant", ""),
    ):
        assert news() == []
        watch = asked(detective, value)
        typed = {"does": does, "refusal": refusal}
        address = f"/en/silent-watches/{watch.reference}/answer"
        assert coordinator.post(address, typed).status_code == 302

    assert news() == [(NewsKind.WATCH_MET, "harbor-police")]


def test_whoever_sets_a_watch_sees_what_it_meets_and_needs_no_notice():
    detective = make.officer(make.directory())
    told_of("grebe")
    watched(detective)

    assert news() == []


def test_a_case_that_is_shared_or_handed_over_is_told_of_to_its_new_readers():
    harbor = make.directory()
    valley = agency_by_code("valley-police")
    make.officer(valley)
    chief = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    case = open_case(title="The pier.", by=chief)
    until = clock.now() + timedelta(days=7)
    share_case(case.reference, to=valley, until=until, parts=[Part.NOTES], by=chief)
    assert news() == [(NewsKind.CASE_GIVEN, "valley-police")]
    hand_over_case(case.reference, to=valley, by=chief)

    assert news() == [(NewsKind.CASE_GIVEN, "valley-police")] * 2
    assert NewsKind.CASE_GIVEN in BEYOND_INBOX


@pytest.mark.parametrize("hidden_by", ["its restriction", "a report that names them", ""])
def test_whoever_may_not_see_a_case_is_not_told_of_it(hidden_by):
    harbor, valley = make.directory(), agency_by_code("valley-police")
    chief = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    make.officer(valley)
    case = open_case("The pier.", restricted=hidden_by == "its restriction", by=chief).reference
    report = in_case(case, chief)
    if hidden_by == "a report that names them":
        note_conflict(report, agency=valley, by=make.analyst())
    until = clock.now() + timedelta(days=7)
    share_case(case, to=valley, until=until, kind=GrantKind.JOINT, by=chief)

    told = [] if hidden_by else [(NewsKind.CASE_GIVEN, "valley-police")]
    assert [one for one in news() if one[0] == NewsKind.CASE_GIVEN] == told


@pytest.mark.parametrize("is_named", [True, False])
def test_nor_are_those_to_whom_it_is_handed_over_if_each_belongs_where_it_names_somebody(is_named):
    harbor, valley = make.directory(), agency_by_code("valley-police")
    chief = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    guest = a_place_of(make.officer(make.agency("shore-police")), valley, Role.DETECTIVE)
    case = open_case("The pier.", by=chief).reference
    report = in_case(case, chief)
    if is_named:
        note_conflict(report, agency=agency_by_code("shore-police"), by=make.analyst())
    hand_over_case(case, to=valley, by=chief)

    assert guest.agency == valley
    told = [] if is_named else [(NewsKind.CASE_GIVEN, "valley-police")]
    assert [one for one in news() if one[0] == NewsKind.CASE_GIVEN] == told


def in_case(case: str, officer) -> Report:
    report = make.report()
    make.referral(report, to=officer.agency, by=make.analyst())
    link_report(case, report.reference, by=officer)
    return report
