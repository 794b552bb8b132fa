"""What an agency keeps quiet: it ties nothing at the desk, and nobody but the agency can tell."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.rules import Station
from havre.cases.search.reads import found_by
from havre.cases.silent.actions import read_silent_requests, read_silent_watches
from havre.cases.watches.actions import read_alerts
from havre.identifiers.models import Hush
from havre.identifiers.reads import around, noted_in
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.checking.actions import check_links
from havre.links.reads import cluster_of, linked_to
from havre.links.rules.facts import Side
from havre.links.silent.actions import (
    SETTLE,
    Asked,
    ask_for_longer,
    ask_for_silent_watch,
    decide_silent_watch,
    end_silent_watch,
    end_silent_watch_that_ran_out,
    mark_silent_alert,
    meet_silent_watches,
    settle_around,
    withdraw_silent_watch,
)
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.silent.reads import silent_watches_run_out
from havre.links.silent.rules import (
    NotToBeDecidedError,
    Refusal,
    SilentDaysError,
    SilentState,
)
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.reads import today
from havre.links.watches.rules import (
    AlreadyWatchedError,
    Authority,
    NotAnIdentifierError,
    Purpose,
    Tells,
)
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.queue import waiting_for
from havre.referrals.sending.actions import note_conflict
from havre.triage.models import QueueItem
from havre.wiring.route import let_older_learn, walk
from tests import make

GREBE = "grebe@example.com"


def told_of(*names: str, role: PersonRole = PersonRole.SUSPECT, **facts):
    given = tuple(GivenIdentifier(kind="email", value=f"{one}@example.com") for one in names)
    report = make.report("I saw a boat.", people=(Person(role=role, identifiers=given),), **facts)
    walk(report.pk)
    return report


def asked(by, value: str = GREBE, *, days: int = 60) -> SilentWatch:
    until = today() + timedelta(days=days)
    terms = Asked(until=until, authority=Authority.DUTY, reason="An account of ours.")
    return ask_for_silent_watch(value, kind=Kind.EMAIL, terms=terms, by=by)


def quiet(by, coordinator, value: str = GREBE) -> SilentWatch:
    watch = asked(by, value)
    decide_silent_watch(watch.reference, refusal=None, by=coordinator)
    settle_around(watch.pk, by=Station.PIPELINE)
    return watch


def tied(report, reader, **how) -> set[str]:
    with acting_as(reader.context):
        return {one.reference for one in linked_to(report.pk, actor=reader, **how)}


def together(report, reader) -> int:
    with acting_as(reader.context):
        return len(cluster_of(report.pk, side=Side.SUSPECT, actor=reader).reports)


def shown(reader, address: str) -> str:
    """A page without what differs each time."""
    page = make.browser(reader).get(address).content.decode()
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", page)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def neighbour(harbor):
    return make.officer(agency_by_code("valley-police"))


@pytest.fixture
def coordinator(harbor):
    return make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


# ------------------------------------------------------------------------------------ two persons


def test_nothing_is_quiet_before_another_person_grants_it(detective, coordinator):
    analyst, old, new = make.analyst(), told_of("grebe"), told_of("grebe")
    watch = asked(detective)
    assert tied(new, analyst) == {old.reference}
    decide_silent_watch(watch.reference, refusal=None, by=coordinator)
    assert tied(new, analyst) == set()
    with pytest.raises(NotToBeDecidedError):
        decide_silent_watch(watch.reference, refusal=None, by=coordinator)


def test_nobody_answers_what_they_asked_for(coordinator):
    watch = asked(coordinator)
    with pytest.raises(NotToBeDecidedError):
        decide_silent_watch(watch.reference, refusal=None, by=coordinator)
    watch.decided_by, watch.wanted_until = coordinator, None
    with (
        acting_as(coordinator.context),
        pytest.raises(IntegrityError, match="nobody_grants"),
        transaction.atomic(),
    ):
        watch.save()
    colleague = make.officer(coordinator.agency, Role.NATIONAL_COORDINATOR)
    granted = decide_silent_watch(watch.reference, refusal=None, by=colleague)
    assert granted.state is SilentState.IN_FORCE


def test_what_is_refused_changes_nothing_and_says_why(detective, coordinator):
    analyst, old, new = make.analyst(), told_of("grebe"), told_of("grebe")
    watch = asked(detective)
    decide_silent_watch(watch.reference, refusal=Refusal.NOT_CLEAR, by=coordinator)
    assert tied(new, analyst) == {old.reference}
    assert read_silent_watches(by=detective).page.watches == ()
    page = shown(detective, "/en/silent-watches?which=over")
    assert "Not clear whose it is or why" in page
    assert asked(detective).reference != watch.reference


def test_what_is_asked_twice_or_is_no_identifier_or_too_long_is_refused(detective, neighbour):
    asked(detective)
    with pytest.raises(AlreadyWatchedError):
        asked(detective)
    with pytest.raises(NotAnIdentifierError):
        asked(detective, "a boat")
    with pytest.raises(SilentDaysError):
        asked(detective, days=200)
    assert asked(neighbour).state is SilentState.ASKED


def test_longer_needs_the_coordinator_again_and_holds_as_it_did_until_then(detective, coordinator):
    watch = quiet(detective, coordinator)
    ask_for_longer(watch.reference, until=today() + timedelta(days=90), by=detective)
    (row,) = read_silent_watches(by=detective).page.watches
    until = row.until
    assert row.state is SilentState.IN_FORCE
    decide_silent_watch(watch.reference, refusal=Refusal.TOO_LONG, by=coordinator)
    (row,) = read_silent_watches(by=detective).page.watches
    assert (row.until, row.state) == (until, SilentState.IN_FORCE)
    ask_for_longer(watch.reference, until=today() + timedelta(days=90), by=detective)
    decide_silent_watch(watch.reference, refusal=None, by=coordinator)
    (row,) = read_silent_watches(by=detective).page.watches
    assert row.until > until
    end_silent_watch(watch.reference, by=detective)
    with pytest.raises(NotToBeDecidedError):
        ask_for_longer(watch.reference, until=today(), by=detective)


# ------------------------------------------------------------------------------------ the desk


def test_what_is_quiet_ties_nothing_at_the_desk_old_or_new(detective, coordinator):
    analyst = make.analyst()
    old, older = told_of("grebe"), told_of("grebe")
    assert together(old, analyst) == 2
    assert older.reference in shown(analyst, f"/en/reports/{old.reference}/chart")
    quiet(detective, coordinator)
    new = told_of("grebe")
    for report in (older, old, new):
        assert tied(report, analyst) == set()
        assert together(report, analyst) <= 1
        for page in ("", "/chart"):
            found = shown(analyst, f"/en/reports/{report.reference}{page}")
            assert {one.reference in found for one in (old, older, new) if one != report} == {False}
    with acting_as(analyst.context):
        (noted,) = noted_in(around(new.pk, actor=analyst))
    assert (noted.value, noted.seen_in) == (GREBE, 1)
    assert check_links(by=Station.PIPELINE).is_none


def test_a_quiet_value_carries_no_cluster_beyond_what_else_reports_share(detective, coordinator):
    analyst = make.analyst()
    one, two, three = told_of("grebe"), told_of("grebe", "heron"), told_of("heron")
    assert together(one, analyst) == 3
    quiet(detective, coordinator)
    assert (together(one, analyst), together(two, analyst)) == (1, 2)
    assert tied(two, analyst) == {three.reference}
    assert check_links(by=Station.PIPELINE).is_none


@pytest.mark.parametrize("how", ["ended", "withdrawn", "run out"])
def test_when_it_is_over_the_value_ties_again(detective, coordinator, how):
    analyst, old = make.analyst(), told_of("grebe")
    watch = quiet(detective, coordinator)
    new = told_of("grebe")
    if how == "ended":
        end_silent_watch(watch.reference, by=detective)
    elif how == "withdrawn":
        withdraw_silent_watch(watch.reference, by=coordinator)
    else:
        with clock.clock_set_to(clock.now() + timedelta(days=70)):
            with acting_as(Station.PIPELINE.context):
                (over,) = silent_watches_run_out(actor=Station.PIPELINE)
            end_silent_watch_that_ran_out(over, by=Station.PIPELINE)
    with acting_as(Station.PIPELINE.context):
        assert waiting_for(SETTLE, "watch") == {str(watch.pk)}
        assert not Hush.objects.exists()
    settle_around(watch.pk, by=Station.PIPELINE)
    assert tied(new, analyst) == {old.reference}
    assert together(new, analyst) == 2
    assert check_links(by=Station.PIPELINE).is_none


def test_what_two_agencies_keep_quiet_is_quiet_until_the_last_ends(
    detective, neighbour, coordinator
):
    analyst, old, new = make.analyst(), told_of("grebe"), told_of("grebe")
    first, second = quiet(detective, coordinator), quiet(neighbour, coordinator)
    end_silent_watch(first.reference, by=detective)
    assert tied(new, analyst) == set()
    end_silent_watch(second.reference, by=neighbour)
    assert tied(new, analyst) == {old.reference}


def test_no_report_waits_longer_or_is_hidden_because_a_value_is_quiet(detective, coordinator):
    """The same reports with a value that is quiet and one that is not: the same places."""

    def placed(value: str) -> list[QueueItem]:
        reports = [told_of(value), told_of(value, danger_now=True)]
        let_older_learn(reports[-1].pk)
        with acting_as(Station.PIPELINE.context):
            return list(QueueItem.objects.filter(report__in=reports).order_by("report_id"))

    quiet(detective, coordinator, "plover@example.com")
    heard, hushed = placed("osprey"), placed("plover")
    for one, other in zip(heard, hushed, strict=True):
        assert one.strong_links == other.strong_links > 0
        for column in ("band", "rule", "risk", "action", "rank", "raised_from", "reasons"):
            assert getattr(one, column) == getattr(other, column)
    # What rose by it rose, and names nobody.
    assert heard[0].raised_by_id == heard[1].report_id
    assert hushed[0].raised_by_id is None


# ------------------------------------------------------------------------------------ the agency


def test_its_agency_alone_is_told_of_old_reports_and_new_ones(detective, neighbour, coordinator):
    old = told_of("grebe")
    quiet(detective, coordinator)
    new = told_of("grebe")
    assert meet_silent_watches(new.pk, by=Station.PIPELINE) == 0
    opened = read_silent_watches(by=detective)
    (alerts,) = opened.page.alerts.values()
    assert {alert.report_id for alert in alerts} == {old.pk, new.pk}
    assert set(opened.said.values()) == {(GREBE, "An account of ours.")}
    assert opened.page.waiting == 2
    brokered = read_silent_requests(which="standing", by=coordinator).page.alerts
    assert {alert.names for several in brokered.values() for alert in several} == {
        old.reference,
        new.reference,
    }
    page = shown(detective, "/en/silent-watches")
    assert new.reference not in page
    mark_silent_alert(alerts[0].reference, is_seen=True, by=detective)
    assert read_silent_watches(by=detective).page.waiting == 1
    assert mark_silent_alert(alerts[0].reference, is_seen=False, by=detective).seen_at is None
    with pytest.raises(SilentAlert.DoesNotExist):
        mark_silent_alert(alerts[0].reference, is_seen=True, by=neighbour)
    with pytest.raises(SilentWatch.DoesNotExist):
        end_silent_watch(opened.page.watches[0].reference, by=neighbour)


@pytest.mark.parametrize("role", [PersonRole.REPORTER, PersonRole.WITNESS, PersonRole.VICTIM])
def test_a_silent_watch_finds_no_reporter_witness_or_child(detective, coordinator, role):
    quiet(detective, coordinator)
    told_of("grebe", role=role)
    assert read_silent_watches(by=detective).page.waiting == 0


def test_what_may_be_about_an_agency_s_own_people_tells_it_nothing(detective, coordinator):
    quiet(detective, coordinator)
    told_of("grebe", compartment=Compartment.CONFLICT_OF_INTEREST)
    assert read_silent_watches(by=detective).page.waiting == 0


def test_a_report_that_names_an_agency_s_own_people_is_told_it_no_more(
    harbor, detective, coordinator
):
    quiet(detective, coordinator)
    report = told_of("grebe")
    assert read_silent_watches(by=detective).page.waiting == 1
    note_conflict(report, agency=harbor, by=make.analyst())
    assert read_silent_watches(by=detective).page.waiting == 0
    assert read_silent_requests(which="standing", by=coordinator).page.alerts == {}
    meet_silent_watches(report.pk, by=Station.PIPELINE)
    end_silent_watch(read_silent_watches(by=detective).page.watches[0].reference, by=detective)
    quiet(detective, coordinator)
    assert read_silent_watches(by=detective).page.waiting == 0


# ------------------------------------------------------------------------ who must not find out


def test_no_other_agency_can_tell_whether_anything_is_quiet(
    harbor, detective, neighbour, coordinator
):
    """All that another agency may open is the same before and after, to the letter.

    It was sent two reports that hold the value, watches the value itself, and looks for it.
    """
    valley, analyst = neighbour.agency, make.analyst()
    terms = Terms(
        until=today() + timedelta(days=60),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=Tells.CENTRE,
    )
    add_watch(GREBE, kind=Kind.EMAIL, terms=terms, by=neighbour)
    sent = [told_of("grebe"), told_of("grebe")]
    for report in sent:
        make.referral(report, to=valley, by=analyst)

    def found() -> tuple:
        with acting_as(neighbour.context):
            links = linked_to(sent[1].pk, actor=neighbour)
            search = found_by(GREBE, actor=neighbour)
        pages = [
            "/en/watches",
            "/en/watches/alerts",
            "/en/silent-watches",
            "/en/inbox",
            "/en/cases",
        ]
        pages += [f"/en/referrals/{one.reference}" for one in sent]
        alerts = [hit.report_id for hit in read_alerts(by=neighbour).page.hits]
        return links, search, alerts, [shown(neighbour, page) for page in pages]

    moment = clock.now()
    with clock.clock_set_to(moment):
        before = found()
    quiet(detective, coordinator)
    with clock.clock_set_to(moment):
        assert found() == before
    assert [one.reference for one in before[0]] == [sent[0].reference]
    # What comes later reaches its own watch as ever.
    late = told_of("grebe")
    assert late.pk in [hit.report_id for hit in read_alerts(by=neighbour).page.hits]
    assert tied(late, analyst) == set()


def test_an_agency_s_looks_ask_the_same_of_the_database_whether_anything_is_quiet(
    detective, neighbour, coordinator
):
    """Nobody can time it: no statement runs because a watch is there, or because it is not."""
    analyst, first, report = make.analyst(), told_of("grebe"), told_of("grebe")
    for each in (first, report):
        make.referral(each, to=neighbour.agency, by=analyst)

    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as caught, acting_as(neighbour.context):
            noted_in(around(report.pk, actor=neighbour))
            linked_to(report.pk, actor=neighbour)
            found_by(GREBE, actor=neighbour)
        return [re.sub(r"'[^']*'|s\d+_x\d+", "", one["sql"]) for one in caught]

    before = statements()
    quiet(detective, coordinator)
    assert statements() == before
    assert any("identifiers_hush" in one for one in before)
