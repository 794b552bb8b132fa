"""The summary of a shift: what came, went and waits, who was called, and a sealed word."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import return_report
from havre.referrals.sending.actions import undo_referral
from havre.referrals.shifts.actions import hand_shift_over, read_shift
from havre.referrals.shifts.rules import BEGUN, USUAL, span_of
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.duty.rules.shifts import Span
from havre.triage.paging.actions import acknowledge_page
from tests import make
from tests.on_duty import CALM, DANGER, MINUTE, NOW, built, house, pages, told
from tests.pages import assert_sound

__all__ = ["built", "house"]

HOUR = timedelta(hours=1)


def numbers(opened) -> tuple[int, int, int, int]:
    page = opened.page
    return page.came, page.sent, page.closed, page.came_back


def test_it_counts_what_came_and_went_in_the_shift_and_what_waits_now(house):
    harbor = make.agency("harbor-police", regions=("MB",))
    detective = make.officer(harbor)
    told(CALM, at=NOW - 40 * HOUR)
    sent, back, undone, shut = (told(CALM) for _ in range(4))
    told(DANGER)
    with clock_set_to(NOW):
        make.referral(sent, to=harbor, by=house.first)
        returned = make.referral(back, to=harbor, by=house.first)
        taken_back = make.referral(undone, to=harbor, by=house.first)
        undo_referral(taken_back.reference, by=house.first)
        return_report(returned.reference, note="Not our harbor.", by=detective)
        close_report(shut.reference, reason=ClosingReason.NO_OFFENCE, note="Boats.", by=house.first)
        opened = read_shift(by=house.second)
        none = read_shift(hours=8, by=house.second)

    assert numbers(opened) == numbers(none) == (5, 2, 1, 1)
    immediate = opened.page.lanes[0]
    assert (immediate.band, immediate.waits, immediate.oldest, immediate.sent) == ("A", 1, NOW, 0)
    assert sum(lane.sent for lane in opened.page.lanes) == 2
    oldest = [lane.oldest for lane in opened.page.lanes if lane.oldest]
    assert min(oldest) == NOW - 40 * HOUR, "what waits since before the shift is in it"


def test_it_says_who_was_called_and_who_took_it(house):
    report = told()
    house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        acknowledge_page(pages()[0].pk, by=house.first)
        (page,) = read_shift(by=house.second).page.pages
    assert (page.reference, page.acknowledged_by) == (report.reference, house.first)


def test_a_word_is_sealed_and_opened_for_the_desk_alone(house):
    word = "A quiet night, but for the ferry."
    with clock_set_to(NOW):
        hand_shift_over(word, by=house.first)
        ((note, text),) = read_shift(by=house.second).notes
        elsewhere = make.analyst(compartments=(Compartment.TRAFFICKING,))
        ((_note, sealed),) = read_shift(by=elsewhere).notes
        theirs = hand_shift_over("For us alone.", by=elsewhere)
        texts = [
            [text for _row, text in read_shift(by=one).notes] for one in (house.first, elsewhere)
        ]
    assert texts == [[None, word], ["For us alone.", None]]
    assert (note.by, text, sealed, theirs.by) == (house.first, word, None, elsewhere)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("SELECT encode(body, 'escape') FROM shifts_handover")
        assert "ferry" not in str(cursor.fetchall())
        lines = list(Entry.objects.filter(event__startswith="shift.").order_by("id"))
    assert "ferry" not in str([line.details for line in lines])
    assert [line.event for line in lines].count(Event.SHIFT_HANDED_OVER) == 2


def test_an_analyst_sees_nothing_of_a_compartment_they_do_not_hold(house):
    told(CALM)
    told(compartment=Compartment.TRAFFICKING)
    with clock_set_to(NOW):
        opened = read_shift(by=house.first)
    assert (opened.page.came, opened.page.pages) == (1, ())
    assert sum(lane.waits for lane in opened.page.lanes) == 1


def test_the_last_shift_is_the_one_that_has_not_only_just_begun():
    night, day = Span(NOW - 12 * HOUR, NOW), Span(NOW, NOW + 12 * HOUR)
    for later, expected in (
        (BEGUN - MINUTE, night),
        (BEGUN, Span(NOW, NOW + BEGUN)),
        (20 * HOUR, day),
    ):
        assert span_of([night, day], now=NOW + later) == expected
    assert span_of([], now=NOW) == Span(NOW - USUAL, NOW)
    assert span_of([night], now=NOW, hours=8) == Span(NOW - 8 * HOUR, NOW)


@pytest.mark.parametrize(
    ("at", "title"), [("/en/shift", "From shift to shift"), ("/fr/quart", "De quart en quart")]
)
def test_an_analyst_reads_it_and_leaves_a_word(house, at, title):
    told()
    browser = make.browser(house.first)
    assert browser.post(at, {"text": " "}).status_code == 422
    page = browser.post(at, {"text": "Look at <b>R-0000-0000</b> first."}, follow=True).content
    said = assert_sound(page).text_content()
    assert title in said
    assert "Look at <b>R-0000-0000</b> first." in said
    assert_sound(browser.get(at, {"hours": "24"}).content)
    assert make.browser(house.coordinator).get(at).status_code == 404
