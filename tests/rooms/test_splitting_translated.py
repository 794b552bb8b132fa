"""What only a translation shows of a split report is lost to no incident, and read by nobody."""

from types import SimpleNamespace

import pytest

from havre.audit.rules import Station
from havre.intake.models import Closure
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.rules.sending import WholeBecause
from havre.referrals.splitting.actions import read_split
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.interpreting.actions import (
    ask_interpreter,
    let_interpreter_go,
    write_translation,
)
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sheets.actions import claim_sheet, finish_sheet, read_sheets
from havre.triage.interpreting.sheets.rules import Writing
from havre.triage.paging.models import Page
from havre.wiring.jobs import tell_who_has_it, the_rest
from tests import make
from tests.splitting import (
    KNIFE,
    analyst,
    calm,
    harbor,
    passages,
    put,
    receipt,
    send,
    tell,
    to_place,
    valley,
)
from tests.told import again, asked, news_of, place, work

__all__ = ["analyst", "calm", "harbor", "receipt", "valley"]  # fixtures
FOREIGN = "Він хоче зустрітися зі мною сьогодні ввечері."


@pytest.fixture
def report(calm):
    return calm


def goes_on(report, before: int) -> None:
    """What follows by itself once something was translated."""
    the_rest(SimpleNamespace(job=SimpleNamespace(attempts=0)), report=str(report.pk))
    tell_who_has_it(report=str(report.pk))
    work(report, asked_before=before)


def translated(report, text: str = KNIFE, *, into: str = "en", by, of: str = "uk") -> None:
    told, before = Translated(text=text, who="No. 214"), asked(report)
    write_translation(report.reference, told=told, from_language=of, to_language=into, by=by)
    goes_on(report, before)


def pages_of(report) -> int:
    with acting_as(Station.PIPELINE.context):
        return Page.objects.filter(report=report).count()


def closures_of(report) -> int:
    with acting_as(Station.PIPELINE.context):
        return Closure.objects.filter(report=report).count()


def put_all(report, *numbers, by) -> None:
    put(report, {name: {*numbers} for name in passages(report, by=by).values()}, by=by)


def test_an_incident_is_sent_no_lower_than_what_was_translated_of_the_report_asks_for(
    report, analyst, receipt, harbor
):
    tell(report, receipt, FOREIGN)
    translated(report, by=analyst)
    put_all(report, 2, by=analyst)
    assert place(report).band == "A"
    one = again(send(report, 2, harbor, by=analyst))
    assert one.band == "A"
    assert "weapon" not in repr((one.rule, one.title)), "which incident it is of, nobody can say"


def test_the_referral_of_an_incident_rises_with_what_is_translated_since(
    report, analyst, receipt, harbor, valley
):
    ours, theirs = send(report, 2, harbor, by=analyst), send(report, 3, valley, by=analyst)
    tell(report, receipt, FOREIGN)
    put_all(report, 2, by=analyst)
    assert place(report) is None
    before = again(ours)
    assert before.band > "A"
    translated(report, by=analyst)
    risen, other = again(ours), again(theirs)
    assert other.band > "A", "the word was put to one incident alone"
    assert len(news_of(theirs)) == 1
    assert (risen.band, risen.rule, risen.title) == ("A", before.rule, before.title)
    assert risen.answer_by < before.answer_by
    assert news_of(ours)[-1] == "referral.added-to"
    opened = open_referral(ours.reference, by=make.officer(harbor))
    assert KNIFE not in repr(opened)
    told = len(news_of(ours))
    translated(report, by=analyst)
    assert len(news_of(ours)) == told, "it stands there already"


@pytest.mark.parametrize("of", ["en", "uk"])
def test_of_the_report_itself_it_may_be_of_any_incident_but_from_our_own_languages_of_none(
    report, analyst, harbor, of
):
    ours = send(report, 2, harbor, by=analyst)
    assert again(ours).band > "A"
    translated(report, of=of, into="fr", by=analyst)
    assert (again(ours).band == "A") is (of == "uk")


def test_what_was_put_to_no_incident_before_it_was_translated_waits_again_and_calls(
    report, analyst, receipt, harbor, valley
):
    send(report, 2, harbor, by=analyst)
    send(report, 3, valley, by=analyst)
    tell(report, receipt, FOREIGN)
    put_all(report, by=analyst)
    assert (place(report), pages_of(report)) == (None, 0)
    translated(report, by=analyst)
    assert (place(report).band, to_place(report), pages_of(report)) == ("A", 1, 1)
    put_all(report, by=analyst)
    assert place(report) is None
    goes_on(report, asked(report))
    assert place(report) is None, "read and put to none, it stays so"


def test_an_incident_that_was_closed_before_it_was_translated_waits_again_where_it_rises(
    report, analyst, receipt, harbor
):
    send(report, 2, harbor, by=analyst)
    tell(report, receipt, FOREIGN)
    put_all(report, 3, by=analyst)
    why = {"reason": ClosingReason.INSUFFICIENT, "note": "-", "incident": 3, "by": analyst}
    close_report(report.reference, **why)
    assert (place(report), pages_of(report)) == (None, 0)
    translated(report, by=analyst)
    assert (place(report).band, place(report).open_incidents, pages_of(report)) == ("A", 1, 1)
    close_report(report.reference, **why)
    translated(report, by=analyst)
    assert place(report) is None, "closed as what it is, it stays so"


def test_with_it_the_whole_report_is_closed_no_more(report, analyst, receipt):
    tell(report, receipt, FOREIGN)
    put_all(report, 3, by=analyst)
    let_interpreter_go(report.reference, by=analyst)
    for number in (2, 3):
        why = {"reason": ClosingReason.INSUFFICIENT, "note": "-", "incident": number}
        close_report(report.reference, **why, by=analyst)
    assert (place(report), closures_of(report)) == (None, 1)
    translated(report, by=analyst)
    assert (place(report).band, place(report).open_incidents) == ("A", 1)
    assert closures_of(report) == 0


def test_the_whole_story_stands_by_no_passage_that_was_put_to_none(
    report, analyst, receipt, harbor
):
    reader = make.interpreter("uk")
    ask_interpreter(report.reference, language="uk", by=analyst)
    (sheet,) = read_sheets(by=reader).offered
    claim_sheet(sheet.pk, by=reader)
    whole = send(report, 2, harbor, by=analyst, whole=WholeBecause.ONE_STORY)
    tell(report, receipt, f"Quay wrote again. {KNIFE}")
    put(report, {passages(report, by=analyst)["Quay"]: {2}}, by=analyst)
    before = again(whole)
    finish_sheet(sheet.pk, writing=Writing(english="Quay wrote to me of boats."), by=reader)
    goes_on(report, asked(report))
    after = again(whole)
    assert news_of(whole)[-1] == "referral.added-to"
    assert (after.band, after.rule) == (before.band, before.rule)
    assert "weapon" not in after.title


@pytest.mark.parametrize("is_read", [True, False])
def test_a_word_that_was_cut_counts_by_what_nobody_had_read_when_it_was(
    report, analyst, receipt, harbor, is_read
):
    tell(report, receipt, f"{FOREIGN} {FOREIGN}")
    first, _second = read_split(report.reference, by=analyst).later
    if is_read:
        translated(report, by=analyst)
    put(report, {first.name: {2}}, by=analyst)
    one = send(report, 2, harbor, by=analyst)
    if not is_read:
        translated(report, by=analyst)
    assert (again(one).band == "A") is not is_read
