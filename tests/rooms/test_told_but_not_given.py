"""What a later word adds reaches no agency before it is given: not while it waits, nor kept."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.cases.watches.actions import read_alerts
from havre.identifiers.models import Mention
from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.intake.later.rules import KeptBecause
from havre.links.silent.actions import Asked, ask_for_silent_watch, decide_silent_watch
from havre.links.silent.models import SilentAlert
from havre.links.watches.actions import Terms, add_watch, renew_watch
from havre.links.watches.models import Watch
from havre.links.watches.reads import notices_on, today
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, unmask_for_addressee
from havre.referrals.later.actions import (
    keep_words_back,
    pass_words_on,
    take_words_back,
    warn_of_words,
)
from havre.referrals.rules.guards import CentreNotAskedError
from havre.referrals.sending.actions import send_report
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.overrides.actions import end_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from havre.wiring.jobs import tell_who_has_it
from havre.wiring.route import walk
from tests import make
from tests.splitting import analyst, harbor, receipt, valley
from tests.told import (
    CALM,
    TONIGHT,
    again,
    detective,
    news_of,
    place,
    referral,
    report,
    tell,
    words_of,
)

__all__ = ["analyst", "detective", "harbor", "receipt", "referral", "report", "valley"]  # fixtures
FOREIGN = "Він хоче зустрітися зі мною сьогодні ввечері."
CALMER = "I read a page about boats."
SECOND = "second.quay@example.com"


def pass_on(report, *, by) -> None:
    pass_words_on(report.reference, messages=words_of(report, by=by), by=by)


def keep_back(report, *, by, messages=None) -> None:
    chosen = messages or words_of(report, by=by)
    because = KeptBecause.REPORTER_ASKS
    keep_words_back(report.reference, messages=chosen, because=because, by=by)


def translated(report, text: str, *, by) -> None:
    told = Translated(text=text, who="No. 214")
    write_translation(report.reference, told=told, from_language="uk", to_language="en", by=by)


def second_seen(officer) -> int:
    """How many rows of the later word's address an officer's SQL finds."""
    token = token_of(Kind.EMAIL, SECOND)
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identifiers_mention WHERE token = %s", [token])
        return cursor.fetchone()[0]


def of_second() -> Mention:
    with acting_as(Station.PIPELINE.context):
        return Mention.objects.get(token=token_of(Kind.EMAIL, SECOND))


def test_an_identifier_of_a_word_that_was_kept_back_stays_with_the_tipline(
    report, referral, analyst, receipt, detective
):
    tell(report, receipt)
    keep_back(report, by=analyst)
    walk(report.pk)

    assert of_second().field.startswith("message.")
    assert second_seen(analyst) == 1, "the desk keeps it"
    assert second_seen(detective) == 0
    with pytest.raises(Mention.DoesNotExist):
        unmask_for_addressee(of_second().pk, by=detective)
    assert SECOND not in repr(open_referral(referral.reference, by=detective))

    pass_on(report, by=analyst)
    assert second_seen(detective) == 1
    take_words_back(report.reference, messages=words_of(report, by=analyst), by=analyst)
    assert second_seen(detective) == 0
    pass_on(report, by=analyst)
    assert unmask_for_addressee(of_second().pk, by=detective) == SECOND


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_translation_made_when_a_word_was_decided_on_goes_where_the_word_goes(
    referral, analyst, receipt, detective, is_taken_back
):
    report = referral.report
    tell(report, receipt, FOREIGN)
    if is_taken_back:
        pass_on(report, by=analyst)
    else:
        keep_back(report, by=analyst)
    translated(report, f"He wants to meet me tonight, ask {SECOND}.", by=analyst)
    if is_taken_back:
        take_words_back(report.reference, messages=words_of(report, by=analyst), by=analyst)
    walk(report.pk)

    before = news_of(referral)
    tell_who_has_it(report=str(report.pk))
    assert news_of(referral) == before
    assert open_referral(referral.reference, by=detective).translations == ()
    assert second_seen(detective) == 0

    pass_on(report, by=analyst)

    assert len(open_referral(referral.reference, by=detective).translations) == 1
    assert second_seen(detective) == 1


def lane_of(referral) -> tuple[str, str]:
    return again(referral).band, again(referral).rule


def test_the_lane_and_title_of_a_referral_tell_of_no_word_that_was_kept_back(
    report, referral, analyst, receipt
):
    before, title = lane_of(referral), again(referral).title
    tell(report, receipt)
    keep_back(report, by=analyst)
    tell(report, receipt, "Thank you.")

    pass_words_on(report.reference, messages=words_of(report, by=analyst)[1:], by=analyst)

    assert (lane_of(referral), again(referral).title) == (before, title)
    pass_words_on(report.reference, messages=words_of(report, by=analyst)[:1], by=analyst)
    assert lane_of(referral) == ("A", "meeting-soon")


def test_sent_without_the_word_that_waits_a_report_stands_in_the_lane_of_the_rest(
    report, analyst, receipt, harbor, valley
):
    calm = make.referral(make.report(CALM), to=harbor, by=analyst)
    tell(report, receipt)
    assert place(report).rule == "meeting-soon"

    (without,) = send_report(report, to=[harbor], reason="Their shore.", by=analyst)

    assert (lane_of(without), again(without).title) == (lane_of(calm), again(calm).title)
    words, desk = words_of(report, by=analyst), {"reason": "Theirs.", "by": analyst}
    (also,) = send_report(report, to=[valley], is_anew=True, words=words, **desk)
    assert lane_of(also) == lane_of(without) == ("A", "meeting-soon")


def set_by_hand(report, to: Band, *, by):
    return set_lane(report.reference, to=to, reason=OverrideReason.CONTEXT, note="-", by=by)


@pytest.mark.parametrize("text", ["Thank you.", TONIGHT])
def test_sent_without_the_word_that_waits_a_lane_that_a_person_set_stays(
    report, analyst, receipt, harbor, text
):
    set_by_hand(report, Band.A, by=analyst)
    tell(report, receipt, text)
    (sent,) = send_report(report, to=[harbor], reason="Their shore.", by=analyst)
    assert again(sent).band == "A"


def test_sent_without_the_word_that_waits_no_lane_stays_that_nobody_keeps(analyst, receipt, harbor):
    report = make.report(CALMER, holder=receipt)
    calm = make.referral(make.report(CALMER), to=harbor, by=analyst)
    assert again(calm).band > "B"
    set_by_hand(report, Band.A, by=analyst)
    end_lane(report.reference, by=analyst)
    tell(report, receipt)
    set_by_hand(report, Band.B, by=analyst)
    (sent,) = send_report(report, to=[harbor], reason="Their shore.", by=analyst)
    assert lane_of(sent) == lane_of(calm)


def test_taken_back_a_word_leaves_its_lane_and_title_with_no_agency(
    report, referral, analyst, receipt
):
    before, title = lane_of(referral), again(referral).title
    tell(report, receipt)
    pass_on(report, by=analyst)
    assert lane_of(referral)[0] == "A"
    take_words_back(report.reference, messages=words_of(report, by=analyst), by=analyst)
    assert (lane_of(referral), again(referral).title) == (before, title)
    assert place(report).band == "A"


KNIFE, MONEY = "He has a knife.", "He wants money."


def given(report, one, *, by) -> None:
    pass_words_on(report.reference, messages=[one], by=by)


def taken_back(report, one, *, by) -> None:
    take_words_back(report.reference, messages=[one], by=by)


@pytest.mark.parametrize("given_and_back", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_in_whatever_order_words_are_given_and_taken_back_a_referral_tells_of_those_given_alone(
    report, referral, analyst, receipt, given_and_back
):
    def stands() -> tuple[str, ...]:
        return (*lane_of(referral), *again(referral).title)

    without = stands()
    tell(report, receipt, TONIGHT)
    tell(report, receipt, KNIFE)
    words = words_of(report, by=analyst)[:: given_and_back[0]]
    with_it = {}
    for one in words:
        given(report, one, by=analyst)
        with_it[one] = stands()
        taken_back(report, one, by=analyst)
        assert stands() == without
    assert {rule for _lane, rule, *_title in with_it.values()} == {"meeting-soon", "weapon"}
    for one in words:
        given(report, one, by=analyst)
    first, last = words[:: given_and_back[1]]
    assert set(stands()) > {"meeting-soon", "weapon"}
    taken_back(report, first, by=analyst)
    assert stands() == with_it[last]
    taken_back(report, last, by=analyst)
    assert stands() == without


def test_a_word_that_raises_nothing_gives_a_referral_its_title_and_takes_it_back(
    report, referral, analyst, receipt
):
    before = (lane_of(referral), again(referral).title)
    tell(report, receipt, MONEY)
    pass_on(report, by=analyst)
    assert lane_of(referral) == ("B", "money-demand")
    assert again(referral).title[0] == "money-demand"
    take_words_back(report.reference, messages=words_of(report, by=analyst), by=analyst)
    assert (lane_of(referral), again(referral).title) == before


def test_what_went_along_leaves_no_lane_or_title_when_it_is_taken_back(
    report, analyst, receipt, harbor
):
    calm = make.referral(make.report(CALM), to=harbor, by=analyst)
    tell(report, receipt)
    words, desk = words_of(report, by=analyst), {"reason": "Theirs.", "by": analyst}
    (sent,) = send_report(report, to=[harbor], words=words, is_anew=True, **desk)
    assert lane_of(sent) == ("A", "meeting-soon")
    taken_back(report, *words, by=analyst)
    assert (lane_of(sent), again(sent).title) == (lane_of(calm), again(calm).title)


@pytest.mark.parametrize("text", ["Thank you.", TONIGHT])
@pytest.mark.parametrize("goes_along", [False, True])
def test_taken_back_a_word_leaves_the_lane_that_a_person_set(
    analyst, receipt, harbor, goes_along, text
):
    calm, report = make.report(CALM), make.report(CALM, holder=receipt)
    calm = make.referral(calm, to=harbor, by=analyst)
    set_by_hand(report, Band.A, by=analyst)
    desk = {"to": [harbor], "reason": "Their shore.", "is_anew": True, "by": analyst}
    if goes_along:
        tell(report, receipt, text)
        (sent,) = send_report(report, words=words_of(report, by=analyst), **desk)
    else:
        (sent,) = send_report(report, **desk)
        tell(report, receipt, text)
        pass_on(report, by=analyst)
    assert again(sent).band == "A"
    taken_back(report, *words_of(report, by=analyst), by=analyst)
    assert again(sent).band == "A"
    assert (again(sent).rule, again(sent).title) == (calm.rule, calm.title)


def watched(by, tells: Tells = Tells.AGENCY) -> Watch:
    why = {"purpose": Purpose.INVESTIGATION, "authority": Authority.DUTY, "tells": tells}
    terms = Terms(until=today() + timedelta(days=60), **why)
    return add_watch(SECOND, kind=Kind.EMAIL, terms=terms, by=by)


def alerts_of(officer) -> int:
    return len(read_alerts(by=officer).page.hits)


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_watch_that_a_word_alone_meets_tells_its_agency_when_the_word_is_given(
    referral, analyst, receipt, valley, is_kept
):
    report, early = referral.report, make.officer(valley)
    watched(early)
    tell(report, receipt)
    if is_kept:
        keep_back(report, by=analyst)
    late = make.officer(make.agency("island-police"))
    watch = watched(late)
    renew_watch(watch.reference, until=watch.until.date(), by=late)

    assert (alerts_of(early), alerts_of(late)) == (0, 0)
    with acting_as(early.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM watches_hit")
        assert cursor.fetchone() == (0,)
    with acting_as(analyst.context):
        assert len(notices_on(report.pk, actor=analyst)) == 2, "the desk knows who watches"

    pass_on(report, by=analyst)
    walk(report.pk)
    walk(report.pk)

    assert (alerts_of(early), alerts_of(late)) == (1, 1)


def test_what_a_word_alone_meets_is_asked_of_the_coordinator_before_it_is_passed_on(
    report, referral, analyst, receipt, valley
):
    watched(make.officer(valley), Tells.CENTRE)
    tell(report, receipt)
    centre = make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    assert len(read_alerts(by=centre).brokered) == 1
    with pytest.raises(CentreNotAskedError):
        pass_on(report, by=analyst)


def test_a_silent_watch_that_a_word_alone_meets_tells_its_agency_when_the_word_is_given(
    report, referral, analyst, receipt, valley
):
    guard = make.officer(valley)
    centre = make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    until, authority = today() + timedelta(days=60), Authority.DUTY
    terms = Asked(until=until, authority=authority, reason="An account of ours.")
    watch = ask_for_silent_watch(SECOND, kind=Kind.EMAIL, terms=terms, by=guard)
    decide_silent_watch(watch.reference, refusal=None, by=centre)

    def told() -> int:
        with acting_as(guard.context):
            return SilentAlert.objects.visible_to(guard).count()

    tell(report, receipt)
    assert told() == 0
    pass_on(report, by=analyst)
    walk(report.pk)
    assert told() == 1


def test_a_danger_that_only_the_translation_of_a_waiting_word_shows_warns_who_has_the_report(
    report, referral, analyst, receipt
):
    tell(report, receipt, FOREIGN)
    assert warn_of_words(report.pk, by=Station.PIPELINE) == []
    translated(report, "He wants to meet me tonight.", by=analyst)
    assert warn_of_words(report.pk, by=Station.PIPELINE) == [referral]


def test_a_new_danger_warns_who_has_a_report_that_only_its_translation_makes_immediate(
    analyst, harbor, receipt
):
    report = make.report(FOREIGN, holder=receipt)
    translated(report, "He wants to meet me tonight.", by=analyst)
    referral = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, "Thank you.")
    assert warn_of_words(report.pk, by=Station.PIPELINE) == []
    tell(report, receipt, "He sends me money.")
    assert place(report).band == "A"
    assert warn_of_words(report.pk, by=Station.PIPELINE) == [referral]
