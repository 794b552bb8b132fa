"""What only a translation shows of a report, or of what its reporter told later, is not lost."""

from types import SimpleNamespace

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.intake.later.rules import KeptBecause
from havre.plumbing.context import acting_as
from havre.referrals.actions import return_report
from havre.referrals.later.actions import keep_words_back, pass_words_on
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.interpreting.actions import let_interpreter_go, write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.overrides.actions import confirm_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.paging.models import Page
from havre.triage.rules.words import Band
from havre.wiring.jobs import tell_who_has_it, the_rest
from havre.wiring.route import walk
from tests import make
from tests.splitting import analyst, harbor, receipt
from tests.told import (
    TONIGHT,
    again,
    asked,
    news_of,
    place,
    referral,
    report,
    tell,
    words_of,
    work,
)

__all__ = ["analyst", "harbor", "receipt", "referral", "report"]  # fixtures
KNIFE = "He has a knife and waits outside."
FOREIGN = "Він хоче зустрітися зі мною сьогодні ввечері."


def pass_on(report, *, by) -> None:
    pass_words_on(report.reference, messages=words_of(report, by=by), by=by)


def keep_back(report, *, by, messages=None) -> None:
    chosen, why = messages or words_of(report, by=by), KeptBecause.NOTHING_NEW
    keep_words_back(report.reference, messages=chosen, because=why, by=by)


def translated(report, text: str, *, by, of: str = "uk", into: str = "en") -> None:
    """What the desk writes down of the whole page, and what follows by itself."""
    told, before = Translated(text=text, who="No. 214"), asked(report)
    write_translation(report.reference, told=told, from_language=of, to_language=into, by=by)
    the_rest(SimpleNamespace(job=SimpleNamespace(attempts=0)), report=str(report.pk))
    tell_who_has_it(report=str(report.pk))
    work(report, asked_before=before)


def pages_of(report) -> int:
    with acting_as(Station.PIPELINE.context):
        return Page.objects.filter(report=report).count()


def times_returned(report) -> int:
    """How often it was asked that a report be put before the desk again."""
    asked_so = "task_name = 'route' AND args ->> 'because' = 'returned'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM procrastinate_jobs WHERE {asked_so} AND args ->> 'report' = %s",
            [str(report.pk)],
        )
        return int(cursor.fetchone()[0])


def test_what_was_kept_back_before_it_was_translated_waits_again_and_calls(
    report, referral, analyst, receipt
):
    tell(report, receipt, FOREIGN)
    keep_back(report, by=analyst)
    assert place(report) is None
    translated(report, KNIFE, by=analyst)
    assert (place(report).band, place(report).rule, pages_of(report)) == ("A", "weapon", 1)
    assert news_of(referral)[-1] == "words.came"
    keep_back(report, by=analyst)
    walk(report.pk)
    assert place(report) is None, "read and kept back, it stays so"


def test_of_what_was_read_translated_and_kept_back_another_translation_warns_nobody(
    report, referral, analyst, receipt
):
    tell(report, receipt, FOREIGN)
    translated(report, KNIFE, by=analyst)
    keep_back(report, by=analyst)
    before = news_of(referral)
    assert before[-1] == "words.came"
    translated(report, "Thank you.", by=analyst)
    assert place(report) is not None
    assert news_of(referral) == before


@pytest.mark.parametrize("text", ["Thank you.", KNIFE])
def test_of_what_was_read_and_kept_back_no_translation_of_the_page_warns_anybody(
    report, referral, analyst, receipt, text
):
    tell(report, receipt, KNIFE)
    keep_back(report, by=analyst)
    before = news_of(referral)
    translated(report, text, by=analyst)
    assert place(report).band == "A", "the desk reads once more"
    assert news_of(referral) == before


def test_what_was_kept_back_opens_a_closed_report_again_once_it_is_translated(
    report, referral, analyst, receipt, harbor
):
    tell(report, receipt, FOREIGN)
    keep_back(report, by=analyst)
    return_report(referral.reference, note="Not ours.", by=make.officer(harbor))
    walk(report.pk, was_returned=True)
    close_report(report.reference, reason=ClosingReason.NO_OFFENCE, note="-", by=analyst)
    let_interpreter_go(report.reference, by=analyst)
    before = times_returned(report)
    translated(report, KNIFE, by=analyst)
    assert times_returned(report) == before + 1


def test_what_was_closed_while_an_interpreter_was_asked_waits_again_once_it_is_translated(
    analyst, harbor
):
    report, why = make.report(FOREIGN), {"reason": ClosingReason.NO_OFFENCE, "note": "-"}
    close_report(report.reference, **why, by=analyst)
    assert times_returned(report) == 0
    translated(report, KNIFE, by=analyst)
    assert times_returned(report) == 1
    walk(report.pk, was_returned=True)
    assert (place(report).band, pages_of(report)) == ("A", 1)
    close_report(report.reference, **why, by=analyst)
    translated(report, KNIFE, by=analyst)
    assert times_returned(report) == 1, "nobody was asked since"


def test_what_was_passed_on_before_it_was_translated_raises_its_referral(
    report, referral, analyst, receipt
):
    tell(report, receipt, FOREIGN)
    pass_on(report, by=analyst)
    before = again(referral)
    assert before.band == "B"
    translated(report, KNIFE, by=analyst)
    now = again(referral)
    assert (now.band, now.rule) == ("A", "weapon")
    assert now.answer_by < before.answer_by
    assert news_of(referral)[-1] == "referral.added-to"


def test_what_is_translated_of_a_report_that_went_out_raises_its_referral(analyst, harbor):
    report = make.report(FOREIGN)
    one = make.referral(report, to=harbor, by=analyst)
    assert again(one).band == "B"
    translated(report, KNIFE, by=analyst)
    assert (again(one).band, again(one).rule) == ("A", "weapon")


def test_a_translation_of_what_was_kept_back_raises_no_referral(report, referral, analyst, receipt):
    before = (again(referral).band, again(referral).rule, again(referral).title)
    tell(report, receipt, FOREIGN)
    keep_back(report, by=analyst)
    translated(report, KNIFE, by=analyst)
    assert (again(referral).band, again(referral).rule, again(referral).title) == before


def lowered(report, *, by) -> None:
    why = OverrideReason.CONTEXT
    set_lane(report.reference, to=Band.C, reason=why, note="-", by=by)
    confirm_lane(report.reference, by=make.analyst())


@pytest.mark.parametrize(("text", "lane"), [(TONIGHT, "A"), ("Thank you.", "C")])
def test_what_a_translation_shows_to_be_immediate_by_itself_is_not_kept_low(
    analyst, receipt, text, lane
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, by=analyst)
    tell(report, receipt, FOREIGN)
    assert place(report).band == "C"
    translated(report, text, by=analyst)
    assert place(report).band == lane


@pytest.mark.parametrize(("text", "warns"), [(TONIGHT, True), ("Thank you.", False)])
def test_what_a_translation_shows_to_be_immediate_by_itself_warns_who_has_the_report(
    analyst, receipt, harbor, text, warns
):
    report = make.report(TONIGHT, holder=receipt)
    one = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, FOREIGN)
    translated(report, text, by=analyst)
    assert ("words.came" in news_of(one)) is warns


@pytest.mark.parametrize(("text", "lane"), [(KNIFE, "A"), ("Thank you.", "C")])
def test_a_danger_in_the_report_itself_that_is_translated_only_then_is_not_kept_low(
    analyst, receipt, text, lane
):
    report = make.report(FOREIGN, holder=receipt, danger_now=True)
    lowered(report, by=analyst)
    translated(report, text, by=analyst)
    assert place(report).band == lane


@pytest.mark.parametrize(("of", "lane"), [("en", "C"), ("uk", "A")])
def test_put_into_our_other_language_what_was_lowered_is_no_news(analyst, receipt, of, lane):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, by=analyst)
    translated(report, "Il veut me rencontrer ce soir.", of=of, into="fr", by=analyst)
    assert place(report).band == lane


SIGNS = [(KNIFE, "A"), ("He sends me money.", "A"), ("Thank you.", "C")]


@pytest.mark.parametrize(("text", "lane"), SIGNS)
def test_a_danger_in_a_word_that_was_given_and_is_translated_only_then_is_not_kept_low(
    analyst, receipt, harbor, text, lane
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, by=analyst)
    one = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, FOREIGN)
    pass_on(report, by=analyst)
    assert again(one).band == "C"
    return_report(one.reference, note="Not ours.", by=make.officer(harbor))
    walk(report.pk, was_returned=True)
    translated(report, text, by=analyst)
    assert place(report).band == lane


def test_lowered_and_given_before_it_was_translated_a_word_raises_its_referral(
    analyst, receipt, harbor
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, by=analyst)
    one = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, FOREIGN)
    pass_on(report, by=analyst)
    assert again(one).band == "C"
    translated(report, KNIFE, by=analyst)
    assert again(one).band == "A"


def test_a_new_word_that_is_translated_warns_beside_what_was_read_and_kept_back(
    report, referral, analyst, receipt
):
    tell(report, receipt, KNIFE)
    keep_back(report, by=analyst)
    tell(report, receipt, FOREIGN)
    before = news_of(referral)
    translated(report, KNIFE, by=analyst)
    assert news_of(referral) == [*before, "words.came"]


def test_kept_back_unread_a_word_warns_of_what_the_report_tells_too(analyst, receipt, harbor):
    report = make.report(TONIGHT, holder=receipt)
    one = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, FOREIGN)
    keep_back(report, by=analyst)
    translated(report, TONIGHT, by=analyst)
    assert news_of(one)[-1] == "words.came"
