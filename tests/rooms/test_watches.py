"""What an agency watches: it is told that a report holds it, and no more than it may see."""

from datetime import timedelta

import pytest

from havre.agencies.models import Agency
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.rules import Station
from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import add_identifier, add_person
from havre.cases.sharing.actions import hand_over_case
from havre.cases.watches.actions import read_alerts, read_watches
from havre.cases.watches.rules import NotAListError, rows_in
from havre.identifiers.models import Mention
from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.watches.actions import (
    Terms,
    add_watch,
    answer_alert,
    ask_for_report,
    end_watch,
    meet_watches,
    renew_watch,
)
from havre.links.watches.models import Hit, Watch
from havre.links.watches.reads import alerts_waiting, notices_on, today
from havre.links.watches.rules import (
    AlreadyWatchedError,
    Authority,
    Finding,
    NotAnIdentifierError,
    Purpose,
    Tells,
    WatchDaysError,
    Word,
    meets,
)
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.referrals.rules.guards import CentreNotAskedError
from havre.referrals.sending.actions import note_conflict, send_report
from tests import make
from tests.pages import assert_sound

GREBE = "grebe@example.com"


def told_of(name: str, *, role: PersonRole = PersonRole.SUSPECT, **facts):
    identifier = GivenIdentifier(kind="email", value=f"{name}@example.com")
    return make.report(
        "I saw a boat.", people=(Person(role=role, identifiers=(identifier,)),), **facts
    )


def terms(tells: Tells = Tells.AGENCY, *, days: int = 90, **more) -> Terms:
    return Terms(
        until=today() + timedelta(days=days),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=tells,
        **more,
    )


def watched(by, tells: Tells = Tells.AGENCY, **more) -> Watch:
    return add_watch(GREBE, kind=Kind.EMAIL, terms=terms(tells, **more), by=by)


def told_to_desk(report, analyst) -> list[tuple[str, Agency | None]]:
    with acting_as(analyst.context):
        return [(each.word, each.agency) for each in notices_on(report.pk, actor=analyst)]


def waiting(officer) -> int:
    with acting_as(officer.context):
        return alerts_waiting(actor=officer)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def neighbour(harbor):
    return make.officer(agency_by_code("valley-police"))


# ------------------------------------------------------------------------------------ the rules


@pytest.mark.parametrize("told", PersonRole)
def test_only_what_is_said_of_the_same_sort_of_person_meets(told):
    suspected = told in {PersonRole.SUSPECT, PersonRole.UNKNOWN}
    assert meets(PersonRole.SUSPECT, told) == suspected
    assert meets(PersonRole.VICTIM, told) == (told in {PersonRole.VICTIM, PersonRole.UNKNOWN})


def test_a_list_is_read_by_its_head_and_every_row_keeps_its_line():
    rows = rows_in(
        "\ufeffkind, platform, value\nemail,,a@example.com\n\nboat,,x\nhandle,kik,grebe\n"
    )
    assert [(row.line, row.kind, row.platform, row.value) for row in rows] == [
        (2, Kind.EMAIL, "", "a@example.com"),
        (4, None, "", "x"),
        (5, Kind.HANDLE, "kik", "grebe"),
    ]


@pytest.mark.parametrize(
    "text", ["", "kind,value\n", "name,tel\nx,y\n", "kind,value\n" + "email,a@b.ca\n" * 501]
)
def test_what_is_no_list_is_refused_whole(text):
    with pytest.raises(NotAListError):
        rows_in(text)


# ------------------------------------------------------------------------------------ the route


def test_a_new_report_and_an_old_one_are_told_once_each_and_open_nothing(detective, neighbour):
    old = told_of("grebe")
    watched(detective)
    assert waiting(detective) == 1
    new = told_of("grebe")
    told_of("heron")
    meet_watches(new.pk, by=Station.PIPELINE)

    opened = read_alerts(by=detective)

    assert [hit.report_id for hit in opened.page.hits] == [new.pk, old.pk]
    assert opened.page.opened == {}
    assert set(opened.values.values()) == {GREBE}
    assert read_alerts(by=neighbour).page.hits == ()


def test_the_reference_is_shown_only_of_a_report_that_was_sent(harbor, detective):
    watched(detective)
    sent, kept = told_of("grebe"), told_of("grebe")
    make.referral(sent, to=harbor, by=make.analyst())
    page = make.browser(detective).get("/en/watches/alerts").content.decode()
    assert sent.reference in page
    assert kept.reference not in page
    assert "A report holds it that was not sent to your agency." in page


@pytest.mark.parametrize("role", [PersonRole.REPORTER, PersonRole.WITNESS, PersonRole.VICTIM])
def test_what_a_reporter_a_witness_or_a_child_gave_meets_no_watch_of_a_suspect(detective, role):
    watched(detective)
    told_of("grebe", role=role)
    assert waiting(detective) == 0


def test_what_may_be_about_an_agency_s_own_people_tells_no_agency(detective):
    watched(detective)
    told_of("grebe", compartment=Compartment.CONFLICT_OF_INTEREST)
    assert waiting(detective) == 0


def test_an_agency_whose_own_people_a_report_names_is_told_nothing_of_it(harbor, detective):
    analyst = make.analyst()
    watch = watched(detective)
    named, other = told_of("grebe"), told_of("grebe")
    note_conflict(named, agency=harbor, by=analyst)
    note_conflict(named, agency=harbor, by=analyst)
    (hit,) = read_alerts(by=detective).page.hits
    assert hit.report_id == other.pk
    assert told_to_desk(named, analyst) == []
    meet_watches(named.pk, by=Station.PIPELINE)
    # A watch that begins or goes on later finds the old report no more than the first one did.
    end_watch(watch.reference, by=detective)
    watched(detective)
    renew_watch(watch.reference, until=today(), by=detective)
    assert {one.report_id for one in read_alerts(by=detective).page.hits} == {other.pk}
    # With the database alone between them, too.
    with acting_as(detective.context):
        assert not Hit.objects.filter(report=named.pk).exists()
    with acting_as(Station.PIPELINE.context):
        assert Hit.objects.get(report=named.pk).hushed_at


def test_nothing_is_asked_by_a_watch_that_is_over(detective):
    watch, report = watched(detective), told_of("grebe")
    (hit,) = read_alerts(by=detective).page.hits
    end_watch(watch.reference, by=detective)
    browser = make.browser(detective)
    answer = browser.post(f"/en/watches/alerts/{hit.reference}", {"does": "ask"}, follow=True)
    assert "nothing was asked. Renew the watch" in answer.content.decode()
    assert told_to_desk(report, make.analyst()) == []


def test_a_later_identifier_of_an_old_report_meets_the_watch(detective):
    watched(detective)
    report = told_of("heron")
    with acting_as(Station.PIPELINE.context):
        more = Mention.objects.get(record__report=report.pk)
        more.pk, more.token = ids.uuid7(), token_of(Kind.EMAIL, GREBE)
        more.save(force_insert=True)
    meet_watches(report.pk, by=Station.PIPELINE)
    assert waiting(detective) == 1


# ------------------------------------------------------------------------------------ the desk


def test_the_desk_reads_who_watches_only_where_the_agency_lets_it(harbor, detective, neighbour):
    analyst, report = make.analyst(), told_of("grebe")
    assert told_to_desk(report, analyst) == []
    watched(detective)
    assert told_to_desk(report, analyst) == [(Word.WATCHED, harbor)]
    quiet = watched(neighbour, Tells.CENTRE)
    assert (Word.CENTRE, None) in told_to_desk(report, analyst)
    page = make.browser(analyst).get(f"/en/reports/{report.reference}").content.decode()
    assert "Harbor Police watches an identifier of this report" in page
    assert "Ask the national coordinator before referring, by the number H-" in page
    assert "Valley Police watches" not in page
    end_watch(quiet.reference, by=neighbour)
    assert told_to_desk(report, analyst) == [(Word.WATCHED, harbor)]


def test_what_is_brokered_goes_nowhere_before_the_coordinator_was_asked(harbor, neighbour):
    analyst, report = make.analyst(), told_of("grebe")
    watched(neighbour, Tells.CENTRE)
    with pytest.raises(CentreNotAskedError):
        send_report(report, to=[harbor], reason="Theirs.", by=analyst)
    desk = make.browser(analyst)
    typed = {"to": "harbor-police", "reason": "Theirs."}
    answer = desk.post(f"/en/reports/{report.reference}/refer", typed)
    assert answer.status_code == 422
    assert "Ask the national coordinator first" in answer.content.decode()
    answer = desk.post(f"/en/reports/{report.reference}/refer", {**typed, "centre_asked": "on"})
    assert answer.status_code == 302


def test_the_coordinator_sees_by_its_number_whom_an_alert_is_of(detective):
    told_of("grebe")
    watched(detective, Tells.CENTRE)
    centre = make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    opened = read_alerts(by=centre)
    assert [one.agency for one in opened.brokered] == [detective.agency]
    assert opened.page.hits == ()
    page = make.browser(centre).get("/en/watches/alerts").content.decode()
    assert GREBE not in page
    assert opened.brokered[0].reference in page


def test_asking_for_a_report_names_the_agency_and_a_word_quiets_the_alert(harbor, detective):
    analyst, report = make.analyst(), told_of("grebe")
    watched(detective, Tells.CENTRE)
    (hit,) = read_alerts(by=detective).page.hits
    ask_for_report(hit.reference, by=detective)
    assert told_to_desk(report, analyst) == [(Word.ASKED, harbor)]
    answer_alert(hit.reference, finding=Finding.NOT_RELEVANT, by=detective)
    assert told_to_desk(report, analyst) == []
    assert waiting(detective) == 0
    meet_watches(report.pk, by=Station.PIPELINE)
    assert waiting(detective) == 0
    answer_alert(hit.reference, finding=None, by=detective)
    assert waiting(detective) == 1


# ------------------------------------------------------------------------------------ the list


def test_a_watch_is_kept_once_runs_out_and_begins_again(detective):
    watch = watched(detective)
    with pytest.raises(AlreadyWatchedError):
        watched(detective)
    with pytest.raises(NotAnIdentifierError):
        add_watch("no address", kind=Kind.EMAIL, terms=terms(), by=detective)
    with pytest.raises(WatchDaysError):
        watched(detective, days=366)
    later = clock.now() + timedelta(days=92)
    with clock.clock_set_to(later):
        told_of("grebe")
        assert waiting(detective) == 0
        assert read_watches(by=detective).page.watches == ()
        renew_watch(watch.reference, until=today() + timedelta(days=10), by=detective)
        assert waiting(detective) == 1
        assert read_watches(by=detective).page.ending == 1


def test_no_other_agency_finds_a_watch_or_an_alert_or_can_change_one(detective, neighbour):
    told_of("grebe")
    watch = watched(detective)
    (hit,) = read_alerts(by=detective).page.hits
    for act, missing in (
        (lambda: end_watch(watch.reference, by=neighbour), Watch.DoesNotExist),
        (lambda: renew_watch(watch.reference, until=today(), by=neighbour), Watch.DoesNotExist),
        (lambda: ask_for_report(hit.reference, by=neighbour), Hit.DoesNotExist),
    ):
        with pytest.raises(missing):
            act()
    assert watched(neighbour).agency_id == neighbour.agency_id


def test_a_watch_of_a_members_only_case_is_seen_by_its_members_alone_and_goes_with_it(harbor):
    lead, colleague = make.officer(harbor), make.officer(harbor)
    case = open_case("The pier", by=lead)
    person = add_person(case.reference, "A. Roy", role=PersonRole.SUSPECT, by=lead)
    add_identifier(case.reference, person.pk, GREBE, kind=Kind.EMAIL, by=lead)
    browser = make.browser(lead)
    address = f"/en/cases/{case.reference}/people/watch"
    page = browser.post(address, {"person": person.pk}, follow=True).content.decode()
    assert "1 identifier is watched from now on" in page
    assert (
        "Nothing was added"
        in browser.post(address, {"person": person.pk}, follow=True).content.decode()
    )
    assert len(read_watches(by=colleague).page.watches) == 1
    mark_case(case.reference, restricted=True, for_court=False, by=lead)
    assert read_watches(by=colleague).page.watches == ()
    assert len(read_watches(by=lead).page.watches) == 1
    told_of("grebe")
    assert (waiting(lead), waiting(colleague)) == (1, 0)
    mark_case(case.reference, restricted=False, for_court=False, by=lead)
    hand_over_case(case.reference, to=agency_by_code("valley-police"), by=lead)
    assert read_watches(by=lead).page.watches == ()
    with acting_as(Station.PIPELINE.context):
        assert not Watch.objects.standing().exists()


def test_an_officer_keeps_the_list_by_its_pages_in_both_languages(detective):
    browser, day = make.browser(detective), (today() + timedelta(days=60)).isoformat()
    on = {
        "whose": "suspect", "purpose": "investigation", "authority": "duty", "tells": "centre",
        "until": day, "answers": "",
    }  # fmt: skip
    assert_sound(browser.get("/en/watches").content)
    one = {"kind": "email", "platform": "", "value": GREBE, **on}
    page = browser.post("/en/watches/new", one, follow=True)
    assert_sound(page.content)
    assert "is watched. You are told here" in page.content.decode()
    assert browser.post("/en/watches/new", one).status_code == 422
    wrong = browser.post("/en/watches/new", {**one, "kind": "phone"}).content.decode()
    assert "That is no identifier of this kind." in wrong
    rows = f"kind,platform,value\nemail,,{GREBE}\nphone,,204-555-0142\nboat,,x\nphone,,no\n"
    brought = browser.post("/en/watches/list", {"rows": rows, **on}).content.decode()
    for said in ("Watched already", "Added", "No such kind", "Not such an identifier"):
        assert said in brought
    assert browser.post("/fr/veilles/liste", {"rows": "x", **on}).status_code == 422
    french = browser.get("/fr/veilles").content.decode()
    assert "+12045550142" in french
    assert "La ligne de signalement apprend" in french
    watch = read_watches(by=detective).page.watches[0]
    ended = browser.post(f"/en/watches/{watch.reference}/end", follow=True).content.decode()
    assert "can begin again" in ended
    over = browser.get("/en/watches?which=over").content.decode()
    assert watch.reference in over
    again = browser.post(f"/en/watches/{watch.reference}/renew", {"until": day}, follow=True)
    assert "Renewed." in again.content.decode()
    late = browser.post(f"/en/watches/{watch.reference}/renew", {"until": "x"}, follow=True)
    assert "Write a day as" in late.content.decode()


def test_the_inbox_tells_of_alerts_and_they_are_answered_on_their_page(detective):
    told_of("grebe")
    watched(detective, days=5)
    browser = make.browser(detective)
    inbox = browser.get("/en/inbox").content.decode()
    assert "1 alert of your watch list waits for a word." in inbox
    assert "1 watch ends within two weeks." in inbox
    (hit,) = read_alerts(by=detective).page.hits
    address = f"/en/watches/alerts/{hit.reference}"
    assert "Choose a word" in browser.post(address, {"does": "x"}, follow=True).content.decode()
    assert "Kept." in browser.post(address, {"does": "known"}, follow=True).content.decode()
    everything = browser.get("/en/watches/alerts?which=all").content.decode()
    assert "Take the word back" in everything
    asked = browser.post(address, {"does": "ask"}, follow=True).content.decode()
    assert "your agency asks for it" in asked
    assert "No alert stands here" in browser.get("/en/watches/alerts").content.decode()


def test_pages_follow_each_other_without_a_gap(detective, monkeypatch):
    monkeypatch.setattr("havre.links.watches.reads.WATCH_ROWS", 2)
    for number in range(3):
        told_of("grebe")
        add_watch(f"g{number}@example.com", kind=Kind.EMAIL, terms=terms(), by=detective)
    watched(detective)
    first = read_watches(by=detective).page
    second = read_watches(after=first.next, by=detective).page
    assert len({w.pk for w in (*first.watches, *second.watches)}) == first.chosen == 4
    assert second.next == ""
    hits = read_alerts(by=detective).page
    assert len(read_alerts(after=hits.next, by=detective).page.hits) == 1
    assert read_watches(after="x", by=detective).page.watches == ()
