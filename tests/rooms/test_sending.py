"""Whom a report goes to, whom it must not go to, adding to what was sent, and taking it back."""

from datetime import timedelta

import pytest

from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.actions import open_report
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, LegalBasis, Person, PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    open_notice,
    open_referral,
    open_sent,
    read_inbox,
    refer_report,
    return_report,
    unmask_for_addressee,
)
from havre.referrals.models import Referral
from havre.referrals.pages.page import referral_page
from havre.referrals.rules.guards import (
    AlreadyReferredError,
    ConflictOfInterestError,
    HeldElsewhereError,
)
from havre.referrals.rules.outcomes import ReferralState, ReferralStateError
from havre.referrals.rules.sending import Caveat, Ending, Fact, Held, held_from
from havre.referrals.sending.actions import (
    add_to_referral,
    cancel_referral,
    note_conflict,
    send_report,
    supplement_referral,
    undo_referral,
)
from havre.referrals.sending.reads import parallel_to, weighing_of
from havre.triage.actions import read_queue
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def valley():
    return make.agency("valley-police", regions=("ON",))


@pytest.fixture
def welfare():
    return make.agency("shore-children", kind=AgencyKind.CHILD_WELFARE, regions=("MB",))


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


WELL_KNOWN = Person(
    role=PersonRole.SUSPECT,
    identifiers=(
        GivenIdentifier(kind="email", value="dock.master@example.com"),
        GivenIdentifier(kind="phone", value="204-555-0177"),
        GivenIdentifier(kind="handle", value="dock_master_9", platform="snapchat"),
    ),
)


def told_of_him(narrative: str = make.NARRATIVE) -> Report:
    return make.report(narrative, people=(WELL_KNOWN, make.REPORTER))


def lines(event: Event) -> int:
    with acting_as(Station.PIPELINE.context):
        return Entry.objects.filter(event=event).count()


def test_a_report_goes_to_several_agencies_at_once_or_to_none(analyst, harbor, valley, welfare):
    report = make.report()
    caveats = [Caveat.HOME_NOT_SAFE]

    sent = send_report(report, to=[harbor, welfare], reason="Both.", caveats=caveats, by=analyst)

    assert [(one.to_agency, one.caveats) for one in sent] == [
        (harbor, ["home-not-safe"]),
        (welfare, ["home-not-safe"]),
    ]
    with pytest.raises(AlreadyReferredError):
        send_report(report, to=[valley, harbor], reason="Again.", by=analyst)
    with acting_as(analyst.context):
        assert not Referral.objects.filter(to_agency=valley).exists()


def test_whom_a_report_accuses_is_never_sent_it(analyst, harbor, valley):
    watch = make.agency("shore-watch", kind=AgencyKind.OVERSIGHT, regions=("MB",))
    report = make.report("He works for Harbor Police. He asked me to meet in Winnipeg.")

    def weighed():
        with acting_as(analyst.context):
            texts = ["He works for Harbor Police."]
            return weighing_of(report.pk, (), suggested=(), texts=texts, actor=analyst)

    assert weighed().named == (harbor,)
    note_conflict(report, agency=harbor, by=analyst)
    note_conflict(report, agency=harbor, by=analyst)

    (row,) = weighed().conflicts
    assert [one.code for one in row.instead] == ["national-centre"]
    assert row.oversight == (watch,)
    assert weighed().named == ()
    assert harbor not in weighed().parallel
    with pytest.raises(ConflictOfInterestError):
        send_report(report, to=[valley, harbor], reason="Theirs.", by=analyst)
    assert lines(Event.CONFLICT_NOTED) == 2


def test_an_agency_that_has_this_person_is_added_to_instead(analyst, harbor, detective, valley):
    first, second = told_of_him(), told_of_him("She saw him again in Winnipeg.")
    (sent,) = send_report(first, to=[harbor], reason="Theirs.", by=analyst)
    open_referral(sent.reference, by=detective)

    with pytest.raises(HeldElsewhereError):
        send_report(second, to=[harbor], reason="Theirs.", by=analyst)
    added = supplement_referral(second, earlier=sent.reference, reason="One man.", by=analyst)

    rows = {row.referral.reference: row.referral for row in read_inbox(by=detective).rows}
    assert rows[sent.reference].is_unread
    assert open_referral(added.reference, by=detective).referral.supplements == sent
    third = told_of_him("He is back in Winnipeg.")
    assert send_report(third, to=[harbor], reason="New.", is_anew=True, by=analyst)


def test_a_word_more_is_unread_until_it_is_seen(analyst, harbor, detective):
    sent = make.referral(make.report(), to=harbor, by=analyst)
    open_referral(sent.reference, by=detective)

    add_to_referral(sent.reference, text="It was at noon.", by=analyst)

    (row,) = read_inbox(by=detective).rows
    assert row.referral.is_unread
    opened = open_referral(sent.reference, by=detective)
    assert [text for _, text in opened.remarks] == ["It was at noon."]
    assert not opened.referral.is_unread


def test_what_nobody_opened_was_never_sent(analyst, harbor, detective):
    report = make.report()
    sent = make.referral(report, to=harbor, by=analyst)

    undo_referral(sent.reference, by=analyst)
    walk(report.pk, was_returned=True)

    assert read_inbox(state="all", by=detective).rows == ()
    with pytest.raises(Referral.DoesNotExist):
        open_referral(sent.reference, by=detective)
    with pytest.raises(Report.DoesNotExist):
        open_report(report.reference, by=detective)
    with acting_as(detective.context):
        assert not Referral.objects.exists()
    assert [row.report for row in read_queue(by=analyst).rows] == [report]
    assert make.referral(report, to=harbor, by=analyst).state == ReferralState.SENT


def test_what_was_opened_is_cancelled_with_a_notice(analyst, harbor, detective):
    sent = make.referral(make.report(), to=harbor, by=analyst)
    with pytest.raises(ReferralStateError):
        cancel_referral(sent.reference, because=Ending.MISTAKE, by=analyst)
    open_referral(sent.reference, by=detective)
    with pytest.raises(ReferralStateError):
        undo_referral(sent.reference, by=analyst)

    cancel_referral(sent.reference, because=Ending.MISTAKE, by=analyst)

    (row,) = read_inbox(state="all", by=detective).rows
    assert (row.referral.state, row.clock) == (ReferralState.CANCELLED, None)
    assert row.referral.is_unread
    page = make.browser(detective).get(f"/en/referrals/{sent.reference}")
    assert "It was sent by mistake" in assert_sound(page.content).text_content()
    assert not open_notice(sent.reference, by=detective).is_unread
    with pytest.raises(Report.DoesNotExist):
        open_report(sent.report.reference, by=detective)


def test_taking_back_from_one_agency_takes_nothing_from_another(analyst, harbor, detective, valley):
    report = make.report()
    sent = make.referral(report, to=harbor, by=analyst)
    other = make.referral(report, to=valley, by=analyst)
    undo_referral(other.reference, by=analyst)

    assert open_referral(sent.reference, by=detective).opened.is_whole
    assert read_queue(by=analyst).rows == ()


def test_what_came_back_goes_on_with_its_first_clock(analyst, harbor, detective, valley):
    report = make.report()
    sent = make.referral(report, to=harbor, by=analyst)
    return_report(sent.reference, note="Not ours.", by=detective)
    with clock.clock_set_to(clock.now() + timedelta(minutes=20)):
        walk(report.pk, was_returned=True)
        second = make.referral(report, to=valley, by=analyst)
        third = make.referral(report, to=make.agency("east-police"), by=analyst)

    assert (second.carries, second.answer_by) == (sent, sent.answer_by)
    assert second.standing.since == sent.sent_at
    assert (third.carries, third.clock_since) == (None, None)


def test_child_welfare_of_the_place_is_offered_in_parallel(analyst, harbor, welfare):
    welfare.legal_type = "provincial-department"
    welfare.save()
    report = make.report()

    with acting_as(analyst.context):
        offered = [agency.code for agency in parallel_to(report.pk, language="en")]

    assert offered == ["harbor-police", "national-centre", "shore-children"]


@pytest.mark.parametrize(
    ("basis", "recipient", "held"),
    [
        (LegalBasis.VOLUNTARY, AgencyKind.POLICE, Held.ADDRESS_NEEDS_ORDER),
        (LegalBasis.STATUTORY_REPORT, AgencyKind.POLICE, None),
        (LegalBasis.STATUTORY_REPORT, AgencyKind.FOREIGN, Held.ADDRESS_NEEDS_ORDER),
        (LegalBasis.ORDER, AgencyKind.FOREIGN, None),
        (LegalBasis.ORDER, AgencyKind.CHILD_WELFARE, Held.BEYOND_NEED),
    ],
)
def test_an_address_goes_along_on_a_basis_that_the_recipient_accepts(basis, recipient, held):
    for role in (PersonRole.SUSPECT, PersonRole.UNKNOWN, PersonRole.VICTIM):
        assert held_from(Fact(kind=Kind.IP, role=role, basis=basis), recipient=recipient) is held
    own = Fact(kind=Kind.IP, role=PersonRole.REPORTER, basis=LegalBasis.ORDER)
    assert held_from(own, recipient=recipient) is Held.REPORTER


def test_an_address_that_was_volunteered_is_shown_nowhere_on_the_page(analyst, harbor, detective):
    suspect = Person(
        role=PersonRole.SUSPECT,
        identifiers=(
            GivenIdentifier(kind="ip", value="192.0.2.7"),
            GivenIdentifier(kind="ip", value="192.0.2.8", legal_basis=LegalBasis.STATUTORY_REPORT),
        ),
    )
    report = make.report("He came from 192.0.2.7 and from 192.0.2.8.", people=(suspect,))
    sent = make.referral(report, to=harbor, by=analyst)

    opened = open_referral(sent.reference, by=detective)
    with acting_as(detective.context):
        page = referral_page(opened, language="en", unmasked={}, all_links=False, actor=detective)
        held = next(row for row in page.identifiers if row.held)
        told = "".join(piece.text for text in page.telling.texts for piece in text.pieces)

    assert [row.value for row in page.identifiers] == ["", "192.0.2.8"]
    assert "192.0.2.7" not in told
    assert "192.0.2.8" in told
    with pytest.raises(Mention.DoesNotExist):
        unmask_for_addressee(held.noted.mention, by=detective)


def test_the_desk_page_says_who_goes_first_and_what_stays(analyst, harbor, detective):
    desk = make.browser(analyst)
    first, second = told_of_him(), told_of_him("He works for Harbor Police, in Winnipeg.")
    sent = refer_report(first, to=harbor, reason="Theirs.", by=analyst)
    open_referral(sent.reference, by=detective)

    page = assert_sound(desk.get(f"/en/reports/{second.reference}").content).text_content()
    french = assert_sound(desk.get(f"/fr/signalements/{second.reference}").content).text_content()
    refused = desk.post(
        f"/en/reports/{second.reference}/refer", {"to": "harbor-police", "reason": "Why"}
    )

    for words in ("not a certainty", "Add to it instead", "The report names Harbor Police"):
        assert words in page
    assert "name and contact of the reporter" in page
    assert "pas une certitude" in french
    assert refused.status_code == 422
    assert "has this person already" in assert_sound(refused.content).text_content()
    noted = desk.post(f"/en/reports/{second.reference}/conflict", {"agency": "harbor-police"})
    barred = desk.post(
        noted.headers["Location"] + "/refer",
        {"to": "harbor-police", "reason": "Why", "is_anew": "on"},
    )
    assert "Choose one of the other agencies" in assert_sound(barred.content).text_content()
    _, (row,) = open_sent(first.reference, by=analyst)
    cancelled = desk.post(f"/en/sent/{row.referral.reference}/cancel", {"because": "mistake"})
    assert cancelled.status_code == 302
    empty = desk.post(f"/en/sent/{row.referral.reference}/add", {"text": " "})
    assert empty.status_code == 422
