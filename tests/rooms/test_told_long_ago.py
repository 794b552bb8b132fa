"""Words of long ago: what nothing had looked at calls and warns nobody, and all else does."""

from datetime import timedelta
from itertools import product

import pytest

from havre.audit.rules import Station
from havre.intake.later.reads import OLD
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.later.actions import pass_words_on, take_words_back, warn_of_words
from havre.referrals.sending.actions import send_report, supplement_referral
from havre.triage.actions import claim_report
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.overrides.actions import end_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.paging.models import Page
from havre.triage.rules.words import Band
from havre.wiring import route
from havre.wiring.route import walk
from tests import make
from tests.splitting import analyst, harbor, receipt
from tests.told import (
    CALM,
    TONIGHT,
    asked,
    news_of,
    place,
    referral,
    report,
    say,
    tell,
    words_of,
    work,
)

__all__ = ["analyst", "harbor", "receipt", "referral", "report"]  # fixtures
LONG = OLD + timedelta(days=1)


def test_old_words_that_nothing_had_looked_at_call_and_warn_nobody_and_the_next_do(
    report, referral, analyst, receipt
):
    say(report, receipt)
    found = clock.now() + LONG
    with clock.clock_set_to(found):
        route.place(report.pk)
        walk(report.pk)
        assert place(report).band == "A"
        assert found < place(report).review_by <= found + timedelta(hours=8)
        assert warn_of_words(report.pk, by=Station.PIPELINE) == []
        assert pages_of(report) == 0
        walk(report.pk)
        assert pages_of(report) == 0
    with clock.clock_set_to(found + timedelta(days=1)):
        tell(report, receipt)
        assert pages_of(report) == 1
        assert len(warn_of_words(report.pk, by=Station.PIPELINE)) == 1


def test_what_rises_after_an_old_word_brought_it_to_the_desk_calls_somebody(
    report, referral, analyst, receipt
):
    say(report, receipt, "Thank you.")
    with clock.clock_set_to(clock.now() + LONG):
        route.place(report.pk)
        walk(report.pk)
        assert place(report).band > "A"
        lane = {"to": Band.A, "reason": OverrideReason.CONTEXT, "note": "-"}
        set_lane(report.reference, **lane, by=analyst)
        assert pages_of(report) == 1


def pages_of(report) -> int:
    with acting_as(Station.PIPELINE.context):
        return Page.objects.filter(report=report).count()


def sent_without(report, *, to, by):
    (sent,) = send_report(report, to=[to], reason="Their shore.", by=by)
    return sent


def added_without(report, *, to, by):
    has_it = make.referral(make.report(CALM), to=to, by=by)
    return supplement_referral(report, earlier=has_it.reference, reason="The same.", by=by)


def given_and_taken_back(report, *, to, by):
    words = words_of(report, by=by)
    (sent,) = send_report(report, to=[to], reason="Their shore.", words=words, by=by)
    take_words_back(report.reference, messages=words, by=by)
    return sent


@pytest.mark.parametrize(
    "case",
    list(product((sent_without, added_without, given_and_taken_back), (timedelta(0), LONG))),
)
def test_a_danger_that_was_looked_at_warns_when_it_begins_to_wait_however_long_ago(
    report, analyst, receipt, harbor, case
):
    begins, later = case
    tell(report, receipt)
    before = asked(report)
    with clock.clock_set_to(clock.now() + later):
        sent = begins(report, to=harbor, by=analyst)
        work(report, asked_before=before)
        assert news_of(sent).count("words.came") == 1
        assert place(report).band == "A"


def test_a_danger_of_long_ago_that_is_taken_back_calls_whoever_is_on_duty(
    report, referral, analyst, receipt
):
    tell(report, receipt)
    words = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=words, by=analyst)
    before = pages_of(report)
    with clock.clock_set_to(clock.now() + LONG):
        take_words_back(report.reference, messages=words, by=analyst)
        assert pages_of(report) == before + 1
        assert place(report).review_by > clock.now(), "its clock begins with the act"


def test_a_danger_that_a_translation_shows_only_long_after_warns(
    report, referral, analyst, receipt
):
    tell(report, receipt, "Він хоче зустрітися зі мною сьогодні ввечері.")
    assert warn_of_words(report.pk, by=Station.PIPELINE) == []
    with clock.clock_set_to(clock.now() + LONG):
        told = Translated(text="He wants to meet me tonight.", who="No. 214")
        languages = {"from_language": "uk", "to_language": "en"}
        write_translation(report.reference, told=told, **languages, by=analyst)
        assert warn_of_words(report.pk, by=Station.PIPELINE) == [referral]


def test_what_was_scored_only_after_it_was_found_late_warns_nobody(
    report, referral, analyst, receipt
):
    say(report, receipt)
    with clock.clock_set_to(clock.now() + LONG):
        route.place(report.pk)
        walk(report.pk)
    with clock.clock_set_to(clock.now() + LONG + timedelta(days=1)):
        walk(report.pk)
        assert warn_of_words(report.pk, by=Station.PIPELINE) == []


@pytest.mark.parametrize("to", [Band.A, Band.D])
def test_in_a_lane_that_a_person_set_a_word_has_a_clock_of_its_own(report, analyst, receipt, to):
    why = {"reason": OverrideReason.CONTEXT, "note": "-", "by": analyst}
    set_lane(report.reference, to=to, **why)
    make.referral(report, to=make.agency("lake-police"), by=analyst)
    later = clock.now() + timedelta(days=3)
    with clock.clock_set_to(later):
        tell(report, receipt, "Thank you.")
        assert later < place(report).review_by <= later + timedelta(hours=8)
        end_lane(report.reference, by=analyst)
        assert later < place(report).review_by <= later + timedelta(hours=8)
        set_lane(report.reference, to=to, **why)
    assert later < place(report).review_by <= later + timedelta(hours=8)


@pytest.mark.parametrize("days", [3, 8])
def test_a_word_that_is_taken_back_is_not_late_at_once(report, referral, analyst, receipt, days):
    tell(report, receipt, "Thank you.")
    words = {"messages": words_of(report, by=analyst), "by": analyst}
    pass_words_on(report.reference, **words)
    later = clock.now() + timedelta(days=days)
    with clock.clock_set_to(later):
        take_words_back(report.reference, **words)
    assert later < place(report).review_by <= later + timedelta(hours=8)


def test_a_new_danger_calls_anew_where_a_report_stands_among_the_immediate_ones(
    analyst, receipt, harbor
):
    report = make.report(TONIGHT, holder=receipt)
    claim_report(report.reference, by=analyst)
    tell(report, receipt, "Thank you.")
    sent_without(report, to=harbor, by=analyst)
    assert (place(report).band, pages_of(report)) == ("A", 1)
    with clock.clock_set_to(clock.now() + timedelta(hours=20)):
        tell(report, receipt, "Thank you again.")
        assert pages_of(report) == 1
        tell(report, receipt, "He has a knife and waits outside.")
        assert pages_of(report) == 2
        # Whoever is being called already is not called once more.
        tell(report, receipt, "He wants to meet me tonight.")
        assert pages_of(report) == 2
