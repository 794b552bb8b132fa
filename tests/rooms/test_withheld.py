"""What an agency is not given it finds nowhere: on no page, in no link or search, and not later."""

import secrets
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import add_person
from havre.cases.search.actions import search_cases
from havre.evidence.models import RecordKey
from havre.identifiers.people.rules.names import names_that_may_stand
from havre.intake.actions import Delivery, open_report, receive_report
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.senders import PublicSender
from havre.intake.rules.submission import (
    Channel,
    GivenIdentifier,
    Incident,
    LegalBasis,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_notice,
    open_referral,
    refer_report,
    return_report,
)
from havre.referrals.inbox.actions import decline_referral
from havre.referrals.models import Referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.outcomes import ReferralState, ReferralStateError
from havre.referrals.rules.redact import Cut
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import add_to_referral
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound

MINE, HIS = "204-555-0188", "pier.nine@example.com"


def phone(value: str, **facts) -> GivenIdentifier:
    return GivenIdentifier(kind="phone", value=value, **facts)


REPORTER = Person(role=PersonRole.REPORTER, identifiers=(phone(MINE),))
SUSPECT = Person(role=PersonRole.SUSPECT, identifiers=(GivenIdentifier(kind="email", value=HIS),))
HERS = "204-555-0177"
WITNESS = Person(
    role=PersonRole.WITNESS,
    notes="She keeps the ferry kiosk.",
    identifiers=(phone(HERS),),
    places=(Place(role=PlaceRole.UNKNOWN, address="4 Kiosk Lane", city="Winnipeg"),),
)


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


def page_of(sent: Referral, detective) -> str:
    answer = make.browser(detective).get(f"/en/referrals/{sent.reference}")
    assert answer.status_code == 200
    return assert_sound(answer.content).text_content()


def test_the_page_withholds_what_the_package_withholds(analyst, harbor, detective):
    told = make.report(
        f"He waits at the pier. Ask her, she is on {HERS}.",
        people=(SUSPECT, REPORTER, WITNESS),
        extra=(("my_workplace", "Pier School"), ("anything_else", "He wears a red cap.")),
    )
    sent = make.referral(told, to=harbor, by=analyst)

    page = page_of(sent, detective)
    packed = fetch_package(sent.reference, by=detective)

    for secret in ("Pier School", "ferry kiosk", "Kiosk Lane", HERS, MINE):
        assert secret not in page
        assert secret.encode() not in packed
    assert "He waits at the pier." in page
    assert "He wears a red cap." in page


def test_neither_the_desk_s_words_nor_a_name_in_the_story_say_who_reported(
    analyst, harbor, detective
):
    told = make.report(
        "My name is Róbin  EXAMPLE. I am Ro\u0301bin Example. Example, Robin. Write to"
        f" {HIS}. Robin Hood is a boat.",
        people=(SUSPECT, replace(REPORTER, names=("Robin Example",)), WITNESS),
    )
    words = f"Robin Example asks to be called at {MINE}. {HERS} saw it."
    sent = make.referral(told, to=harbor, by=analyst, reason=f"Theirs. {words}")
    add_to_referral(sent.reference, text=f"More: {words}", by=analyst)
    page = page_of(sent, detective)
    opened = open_referral(sent.reference, by=detective)
    said = " ".join((opened.reason, *(text for _remark, text in opened.remarks)))
    with ZipFile(BytesIO(fetch_package(sent.reference, by=detective))) as packed:
        police = packed.read("police.json").decode()

    for where in (page, said, police):
        for secret in ("Robin Example", "Róbin", "EXAMPLE", "Example, Robin", MINE, HERS):
            assert secret not in where
    assert said.startswith("Theirs. [withheld] asks to be called at [withheld].")
    assert "More: [withheld] asks to be called" in said
    assert "Theirs. [withheld] asks" in page
    assert "Robin Hood is a boat." in page
    assert "Robin Hood is a boat." in police
    # The desk, whose words they are, reads them whole.
    whole = make.browser(analyst).get(f"/en/reports/{told.reference}").content.decode()
    assert words in whole


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ([("a", 0, 9), ("a", 2, 4)], "[withheld]9"),
        ([("a", 2, 4), ("a", 3, 6), ("b", 0, 1)], "01[withheld]6789"),
        ([("a", 0, 2), ("a", 2, 4)], "[withheld]456789"),
        ([("a", 8, 99)], "01234567[withheld]"),
        ([], "0123456789"),
    ],
)
def test_what_is_cut_out_leaves_no_end_of_it_behind(held, left):
    assert Cut(held)("a", "0123456789") == left


def test_a_name_is_looked_for_in_either_order_and_alone_only_with_a_capital():
    found = {name for _start, _end, name in names_that_may_stand("He will come, Dr. Will   Rose")}
    assert {"will", "dr will", "will dr", "he will come dr", "come dr"} <= found
    assert {"rose", "will rose"} <= found
    assert "come" not in found
    text = "Will saw him. will he come?"
    alone = [(start, end) for start, end, name in names_that_may_stand(text) if name == "will"]
    assert alone == [(0, 4)]


def test_no_link_rests_on_who_reported_nor_shows_an_address_that_needs_an_order(
    analyst, harbor, detective
):
    volunteered = GivenIdentifier(kind="ip", value="192.0.2.7", legal_basis=LegalBasis.VOLUNTARY)
    unknown_place = Person(role=PersonRole.SUSPECT, identifiers=(volunteered,))
    first = make.report("He waits there.", people=(unknown_place, REPORTER))
    named = Person(role=PersonRole.SUSPECT, identifiers=(phone(MINE), volunteered))
    second = make.report("It is this one.", people=(named,))
    sent = [make.referral(report, to=harbor, by=analyst) for report in (first, second)]

    page = page_of(sent[0], detective)

    assert "192.0.2.7" not in page
    assert "5550188" not in page.replace("-", "")
    assert second.reference not in page
    assert (
        second.reference
        in assert_sound(
            make.browser(analyst).get(f"/en/reports/{first.reference}").content
        ).text_content()
    )


def test_a_search_does_not_say_who_reported_or_saw(analyst, harbor, detective):
    sent = make.referral(
        make.report("He waits there.", people=(SUSPECT, REPORTER, WITNESS)), to=harbor, by=analyst
    )
    assert [one.reference for one in search_cases(HIS, by=detective).referrals] == [sent.reference]
    for secret in (MINE, HERS):
        assert search_cases(secret, by=detective).referrals == ()


def give_back(reference: str, way: str, detective) -> None:
    if way == "return":
        return_report(reference, note="Not ours.", by=detective)
    else:
        decline_referral(reference, because=Ending.NO_POWER, note="Not ours.", by=detective)


@pytest.mark.parametrize("way", ["return", "decline"])
def test_whoever_gives_a_referral_back_reads_its_report_no_more(analyst, harbor, detective, way):
    report = make.report()
    sent = make.referral(report, to=harbor, by=analyst)
    open_referral(sent.reference, by=detective)
    give_back(sent.reference, way, detective)

    with pytest.raises(Report.DoesNotExist):
        open_report(report.reference, by=detective)
    with pytest.raises(Referral.DoesNotExist):
        fetch_package(sent.reference, by=detective)
    with pytest.raises(ReferralStateError):
        accept_referral(sent.reference, by=detective)
    assert open_notice(sent.reference, by=detective).ended_at is not None
    assert make.NARRATIVE not in page_of(sent, detective)
    with acting_as(Station.PIPELINE.context):
        keys = RecordKey.objects.filter(record=report.pk, recipient__startswith="agency:")
        assert not keys.exists()

    walk(report.pk, was_returned=True)
    again = make.referral(report, to=harbor, by=analyst)
    assert open_referral(again.reference, by=detective).opened.is_whole


def test_an_agency_reads_on_while_another_incident_of_the_report_is_its_own(
    analyst, harbor, detective
):
    incidents = (Incident(narrative="He waits there."), Incident(narrative="He came again."))
    said = Submission(channel=Channel.PUBLIC_FORM, language="en", incidents=incidents)
    delivery = Delivery(submission=said, source=b"-", zone="America/Winnipeg")
    received = receive_report(delivery, by=PublicSender(secrets.token_hex(32)))
    with acting_as(Station.PIPELINE.context):
        report = report_by_reference(received.reference, actor=Station.PIPELINE)
    walk(report.pk)
    first, second = (
        refer_report(report, to=harbor, reason="Theirs.", incident=number, by=analyst)
        for number in (1, 2)
    )
    return_report(first.reference, note="Not this one.", by=detective)

    assert open_referral(second.reference, by=detective).opened.is_whole


def test_opening_late_does_not_undo_what_a_colleague_did(analyst, harbor, detective):
    sent = make.referral(make.report(), to=harbor, by=analyst)
    open_referral(sent.reference, by=detective)
    accept_referral(sent.reference, by=detective)
    opened = open_referral(sent.reference, by=make.officer(harbor))
    assert (opened.referral.state, opened.referral.accepted_by) == (
        ReferralState.ACCEPTED,
        detective,
    )


def test_a_crown_liaison_unmasks_nobody_in_a_case(harbor, detective):
    case = open_case("The pier", by=detective)
    person = add_person(case.reference, "Robin Example", role=PersonRole.VICTIM, by=detective)
    leader = make.officer(harbor, Role.AGENCY_SUPERVISOR, compartments=(Compartment.GENERAL,))
    mark_case(case.reference, restricted=False, for_court=True, by=detective)
    address = f"/en/cases/{case.reference}/people/show"
    crown = make.browser(make.officer(make.agency("crown", kind=AgencyKind.POLICE)))
    assert crown.post(address, {"person": person.pk}).status_code == 404
    own = make.browser(make.officer(harbor, Role.CROWN_LIAISON))
    assert own.get(f"/en/cases/{case.reference}").status_code == 200
    assert b"Unmask" not in own.get(f"/en/cases/{case.reference}").content
    assert own.post(address, {"person": person.pk}).status_code == 404
    assert b"Robin Example" in make.browser(leader).post(address, {"person": person.pk}).content
