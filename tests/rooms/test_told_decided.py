"""What is decided of later words, and by whom it was undone meanwhile: no report is lost by it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.intake.actions import open_report
from havre.intake.later.rules import KeptBecause, NoWordsError, SeenAlreadyError
from havre.intake.models import Report
from havre.intake.rules.submission import Happening
from havre.intake.splits.rules import Draft
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_referral,
    record_outcome,
    return_report,
    unmask_for_addressee,
)
from havre.referrals.later.actions import (
    keep_words_back,
    pass_words_on,
    take_words_back,
    warn_of_words,
)
from havre.referrals.rules.guards import ConflictOfInterestError
from havre.referrals.rules.outcomes import Disposition
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import (
    cancel_referral,
    note_conflict,
    undo_referral,
)
from havre.triage.alike.actions import Chosen, Said, close_alike
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason, WordsWaitError
from havre.triage.models import Override, QueueItem
from havre.triage.splitting.actions import read_split, split_report
from havre.wiring import route
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound
from tests.splitting import analyst, harbor, put, receipt
from tests.told import (
    CALM,
    GOES_ROUND,
    TONIGHT,
    again,
    news_of,
    place,
    referral,
    report,
    say,
    tell,
    words_of,
)

__all__ = ["analyst", "harbor", "receipt", "referral", "report"]  # fixtures
KNIFE = "He has a knife and waits outside."


def keep_back(report, words, *, by) -> None:
    keep_words_back(report.reference, messages=words, because=KeptBecause.NOTHING_NEW, by=by)


def can_be_taken_back(report, *, by) -> bool:
    page = make.browser(by).get(f"/en/reports/{report.reference}").content.decode()
    return reverse("take_words_back", kwargs={"reference": report.reference}) in page


@pytest.mark.parametrize("is_undone", [True, False])
def test_what_nobody_has_any_more_is_not_taken_from_the_queue_by_keeping_words_back(
    report, referral, analyst, receipt, is_undone
):
    tell(report, receipt)
    read, colleague = words_of(report, by=analyst), make.analyst()
    if is_undone:
        undo_referral(referral.reference, by=colleague)
    else:
        open_referral(referral.reference, by=make.officer(referral.to_agency))
        cancel_referral(referral.reference, because=Ending.MISTAKE, by=colleague)
    with pytest.raises(NoWordsError):
        keep_back(report, read, by=analyst)
    assert place(report).band == "A"


def test_what_waits_to_be_passed_on_is_not_closed_over(report, referral, analyst, receipt):
    tell(report, receipt, "Thank you.")
    with pytest.raises(WordsWaitError):
        close_report(report.reference, reason=ClosingReason.NO_OFFENCE, note="Seen.", by=analyst)
    desk, typed = make.browser(analyst), {"reason": "no-offence", "note": "Seen."}
    for language, said in (("en", "told more: pass that on"), ("fr", "transmettez-le ou gardez")):
        with override(language):
            door = reverse("close", kwargs={"reference": report.reference})
        assert said in desk.post(door, typed, follow=True).content.decode()
    assert place(report) is not None


def test_of_those_that_say_nearly_the_same_the_one_whose_reporter_told_more_stays(
    harbor, analyst, receipt
):
    first, second = (
        make.report(GOES_ROUND, people=(), holder=who) for who in (make.receipt(), receipt)
    )
    walk(first.pk)
    walk(second.pk)
    make.referral(second, to=harbor, by=analyst)
    tell(second, receipt, "Thank you.")
    chosen = Chosen(references=(first.reference, second.reference))
    said = Said(reason=ClosingReason.NO_OFFENCE, note="Seen.")
    decided = close_alike(first.reference, chosen=chosen, said=said, by=analyst)
    assert decided.closed == (first.reference,)
    assert decided.kept == (second.reference,)
    assert place(second) is not None


def test_what_was_read_is_not_taken_back_though_its_reader_sent_the_report_back(
    report, referral, analyst, receipt
):
    other = make.agency("valley-police", regions=("ON",))
    make.referral(report, to=other, by=analyst)
    tell(report, receipt)
    words = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=words, by=analyst)
    detective = make.officer(referral.to_agency)
    assert can_be_taken_back(report, by=analyst)
    open_referral(referral.reference, by=detective)
    return_report(referral.reference, note="Not our shore.", by=detective)
    assert not can_be_taken_back(report, by=analyst)
    with pytest.raises(SeenAlreadyError):
        take_words_back(report.reference, messages=words, by=analyst)


def test_whoever_saw_an_identifier_of_it_has_seen_it(report, referral, analyst, receipt):
    tell(report, receipt)
    words = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=words, by=analyst)
    detective = make.officer(referral.to_agency)
    with acting_as(detective.context):
        mention = Mention.objects.get(field__startswith="extra.")
    unmask_for_addressee(mention.pk, by=detective)
    with pytest.raises(SeenAlreadyError):
        take_words_back(report.reference, messages=words, by=analyst)


def test_of_a_danger_an_agency_is_warned_once_and_of_the_next_again(
    report, referral, analyst, receipt
):
    tell(report, receipt)
    assert len(warn_of_words(report.pk, by=Station.PIPELINE)) == 1
    tell(report, receipt, "Thank you.")
    assert warn_of_words(report.pk, by=Station.PIPELINE) == []
    assert news_of(referral).count("words.came") == 1
    tell(report, receipt, "He is at the door now, and he wants to meet me tonight.")
    assert len(warn_of_words(report.pk, by=Station.PIPELINE)) == 1


def meeting_on(day) -> str:
    return f"He wants to meet me on {day:%B} {day.day}, {day.year}."


@pytest.mark.parametrize("is_told_later", [False, True])
def test_of_a_meeting_that_comes_near_no_thanks_warns(harbor, analyst, receipt, is_told_later):
    then = clock.now() + timedelta(days=10)
    meeting = meeting_on(then)
    report = make.report(CALM if is_told_later else meeting, holder=receipt)
    make.referral(report, to=harbor, by=analyst)
    with clock.clock_set_to(then - timedelta(days=2)):
        if is_told_later:
            tell(report, receipt, meeting)
            assert len(warn_of_words(report.pk, by=Station.PIPELINE)) == 1
            pass_words_on(report.reference, messages=words_of(report, by=analyst), by=analyst)
        for _ in range(2):
            tell(report, receipt, "Thank you.")
            assert place(report).band == "A"
            assert warn_of_words(report.pk, by=Station.PIPELINE) == []
        tell(report, receipt, "He is at the door now, and he wants to meet me tonight.")
        assert len(warn_of_words(report.pk, by=Station.PIPELINE)) == 1


@pytest.mark.parametrize("days", [1, 10])
def test_a_new_danger_warns_where_a_meeting_was_near_at_first_or_is_now(
    harbor, analyst, receipt, days
):
    text = meeting_on(clock.now() + timedelta(days=days))
    referral = make.referral(make.report(text, holder=receipt), to=harbor, by=analyst)
    with clock.clock_set_to(clock.now() + timedelta(days=8)):
        tell(referral.report, receipt, "He sends me money.")
        assert warn_of_words(referral.report_id, by=Station.PIPELINE) == [referral]


@pytest.mark.parametrize("is_passed_on", [True, False])
def test_the_warning_stands_until_the_words_it_was_of_are_decided(
    report, referral, analyst, receipt, is_passed_on
):
    def decide(word) -> None:
        if is_passed_on:
            pass_words_on(report.reference, messages=[word], by=analyst)
        else:
            keep_back(report, [word], by=analyst)

    tell(report, receipt, "Thank you.")
    tell(report, receipt)
    warn_of_words(report.pk, by=Station.PIPELINE)
    tell(report, receipt, "Thank you again.")
    thanks, danger, _last = words_of(report, by=analyst)
    decide(thanks)
    assert again(referral).warned_at, "what may be a danger waits still"
    decide(danger)
    assert again(referral).warned_at is None


def test_the_log_says_of_each_act_on_which_words_it_was_and_never_what_they_say(
    report, referral, analyst, receipt
):
    tell(report, receipt)
    (word,) = words_of(report, by=analyst)
    warn_of_words(report.pk, by=Station.PIPELINE)
    keep_back(report, [word], by=analyst)
    pass_words_on(report.reference, messages=[word], by=analyst)
    take_words_back(report.reference, messages=[word], by=analyst)
    of_words = (Event.WORDS_KEPT_BACK, Event.WORDS_PASSED_ON, Event.WORDS_TAKEN_BACK)
    with acting_as(Station.PIPELINE.context):
        lines = {
            one.event: one.details
            for one in Entry.objects.filter(event__in=(Event.WORDS_CAME, *of_words))
        }
    which, told = {"messages": [str(word)]}, {"referrals": [referral.reference]}
    assert lines == {
        Event.WORDS_CAME: which | told,
        Event.WORDS_KEPT_BACK: which | {"because": KeptBecause.NOTHING_NEW},
        Event.WORDS_PASSED_ON: which | told,
        Event.WORDS_TAKEN_BACK: which,
    }


def walked(report) -> None:
    walk(report.pk)


def placed(report) -> None:
    route.place(report.pk)


@pytest.mark.parametrize("again", [walked, placed])
def test_what_is_decided_while_a_job_runs_is_not_put_back_by_it(
    report, referral, receipt, again, monkeypatch
):
    tell(report, receipt)
    analyst = make.analyst()
    words, hold, decided = words_of(report, by=analyst), route.item_of, []
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=report).update(done_steps=[])

    def hold_late(report_id, *, actor, is_held=False):
        if is_held and not decided:
            decided.append(pass_words_on(report.reference, messages=words, by=analyst))
        return hold(report_id, actor=actor, is_held=is_held)

    monkeypatch.setattr(route, "item_of", hold_late)
    again(report)
    assert decided
    assert place(report) is None


def test_whom_a_word_must_not_reach_loses_the_referral_first_though_it_said_what_came_of_it(
    report, referral, analyst, receipt
):
    other = make.referral(report, to=make.agency("valley-police", regions=("ON",)), by=analyst)
    detective = make.officer(referral.to_agency)
    open_referral(referral.reference, by=detective)
    accept_referral(referral.reference, by=detective)
    record_outcome(referral.reference, disposition=Disposition.UNFOUNDED, by=detective)
    note_conflict(report, agency=referral.to_agency, by=analyst)
    tell(report, receipt)
    words = words_of(report, by=analyst)
    with pytest.raises(ConflictOfInterestError):
        pass_words_on(report.reference, messages=words, by=analyst)

    cancel = reverse("cancel", kwargs={"reference": referral.reference})
    desk = make.browser(analyst)
    assert cancel in desk.get(f"/en/reports/{report.reference}").content.decode()
    desk.post(cancel, {"because": Ending.CONFLICT})

    assert again(referral).state == "cancelled"
    pass_words_on(report.reference, messages=words, by=analyst)
    assert "referral.added-to" in news_of(other)
    assert "referral.added-to" not in news_of(referral)
    with pytest.raises(Report.DoesNotExist):
        open_report(report.reference, by=detective)
    assert place(report) is None


def test_what_was_passed_on_before_a_split_and_put_to_none_reads_so_no_more(
    report, referral, analyst, receipt
):
    tell(report, receipt, "I am fine.")
    words = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=words, by=analyst)
    return_report(referral.reference, note="Not ours.", by=make.officer(referral.to_agency))
    walk(report.pk, was_returned=True)
    pieces = read_split(report.reference, by=analyst).pieces
    draft = Draft(happening=Happening.OTHER, pieces=frozenset(piece.name for piece in pieces))
    split_report(report.reference, [draft, draft], by=analyst)

    put(report, {}, by=analyst)

    (said,) = [one for one in open_report(report.reference, by=analyst).messages if one.is_decided]
    assert not said.was_passed_on
    page = make.browser(analyst).get(f"/en/reports/{report.reference}").content.decode()
    assert "Passed on" not in page
    assert not can_be_taken_back(report, by=analyst)


SINCE = {"en": "told more since you opened this page", "fr": "en a dit plus depuis que vous avez"}


def at(name, report, language="en") -> str:
    with override(language):
        return reverse(name, kwargs={"reference": report.reference})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_closes_over_a_word_that_stood_on_no_page(report, analyst, receipt, language):
    desk, here = make.browser(analyst), at("close", report, language)
    typed = {"reason": "no-offence", "note": "I looked at the green boat."}
    tell(report, receipt, KNIFE)

    answer = desk.post(here, typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert_sound(answer.content)
    assert SINCE[language] in page
    assert "I looked at the green boat." in page
    assert KNIFE in page
    assert place(report).band == "A"
    shown = {"read": [str(one) for one in words_of(report, by=analyst)]}
    assert f'name="read" value="{shown["read"][0]}"' in page
    assert desk.post(here, typed | shown).status_code == 302
    assert place(report) is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_lowers_over_a_word_that_stood_on_no_page(analyst, receipt, language):
    report = make.report(TONIGHT, holder=receipt)
    desk, here = make.browser(analyst), at("rank", report, language)
    typed = {"to": "C", "reason": "context", "note": "He is in the green boat."}
    say(report, receipt, KNIFE)

    answer = desk.post(here, typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert_sound(answer.content)
    assert SINCE[language] in page
    assert "He is in the green boat." in page
    with acting_as(Station.PIPELINE.context):
        assert not Override.objects.filter(report=report).exists()
    shown = {"read": [str(one) for one in words_of(report, by=analyst)]}
    assert f'name="read" value="{shown["read"][0]}"' in page
    assert desk.post(here, typed | shown).status_code == 302
    with acting_as(Station.PIPELINE.context):
        assert Override.objects.filter(report=report).count() == 1


def test_a_report_is_raised_though_more_was_told_since(report, analyst, receipt):
    say(report, receipt, "Thank you.")
    typed = {"to": "A", "reason": "context", "note": "-"}
    assert make.browser(analyst).post(at("rank", report), typed).status_code == 302
    assert place(report).band == "A"
