"""Closing without referral: a decision with a reason, read twice where it matters, undone."""

import secrets
from datetime import timedelta
from importlib.resources import files

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.actions import open_by_receipt, send_message
from havre.intake.form_tokens import holder_of
from havre.intake.models import Closure, Report
from havre.intake.rules.receipts import words_of
from havre.intake.rules.stages import ClosingAnswer
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.referrals.rules.guards import ClosedReportError
from havre.triage.actions import AlreadyClaimedError, claim_report, read_queue, release_report
from havre.triage.closing.actions import (
    close_report,
    confirm_closing,
    read_closings,
    reopen_report,
)
from havre.triage.closing.reads import ROWS
from havre.triage.closing.rules import (
    ANSWER_WAITS,
    ClosingReason,
    ClosingState,
    DuplicateOfNothingError,
    NotStandingError,
    ReadTwice,
    SamePersonError,
)
from havre.triage.closing.wording import answers_read
from havre.triage.models import Closing
from havre.triage.reads import reports_without_a_place
from havre.wiring.route import RETURNED, place, walk
from tests import make
from tests.pages import assert_sound

CALM = "I saw an odd page about boats."
DANGER = "I am 14 and I am in danger now, he is in the house."
NOTE = "Looked at the page: boats."
PERCENT = 20


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def colleague(harbor):
    return make.analyst()


@pytest.fixture
def nobody_is_sampled(monkeypatch):
    monkeypatch.setattr("havre.triage.closing.rules.is_drawn", lambda *_, **__: False)


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def waiting(officer) -> list[str]:
    return [row.report.reference for row in read_queue(by=officer).rows]


def close(report: Report, *, by, reason=ClosingReason.INSUFFICIENT, **facts) -> Closing:
    return close_report(report.reference, reason=reason, note=NOTE, by=by, **facts)


def told(holder) -> str:
    return open_by_receipt(by=holder)[0].answer


def test_a_calm_report_is_closed_at_once_and_stays_findable(analyst, nobody_is_sampled):
    report = make.report(CALM, people=())

    closing = close(report, by=analyst)

    assert closing.state is ClosingState.FINAL
    assert waiting(analyst) == []
    (row,) = read_closings(sought=report.reference[2:6].lower(), by=analyst).rows
    assert row.closing == closing
    assert row.title
    (line,) = lines(Event.REPORT_CLOSED)
    assert line.details["reason"] == "insufficient"
    assert NOTE not in str(line.details)


def test_its_reporter_reads_the_answer_a_day_later_and_nothing_before(analyst, nobody_is_sampled):
    holder = make.receipt()
    report = make.report(CALM, people=(), holder=holder)
    stages = open_by_receipt(by=holder)[0].stages
    close(report, by=analyst)
    now = clock.now()

    with clock.clock_set_to(now + ANSWER_WAITS - timedelta(minutes=1)):
        assert told(holder) == ""
        assert open_by_receipt(by=holder)[0].stages == stages
    with clock.clock_set_to(now + ANSWER_WAITS + timedelta(minutes=1)):
        assert told(holder) == ClosingAnswer.TOO_LITTLE
        assert open_by_receipt(by=holder)[0].stages == stages


def test_a_reporter_who_is_not_to_be_answered_never_is(analyst, nobody_is_sampled):
    holder = make.receipt()
    close(make.report(CALM, people=(), holder=holder), by=analyst, tells_reporter=False)

    with clock.clock_set_to(clock.now() + timedelta(days=400)):
        assert told(holder) == ""


def test_an_immediate_report_waits_for_a_second_reader_who_is_another_person(analyst, colleague):
    holder = make.receipt()
    report = make.report(DANGER, holder=holder)

    closing = close(report, by=analyst)

    assert closing.state is ClosingState.TO_READ
    assert ReadTwice.IMMEDIATE in closing.read_twice
    with pytest.raises(SamePersonError):
        confirm_closing(report.reference, by=analyst)
    with clock.clock_set_to(clock.now() + timedelta(days=30)):
        assert told(holder) == ""
    assert (read_closings(by=analyst).to_read, read_closings(by=analyst).for_me) == (1, 0)
    assert read_closings(state="for-me", by=colleague).for_me == 1

    confirmed = confirm_closing(report.reference, by=colleague)

    assert confirmed.state is ClosingState.FINAL
    assert len(lines(Event.CLOSING_CONFIRMED)) == 1
    with clock.clock_set_to(clock.now() + ANSWER_WAITS + timedelta(minutes=1)):
        assert told(holder) == ClosingAnswer.TOO_LITTLE
    with pytest.raises(NotStandingError):
        confirm_closing(report.reference, by=colleague)


def test_the_database_refuses_a_second_reader_who_closed_it(analyst):
    closing = close(make.report(DANGER), by=analyst)

    with (
        pytest.raises(IntegrityError, match="a_closing_is_read_by_another_person"),
        acting_as(analyst.context),
        transaction.atomic(),
    ):
        Closing.objects.filter(pk=closing.pk).update(read_by=analyst)


def test_a_closed_report_is_opened_again_with_its_first_clock_and_lane(
    analyst, colleague, nobody_is_sampled
):
    holder = make.receipt()
    report = make.report(CALM, people=(), holder=holder)
    before = read_queue(by=analyst).rows[0]
    close(report, by=analyst)

    reopened = reopen_report(report.reference, note="It names a pier.", by=colleague)
    walk(report.pk, was_returned=True)

    assert reopened.state is ClosingState.REOPENED
    (row,) = read_queue(by=analyst).rows
    assert (row.item.band, row.item.review_by) == (before.item.band, before.item.review_by)
    with clock.clock_set_to(clock.now() + timedelta(days=30)):
        assert told(holder) == ""
    with pytest.raises(NotStandingError):
        reopen_report(report.reference, note="Again.", by=colleague)
    assert close(report, by=colleague).state is ClosingState.FINAL


def test_what_its_reporter_adds_brings_a_closed_report_back(analyst, nobody_is_sampled):
    holder = make.receipt()
    report = make.report(CALM, people=(), holder=holder)
    close(report, by=analyst)
    opened, reader = open_by_receipt(by=holder)

    send_message(opened.report, "He wrote again.", receipt_key=reader.key, by=reader)
    place(report.pk, because=RETURNED)

    assert waiting(analyst) == [report.reference]
    (row,) = read_closings(by=analyst).rows
    assert (row.closing.state, row.closing.reopened_by) == (ClosingState.REOPENED, None)


def test_a_job_that_is_tried_again_puts_a_closed_report_in_no_queue(analyst, nobody_is_sampled):
    report = make.report(CALM, people=())
    close(report, by=analyst)

    place(report.pk)
    walk(report.pk)

    assert waiting(analyst) == []
    with clock.clock_set_to(clock.now() + timedelta(minutes=5)):
        assert reports_without_a_place(actor=analyst) == []


def test_a_duplicate_names_a_report_that_stands_for_itself(analyst, nobody_is_sampled):
    first, second, third = (make.report(CALM, people=()) for _ in range(3))
    duplicate = {"reason": ClosingReason.DUPLICATE, "by": analyst}

    for wrong in (second.reference, "R-0000-0000", ""):
        with pytest.raises(DuplicateOfNothingError):
            close(second, duplicate_of=wrong, **duplicate)
    closing = close(second, duplicate_of=first.reference, **duplicate)

    assert closing.duplicate_of == first
    with pytest.raises(DuplicateOfNothingError):
        close(third, duplicate_of=second.reference, **duplicate)
    assert waiting(analyst) == [first.reference, third.reference]


def test_what_a_colleague_has_in_hand_is_not_closed_under_them(analyst, colleague):
    report = make.report(CALM, people=())
    claim_report(report.reference, by=colleague)

    with pytest.raises(AlreadyClaimedError):
        close(report, by=analyst)
    assert waiting(analyst) == [report.reference]


def test_a_closed_report_is_sent_to_nobody_before_it_is_open_again(
    harbor, analyst, nobody_is_sampled
):
    report = make.report(CALM, people=())
    close(report, by=analyst)

    with pytest.raises(ClosedReportError):
        refer_report(report, to=harbor, reason="Theirs.", by=analyst)
    with pytest.raises(NotStandingError):
        close(report, by=analyst)
    reopen_report(report.reference, note="It is theirs.", by=analyst)
    refer_report(report, to=harbor, reason="Theirs.", by=analyst)
    assert waiting(analyst) == []


def test_what_one_may_not_see_is_neither_closed_nor_listed(analyst, nobody_is_sampled):
    both = (Compartment.GENERAL, Compartment.OWN_STAFF_NAMED)
    holder = make.analyst(compartments=both)
    hidden = make.report(CALM, people=(), compartment=Compartment.OWN_STAFF_NAMED)

    with pytest.raises(Report.DoesNotExist):
        close(hidden, by=analyst)
    close(hidden, by=holder)

    assert read_closings(by=analyst).rows == ()
    assert len(read_closings(by=holder).rows) == 1
    with acting_as(analyst.context):
        assert not Closure.objects.exists()


def test_pages_of_closed_reports_follow_each_other(analyst, nobody_is_sampled, monkeypatch):
    monkeypatch.setattr("havre.triage.closing.reads.ROWS", 2)
    assert ROWS > 2
    made = [make.report(CALM, people=()) for _ in range(3)]
    for report in made:
        close(report, by=analyst)

    first = read_closings(by=analyst)
    then = read_closings(after=first.next, by=analyst)

    shown = [row.closing.report for row in (*first.rows, *then.rows)]
    assert shown == made[::-1]
    assert (first.chosen, then.next) == (3, "")
    assert len(read_closings(after="nowhere", reason="insufficient", by=analyst).rows) == 2


@pytest.mark.parametrize(
    ("part", "listed", "said"),
    [
        ("en/reports", "/en/closed", ["Close it without referral", "To be read once more"]),
        ("fr/signalements", "/fr/fermes", ["Le fermer sans transmission", "À relire"]),
    ],
)
def test_the_desk_closes_confirms_and_reopens_by_its_pages(analyst, colleague, part, listed, said):
    report = make.report(DANGER)
    page = f"/{part}/{report.reference}"
    french = part.startswith("fr")
    mine, theirs = make.browser(analyst), make.browser(colleague)

    opened = mine.get(page)
    assert_sound(opened.content)
    assert said[0] in opened.content.decode()
    wrong = mine.post(f"{page}/{'fermer' if french else 'close'}", {"reason": "duplicate"})
    assert wrong.status_code == 422
    assert_sound(wrong.content)
    typed = {"reason": "insufficient", "note": NOTE, "tells_reporter": "on"}
    closed = mine.post(f"{page}/{'fermer' if french else 'close'}", typed, follow=True)
    assert report.reference in closed.content.decode()
    rows = theirs.get(listed)
    assert_sound(rows.content)
    assert said[1] in rows.content.decode()
    to_read = theirs.get(page)
    assert_sound(to_read.content)
    assert NOTE in to_read.content.decode()
    confirmed = theirs.post(f"{page}/{'confirmer' if french else 'confirm-closing'}", follow=True)
    assert_sound(confirmed.content)
    again = mine.post(
        f"{page}/{'rouvrir' if french else 'reopen'}", {"note": "It names a pier."}, follow=True
    )
    assert_sound(again.content)
    assert "It names a pier." in again.content.decode()
    assert waiting(analyst) == [report.reference]


def test_what_somebody_did_first_is_said_and_nothing_changes(analyst, colleague):
    report = make.report(DANGER)
    browser, page = make.browser(analyst), f"/en/reports/{report.reference}"
    typed = {"reason": "insufficient", "note": NOTE}
    claim_report(report.reference, by=colleague)

    held = browser.post(f"{page}/close", typed, follow=True).content.decode()
    nothing = browser.post(f"{page}/reopen", {"note": "Why."}, follow=True).content.decode()
    empty = browser.post(f"{page}/reopen", {"note": ""})
    unread = browser.post(f"{page}/confirm-closing", follow=True).content.decode()
    release_report(report.reference, by=colleague)
    odd = browser.post(f"{page}/close", typed | {"reason": "duplicate", "duplicate_of": "R-1"})
    close(report, by=colleague)
    late = browser.post(f"{page}/close", typed, follow=True).content.decode()
    own = make.browser(colleague).post(f"{page}/confirm-closing", follow=True).content.decode()

    assert "A colleague has" in held
    assert "It is not closed." in nothing
    assert empty.status_code == odd.status_code == 422
    assert "no second reader" in unread
    assert "It no longer waits." in late
    assert "Somebody else reads what you closed." in own


@pytest.mark.parametrize(
    ("language", "address", "said"),
    [
        ("en", "/en/come-back", "We could not act on what we have."),
        ("fr", "/fr/revenir", "Nous n’avons pas pu agir avec ce que nous avons."),  # noqa: RUF001
    ],
)
def test_the_reporter_s_page_shows_the_answer_and_nothing_of_why(
    analyst, nobody_is_sampled, language, address, said
):
    secret = secrets.token_bytes(10)
    report = make.report(CALM, people=(), holder=holder_of(secret))
    words = {"words": " ".join(words_of(secret, language=language))}
    close(report, by=analyst)

    before = Client().post(address, words)
    with clock.clock_set_to(clock.now() + ANSWER_WAITS + timedelta(minutes=1)):
        after = Client().post(address, words)

    assert said not in before.content.decode()
    assert said in after.content.decode()
    assert NOTE not in after.content.decode()
    assert_sound(after.content)


def test_an_auditor_and_an_agency_find_no_closed_reports(harbor):
    office = make.agency("oversight-office", kind="oversight")
    for officer in (make.officer(harbor), make.officer(office, Role.AUDITOR)):
        assert make.browser(officer).get("/en/closed").status_code == 404


def test_whoever_closes_reads_word_for_word_what_the_reporter_will_read(analyst):
    report = make.report(CALM, people=())
    own = files("havre.intake").joinpath("templates/intake/my_report.html").read_text()
    page = assert_sound(make.browser(analyst).get(f"/en/reports/{report.reference}").content)
    shown = page.text_content()

    assert len(answers_read()) == len(ClosingReason)
    for _, english, french in answers_read():
        assert english in own
        assert english in shown
        assert french in shown
        assert english != french
