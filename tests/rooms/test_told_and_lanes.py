"""The lane that a person set for a report, and what its reporter tells later."""

from datetime import timedelta

import pytest

from havre.audit.rules import Station
from havre.intake.later.rules import KeptBecause
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, return_report
from havre.referrals.later.actions import (
    keep_words_back,
    pass_words_on,
    take_words_back,
)
from havre.referrals.models import Referral
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import cancel_referral, send_report, undo_referral
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.models import Override
from havre.triage.overrides.actions import confirm_lane, end_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from havre.wiring.route import walk
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt, valley
from tests.told import CALM, TONIGHT, again, place, referral, report, say, tell, words_of

__all__ = ["analyst", "harbor", "receipt", "referral", "report", "valley"]  # fixtures


def set_to(report, to: Band, *, by) -> None:
    set_lane(report.reference, to=to, reason=OverrideReason.CONTEXT, note="-", by=by)


def lowered(report, to: Band, *, by) -> None:
    """A lane below the rules', with a second person who agrees."""
    set_to(report, to, by=by)
    confirm_lane(report.reference, by=make.analyst())


def sent(report, *, to, by, words=()):
    (one,) = send_report(report, to=[to], reason="Their shore.", words=words, is_anew=True, by=by)
    return one


def pass_on(report, *, by) -> None:
    pass_words_on(report.reference, messages=words_of(report, by=by), by=by)


def take_back(report, *, by) -> None:
    take_words_back(report.reference, messages=words_of(report, by=by), by=by)


def stands(referral) -> tuple[str, ...]:
    found = again(referral)
    return (found.band, found.rule, *found.title)


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_lane_that_a_later_person_replaced_counts_no_more(
    report, analyst, receipt, harbor, is_ended
):
    calm = make.referral(make.report(CALM), to=harbor, by=analyst)
    set_to(report, Band.A, by=analyst)
    tell(report, receipt)
    lowered(report, Band.C, by=analyst)
    if is_ended:
        end_lane(report.reference, by=analyst)
    one = sent(report, to=harbor, by=analyst)
    assert again(calm).band == "B"
    assert again(one).band == ("B" if is_ended else "C")


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_lowering_that_nobody_confirmed_replaces_no_lane(
    report, analyst, receipt, harbor, is_refused
):
    set_to(report, Band.A, by=analyst)
    tell(report, receipt)
    set_to(report, Band.C, by=analyst)
    if is_refused:
        end_lane(report.reference, by=make.analyst())
    assert again(sent(report, to=harbor, by=analyst)).band == "A"


KNIFE = "He has a knife and waits outside."


@pytest.mark.parametrize("text", [KNIFE, TONIGHT])
@pytest.mark.parametrize("is_sent", [True, False])
def test_what_is_told_of_danger_after_a_lane_was_lowered_is_not_kept_low(
    analyst, receipt, harbor, text, is_sent
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, Band.C, by=analyst)
    one = sent(report, to=harbor, by=analyst) if is_sent else None
    tell(report, receipt, "Thank you.")
    assert place(report).band == "C"
    tell(report, receipt, text)
    assert place(report).band == "A"
    if one:
        pass_on(report, by=analyst)
        assert again(one).band == "A"
        take_back(report, by=analyst)
        assert again(one).band == "C"


@pytest.mark.parametrize("goes_along", [True, False])
def test_a_danger_that_is_passed_on_before_a_job_has_looked_at_it_is_not_kept_low(
    analyst, receipt, harbor, goes_along
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, Band.C, by=analyst)
    one = None if goes_along else sent(report, to=harbor, by=analyst)
    say(report, receipt, KNIFE)
    if one:
        pass_on(report, by=analyst)
    words = words_of(report, by=analyst)
    one = one or sent(report, to=harbor, words=words, by=analyst)
    assert again(one).band == "A"


def test_a_danger_that_is_translated_after_a_lane_was_lowered_is_not_kept_low(analyst, receipt):
    report = make.report(TONIGHT, holder=receipt)
    tell(report, receipt, "Er hat ein Messer und wartet draussen.")
    lowered(report, Band.C, by=analyst)
    told = Translated(text=KNIFE, who="A colleague")
    languages = {"from_language": "de", "to_language": "en"}
    write_translation(report.reference, told=told, by=analyst, **languages)
    walk(report.pk)
    assert place(report).band == "A"


def test_a_calm_word_brings_no_lowering_back_that_ended_before_it(analyst, receipt, harbor):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, Band.C, by=analyst)
    with acting_as(Station.PIPELINE.context):
        Override.objects.filter(report=report).update(ended_at=clock.now())
    walk(report.pk)
    tell(report, receipt, "Thank you.")
    assert place(report).band == "A"
    assert again(sent(report, to=harbor, by=analyst)).band == "A"


def test_read_and_lowered_once_more_it_stays_so(analyst, receipt):
    report = make.report(TONIGHT, holder=receipt)
    tell(report, receipt, KNIFE)
    lowered(report, Band.C, by=analyst)
    tell(report, receipt, "Thank you.")
    assert place(report).band == "C"


@pytest.mark.parametrize("goes_along", [True, False])
@pytest.mark.parametrize("text", ["Thank you.", "She likes boats."])
def test_no_word_that_asks_for_no_more_undoes_a_lane_that_a_person_lowered(
    analyst, receipt, harbor, text, goes_along
):
    report = make.report(TONIGHT, holder=receipt)
    assert place(report).band == "A"
    lowered(report, Band.C, by=analyst)
    if goes_along:
        tell(report, receipt, text)
        one = sent(report, to=harbor, words=words_of(report, by=analyst), by=analyst)
    else:
        one = sent(report, to=harbor, by=analyst)
        tell(report, receipt, text)
    answer_by = again(one).answer_by
    if not goes_along:
        pass_on(report, by=analyst)
    assert (again(one).band, again(one).answer_by) == ("C", answer_by)
    take_back(report, by=analyst)
    assert (again(one).band, again(one).answer_by) == ("C", answer_by)
    pass_on(report, by=analyst)
    assert (again(one).band, again(one).answer_by) == ("C", answer_by)


def test_a_word_that_a_person_lowered_after_reading_raises_no_referral(
    report, referral, analyst, receipt
):
    tell(report, receipt)
    lowered(report, Band.C, by=analyst)
    pass_on(report, by=analyst)
    assert again(referral).band == "B"


def test_a_word_that_asks_for_more_raises_what_a_person_lowered_and_taken_back_lowers_it(
    report, analyst, receipt, harbor
):
    set_to(report, Band.D, by=analyst)
    one = sent(report, to=harbor, by=analyst)
    tell(report, receipt)
    assert place(report).band == "A"
    pass_on(report, by=analyst)
    assert stands(one)[:2] == ("A", "meeting-soon")
    take_back(report, by=analyst)
    assert again(one).band == "D"


def rose_since(referral) -> None:
    """As a referral stands whose report rose by its links after it was sent."""
    with acting_as(Station.PIPELINE.context):
        Referral.objects.filter(pk=referral.pk).update(band="D")


def test_a_report_that_rose_meanwhile_takes_its_referral_along_with_words_and_never_without(
    report, referral, analyst, receipt
):
    rose_since(referral)
    tell(report, receipt, "Thank you.")
    pass_on(report, by=analyst)
    assert again(referral).band == "B"
    rose_since(referral)
    take_back(report, by=analyst)
    assert again(referral).band == "D"


def kept_back(report, *, by) -> None:
    read, why = words_of(report, by=by), KeptBecause.REPORTER_ASKS
    keep_words_back(report.reference, messages=read, because=why, by=by)


@pytest.mark.parametrize("is_opened", [True, False])
def test_a_referral_that_is_over_hands_on_nothing_of_a_word_that_was_kept_back(
    referral, analyst, receipt, valley, is_opened
):
    report, calm = referral.report, stands(referral)
    lake = make.agency("lake-police", regions=("ON",))
    other = sent(report, to=valley, by=analyst)
    if is_opened:
        open_referral(other.reference, by=make.officer(valley))
    tell(report, receipt)
    pass_on(report, by=analyst)
    if is_opened:
        cancel_referral(other.reference, because=Ending.CONFLICT, by=analyst)
    else:
        undo_referral(other.reference, by=analyst)
    take_back(report, by=analyst)
    kept_back(report, by=analyst)
    assert place(report) is None
    assert stands(referral) == calm

    one = sent(report, to=lake, by=analyst)

    assert stands(one) == calm
    assert again(one).answer_by - one.sent_at > timedelta(hours=1)


def test_a_referral_that_was_over_before_a_word_was_passed_on_lowers_no_later_one(
    report, referral, analyst, receipt, valley
):
    undo_referral(sent(report, to=valley, by=analyst).reference, by=analyst)
    tell(report, receipt)
    pass_on(report, by=analyst)
    lake = make.agency("lake-police", regions=("ON",))
    assert stands(sent(report, to=lake, by=analyst)) == stands(referral)
    assert stands(referral)[:2] == ("A", "meeting-soon")


@pytest.mark.parametrize("later", ["", "He wants money."])
def test_of_a_word_that_is_taken_back_no_referral_tells_that_was_returned_unopened(
    referral, analyst, receipt, valley, later
):
    report, calm = referral.report, stands(referral)
    other = sent(report, to=valley, by=analyst)
    tell(report, receipt)
    (word,) = words_of(report, by=analyst)
    pass_on(report, by=analyst)
    assert stands(other)[:2] == ("A", "meeting-soon")
    return_report(other.reference, note="Not our shore.", by=make.officer(valley))
    if later:
        tell(report, receipt, later)
        pass_words_on(report.reference, messages=words_of(report, by=analyst)[1:], by=analyst)
    take_words_back(report.reference, messages=[word], by=analyst)
    assert ("money-demand" in stands(referral)) is bool(later)
    # Nor does it tell of what others were given since.
    assert stands(other) == (("", "") if later else calm)


def test_a_referral_that_was_over_before_a_word_was_passed_on_stays_as_it_was(
    report, referral, analyst, receipt, valley
):
    other = sent(report, to=valley, by=analyst)
    before = stands(other)
    return_report(other.reference, note="Not our shore.", by=make.officer(valley))
    walk(report.pk, was_returned=True)
    tell(report, receipt, "He wants money.")
    tell(report, receipt)
    money, danger = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=[money, danger], by=analyst)
    take_words_back(report.reference, messages=[danger], by=analyst)
    assert stands(other) == before


def test_a_lane_that_a_person_set_for_a_word_that_was_kept_back_stays_with_the_tipline(
    report, referral, analyst, receipt
):
    tell(report, receipt, "It was about the green boat.")
    set_to(report, Band.A, by=analyst)
    kept_back(report, by=analyst)
    tell(report, receipt, "Thank you.")
    assert place(report).band == "A"
    pass_words_on(report.reference, messages=words_of(report, by=analyst)[1:], by=analyst)
    assert again(referral).band == "B"


def test_taken_back_a_word_that_asked_for_nothing_lowers_no_referral_to_a_lane_set_since(
    analyst, receipt, harbor
):
    report = make.report(TONIGHT, holder=receipt)
    one = sent(report, to=harbor, by=analyst)
    tell(report, receipt, "Thank you.")
    lowered(report, Band.C, by=analyst)
    pass_on(report, by=analyst)
    take_back(report, by=analyst)
    assert again(one).band == "A"


def test_a_word_that_is_kept_back_before_a_job_looked_ends_the_lowering_too(
    analyst, receipt, harbor, valley
):
    report = make.report(TONIGHT, holder=receipt)
    lowered(report, Band.C, by=analyst)
    _one, two = (sent(report, to=to, by=analyst) for to in (harbor, valley))
    return_report(two.reference, note="Not ours.", by=make.officer(valley))
    walk(report.pk, was_returned=True)
    assert place(report).band == "C"
    say(report, receipt, KNIFE)
    why = {"because": KeptBecause.REPORTER_ASKS, "by": analyst}
    keep_words_back(report.reference, messages=words_of(report, by=analyst), **why)
    assert place(report).band == "A"


@pytest.mark.parametrize("write", [say, tell])
def test_so_does_one_that_is_put_to_an_incident(analyst, receipt, write):
    people = (splitting.suspect("Quay Example"), splitting.suspect("Pier Example"), make.REPORTER)
    story = "Quay wants to meet me tonight. Somebody else, Pier, sells old pictures of boats."
    report = make.report(story, people=people, holder=receipt)
    splitting.split_in_two(report, by=analyst)
    lowered(report, Band.C, by=analyst)
    write(report, receipt, KNIFE)
    names = splitting.passages(report, by=analyst)
    splitting.put(report, {name: {2} for name in names.values()}, by=analyst)
    assert place(report).band == "A"


def take_back_one(report, number, *, by) -> None:
    words = words_of(report, by=by)[number:][:1]
    take_words_back(report.reference, messages=words, by=by)


def test_a_lowering_that_came_after_a_word_keeps_no_lane_of_it_where_it_is_taken_back(
    report, referral, analyst, receipt
):
    tell(report, receipt)
    pass_on(report, by=analyst)
    assert again(referral).band == "A"
    tell(report, receipt, "Thank you.")
    lowered(report, Band.C, by=analyst)
    take_back_one(report, 0, by=analyst)
    assert again(referral).band > "A"


def test_nor_does_a_raise_that_asked_nothing_of_the_referral(report, referral, analyst, receipt):
    tell(report, receipt, "It was about the green boat.")
    set_to(report, Band.A, by=analyst)
    why = {"because": KeptBecause.REPORTER_ASKS, "by": analyst}
    keep_words_back(report.reference, messages=words_of(report, by=analyst), **why)
    tell(report, receipt)
    told = words_of(report, by=analyst)[1:]
    pass_words_on(report.reference, messages=told, by=analyst)
    assert again(referral).band == "A"
    take_back_one(report, 1, by=analyst)
    assert again(referral).band == "B"
