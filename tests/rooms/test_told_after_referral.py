"""What a reporter tells after a report went out whole stands before the desk, in every state."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.later.rules import KeptBecause, NoWordsError, SeenAlreadyError
from havre.intake.models import Message
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome, return_report
from havre.referrals.inbox.actions import decline_referral
from havre.referrals.later.actions import keep_words_back, pass_words_on, take_words_back
from havre.referrals.rules.guards import ConflictOfInterestError
from havre.referrals.rules.outcomes import Disposition
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import (
    cancel_referral,
    note_conflict,
    send_report,
    undo_referral,
)
from havre.triage.actions import AlreadyClaimedError, claim_report
from havre.triage.bundles.models import Outline
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_of_report
from havre.triage.reads import queue_page
from havre.wiring.jobs import find_unqueued
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound
from tests.splitting import analyst, harbor, receipt, valley
from tests.told import (
    GOES_ROUND,
    again,
    detective,
    news_of,
    place,
    report,
    say,
    tell,
    words_of,
)

__all__ = ["analyst", "detective", "harbor", "receipt", "report", "valley"]  # fixtures
HOLDS, IS_OVER = True, False


def opened(referral, *, by) -> None:
    open_referral(referral.reference, by=by)


def accepted(referral, *, by) -> None:
    opened(referral, by=by)
    accept_referral(referral.reference, by=by)


def closed(referral, *, by) -> None:
    accepted(referral, by=by)
    record_outcome(referral.reference, disposition=Disposition.UNFOUNDED, by=by)


def returned(referral, *, by) -> None:
    return_report(referral.reference, note="Not our shore.", by=by)


def declined(referral, *, by) -> None:
    decline_referral(referral.reference, because=Ending.NO_POWER, note="None.", by=by)


def cancelled(referral, *, by) -> None:
    opened(referral, by=by)
    cancel_referral(referral.reference, because=Ending.MISTAKE, by=make.analyst())


def undone(referral, *, by) -> None:
    undo_referral(referral.reference, by=make.analyst())


@pytest.mark.parametrize(
    "case",
    [
        (None, "sent", HOLDS),
        (opened, "opened", HOLDS),
        (accepted, "accepted", HOLDS),
        (closed, "closed", HOLDS),
        (returned, "returned", IS_OVER),
        (declined, "declined", IS_OVER),
        (cancelled, "cancelled", IS_OVER),
        (undone, "undone", IS_OVER),
    ],
)
def test_in_each_state_a_later_word_waits_ranked_anew_and_reaches_who_has_the_report(
    report, analyst, receipt, detective, case
):
    (happens, state, holds), harbor = case, detective.agency
    referral = make.referral(report, to=harbor, by=analyst)
    if happens:
        happens(referral, by=detective)
        walk(report.pk, was_returned=not holds)
    assert again(referral).state == state
    assert (place(report) is None) is holds
    before = news_of(referral)

    tell(report, receipt)

    assert place(report).band == "A"
    with acting_as(analyst.context):
        (row,) = queue_page(actor=analyst).rows
    assert (row.later is not None) is holds
    if not holds:
        with pytest.raises(NoWordsError):
            pass_words_on(report.reference, messages=words_of(report, by=analyst), by=analyst)
        assert news_of(referral) == before
        return
    assert row.later.held.agencies == (harbor,)
    assert "second.quay" not in repr(open_referral(referral.reference, by=detective))
    told = pass_words_on(report.reference, messages=words_of(report, by=analyst), by=analyst)
    assert [one.reference for one in told] == [referral.reference]
    assert place(report) is None
    assert news_of(referral)[-1] == "referral.added-to"
    assert again(referral).has_grown
    assert again(referral).state == ("opened" if state == "sent" else state)
    assert "second.quay" in repr(open_referral(referral.reference, by=detective).opened.submission)
    walk(report.pk)
    assert place(report) is None, "a job that is tried again puts nothing back"


def test_somebody_is_called_for_words_that_are_immediate_and_for_no_others(
    report, analyst, receipt, harbor
):
    make.referral(report, to=harbor, by=analyst)
    with acting_as(analyst.context):
        assert page_of_report(report.pk, actor=analyst) is None
    tell(report, receipt, "Thank you.")
    with acting_as(analyst.context):
        assert not Page.objects.filter(report=report).exists()
    tell(report, receipt)
    with acting_as(analyst.context):
        assert page_of_report(report.pk, actor=analyst).state == "waiting"


def test_a_word_that_came_before_the_jobs_could_look_is_found_by_the_sweep(
    report, analyst, receipt, harbor, monkeypatch
):
    make.referral(report, to=harbor, by=analyst)
    say(report, receipt)
    monkeypatch.setattr("havre.triage.reads.UNQUEUED_SECONDS", -60)
    found = []
    monkeypatch.setattr("havre.wiring.jobs.waiting_for", lambda *_: set())
    monkeypatch.setattr("havre.wiring.jobs.defer", lambda *_, report, **__: found.append(report))

    find_unqueued(0)

    assert found == [str(report.pk)]


def test_each_of_several_agencies_is_told_and_one_that_sent_it_back_is_not(
    report, analyst, receipt, harbor, valley
):
    ours = make.referral(report, to=harbor, by=analyst)
    theirs = make.referral(report, to=valley, by=analyst)
    other = make.agency("island-police")
    gone = make.referral(report, to=other, by=analyst)
    return_report(gone.reference, note="Not our shore.", by=make.officer(other))
    walk(report.pk, was_returned=True)
    tell(report, receipt)

    told = pass_words_on(report.reference, messages=words_of(report, by=analyst), by=analyst)

    assert {one.reference for one in told} == {ours.reference, theirs.reference}
    assert "referral.added-to" not in news_of(gone)
    assert place(report) is not None, "what was sent back waits on for its own sake"


def test_kept_back_with_a_reason_it_waits_no_more_and_can_be_passed_on_after_all(
    report, analyst, receipt, harbor, detective
):
    referral = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    words = words_of(report, by=analyst)

    keep_words_back(report.reference, messages=words, because=KeptBecause.REPORTER_ASKS, by=analyst)

    assert place(report) is None
    assert "referral.added-to" not in news_of(referral)
    assert "second.quay" not in repr(open_referral(referral.reference, by=detective))
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.get(event=Event.WORDS_KEPT_BACK)
    assert line.details["because"] == "reporter-asks"
    with pytest.raises(NoWordsError):
        keep_words_back(
            report.reference, messages=words, because=KeptBecause.NOTHING_NEW, by=analyst
        )
    pass_words_on(report.reference, messages=words, by=analyst)
    assert "second.quay" in repr(open_referral(referral.reference, by=detective))
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.get(event=Event.WORDS_PASSED_ON)
    assert line.details["referrals"] == [referral.reference]
    assert "quay" not in json.dumps(line.details)


def test_what_was_passed_on_is_taken_back_until_somebody_looks(
    report, analyst, receipt, harbor, detective
):
    referral = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    (word,) = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=[word], by=analyst)

    take_words_back(report.reference, messages=[word], by=analyst)

    assert place(report).band == "A"
    assert "second.quay" not in repr(open_referral(referral.reference, by=detective))
    with pytest.raises(NoWordsError):
        take_words_back(report.reference, messages=[word], by=analyst)
    pass_words_on(report.reference, messages=[word], by=analyst)
    open_referral(referral.reference, by=detective)
    with pytest.raises(SeenAlreadyError):
        take_words_back(report.reference, messages=[word], by=analyst)
    assert place(report) is None


def test_what_came_since_the_page_was_read_waits_on(report, analyst, receipt, harbor):
    make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    read = words_of(report, by=analyst)
    tell(report, receipt, "And he knows my school.")
    pass_words_on(report.reference, messages=read, by=analyst)
    assert place(report) is not None
    with pytest.raises(NoWordsError):
        pass_words_on(report.reference, messages=read, by=analyst)


def test_from_a_colleague_s_hands_nothing_is_decided(report, analyst, receipt, harbor):
    make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    claim_report(report.reference, by=make.analyst())
    words = words_of(report, by=analyst)
    with pytest.raises(AlreadyClaimedError):
        pass_words_on(report.reference, messages=words, by=analyst)
    with pytest.raises(AlreadyClaimedError):
        keep_words_back(
            report.reference, messages=words, because=KeptBecause.NOTHING_NEW, by=analyst
        )


def test_where_somebody_reported_works_nothing_is_passed_on(report, analyst, receipt, harbor):
    referral = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    note_conflict(report, agency=harbor, by=analyst)
    with pytest.raises(ConflictOfInterestError):
        pass_words_on(report.reference, messages=words_of(report, by=analyst), by=analyst)
    assert "referral.added-to" not in news_of(referral)
    assert place(report) is not None


def test_what_was_told_before_goes_along_where_it_was_read_and_waits_where_not(
    report, analyst, receipt, valley, detective
):
    harbor = detective.agency
    tell(report, receipt)
    assert place(report).band == "A", "a report that waits is ranked anew too"
    read = words_of(report, by=analyst)
    tell(report, receipt, "And he knows my school.")

    (referral,) = send_report(report, to=[harbor], reason="Their shore.", words=read, by=analyst)

    told = repr(open_referral(referral.reference, by=detective).opened.submission)
    assert "second.quay" in told
    assert "my school" not in told
    assert place(report) is not None
    before = news_of(referral)
    send_report(
        report,
        to=[valley],
        reason="Theirs too.",
        is_anew=True,
        words=words_of(report, by=analyst),
        by=analyst,
    )
    assert place(report) is None
    assert news_of(referral) == [*before, "referral.added-to"]
    assert "my school" in repr(open_referral(referral.reference, by=detective))


SAID = {
    "en": (
        "new words on a report that Harbor Police has since",
        "1 message waits",
        "Passed on: 1 agency was told.",
        "Nobody there had opened it; it waits again",
        "It stays with the tipline.",
    ),
    "fr": (
        "nouvelles paroles sur un signalement",
        "1 message attend",
        "1 organisme a",
        "Aucun organisme n",
        "Cela reste",
    ),
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_desk_sees_what_waits_and_decides_by_its_pages(report, receipt, harbor, language):
    analyst, (marked, waits, given, waits_again, stays) = make.analyst(), SAID[language]
    desk, about = make.browser(analyst), {"reference": report.reference}
    make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    read = {"read": [str(one) for one in words_of(report, by=analyst)]}

    def shown(door: str, **also) -> str:
        with override(language):
            address = reverse(door, **also)
        answer = desk.get(address)
        assert_sound(answer.content)
        return " ".join(answer.content.decode().split())

    def pressed(door: str, typed: dict) -> str:
        with override(language):
            address = reverse(door, kwargs=about)
        return " ".join(desk.post(address, typed, follow=True).content.decode().split())

    assert marked in shown("queue")
    page = shown("report_page", kwargs=about)
    assert marked in page
    assert waits in page
    assert 'id="close"' not in page, "what somebody has is not closed by a later word"
    for door, typed in (
        ("pass_words_on", {"read": "none"}),
        ("keep_words_back", read),
        ("take_words_back", read),
    ):
        pressed(door, typed)
        assert waits in shown("report_page", kwargs=about)
    assert given in pressed("pass_words_on", read)
    assert marked not in shown("queue")
    assert waits_again in pressed("take_words_back", read)
    assert marked in shown("queue")
    assert stays in pressed("keep_words_back", read | {"because": "other-matter"})
    assert waits not in shown("report_page", kwargs=about)
    assert given in pressed("pass_words_on", read)


def test_a_first_referral_takes_along_the_words_that_stood_on_its_page(
    report, analyst, receipt, harbor
):
    tell(report, receipt)
    desk = make.browser(analyst)
    page = desk.get(f"/en/reports/{report.reference}").content.decode()
    (word,) = words_of(report, by=analyst)
    assert f'name="words" value="{word}"' in page
    tell(report, receipt, "And he knows my school.")
    typed = {"to": harbor.code, "incident": "1", "reason": "Their shore.", "words": [str(word)]}
    desk.post(f"/en/reports/{report.reference}/refer", typed)
    assert place(report) is not None, "what came since waits"
    with acting_as(Station.PIPELINE.context):
        assert [one.parts for one in Message.objects.order_by("at")] == [[1], None]


def test_the_clock_of_later_words_is_their_own_and_eight_hours_at_most(
    report, analyst, receipt, harbor
):
    make.referral(report, to=harbor, by=analyst)
    later = clock.now() + timedelta(days=3)
    with clock.clock_set_to(later):
        tell(report, receipt, "Thank you.")
    assert later < place(report).review_by <= later + timedelta(hours=8)


def test_it_stands_behind_no_other_report_and_in_no_bundle(analyst, receipt, harbor):
    first, second = (
        make.report(GOES_ROUND, people=(), holder=who) for who in (make.receipt(), receipt)
    )
    walk(second.pk)
    assert place(second).behind_id == first.pk
    tell(second, receipt, "Thank you.")
    assert place(second).behind_id is None
    with acting_as(Station.PIPELINE.context):
        assert Outline.objects.get(report=second).kept_apart
