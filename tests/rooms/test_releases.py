"""What became of a report, as far as the service that has it lets its sender know."""

import secrets
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.agencies.actions import add_provider
from havre.agencies.models import Provider
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.actions import Delivery, open_by_receipt, receive_report
from havre.intake.models import Report, Stage
from havre.intake.reads import report_by_reference
from havre.intake.releases.models import Release
from havre.intake.releases.reads import shown_to_provider
from havre.intake.releases.rules.words import LEAST_DELAY, ReleaseWord, shown_from
from havre.intake.releases.wording import SAID
from havre.intake.rules.submission import Channel
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome
from havre.referrals.inbox.actions import decline_referral
from havre.referrals.models import Referral
from havre.referrals.releases.actions import keep_outcome, release_outcome
from havre.referrals.releases.rules.words import (
    OPENED_BY,
    ReleaseRefusedError,
    check_release,
    words_after,
)
from havre.referrals.rules.outcomes import Disposition, ReferralStateError
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import undo_referral
from havre.triage.models import QueueItem
from havre.wiring.route import walk
from tests import make

ZONE = ZoneInfo("America/Toronto")
TOLD_OF_POLICE = ("arrest", "charg", "warrant", "police", "court", "convict", "officer")
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
moments = st.datetimes(
    min_value=NAIVE, max_value=NAIVE + timedelta(days=730), timezones=st.just(UTC)
)


@given(moments)
def test_what_was_chosen_shows_on_a_monday_morning_three_to_ten_days_later(chosen_at):
    shows = shown_from(chosen_at, ZONE)

    assert (shows.weekday(), shows.hour, shows.minute) == (0, 9, 0)
    # An hour of slack, where the clocks change between.
    assert LEAST_DELAY <= shows - chosen_at <= timedelta(days=10, hours=1)


@given(moments, st.integers(0, 23))
def test_the_day_it_shows_tells_no_more_than_the_week_in_which_it_was_chosen(chosen_at, hours):
    """Of all that is chosen in one week, everything shows at one moment."""
    week = shown_from(chosen_at, ZONE)
    other = week - timedelta(days=3, hours=1 + hours)

    assert shown_from(other, ZONE) == week


def test_every_outcome_opens_a_word_and_no_word_tells_of_a_step_against_anybody():
    assert set(OPENED_BY) == set(Disposition)
    assert set().union(*OPENED_BY.values()) == set(ReleaseWord) == set(SAID)
    for said in SAID.values():
        assert not [word for word in TOLD_OF_POLICE if word in str(said).lower()]


def test_what_police_do_to_somebody_hides_behind_one_word():
    steps = ("arrest", "charged", "convicted", "under-investigation", "warrant-executed")

    assert {words_after([step]) for step in steps} == {(ReleaseWord.IN_HAND,)}


def test_a_word_that_no_outcome_opens_is_refused():
    with pytest.raises(ReleaseRefusedError):
        check_release(ReleaseWord.CHILD_HELPED, ["arrest"])
    with pytest.raises(ReleaseRefusedError):
        check_release(ReleaseWord.IN_HAND, [])


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def holder():
    return make.receipt()


@pytest.fixture
def sent(harbor, analyst, holder):
    make.report("Somebody else told of a ferry.")  # noise
    return make.referral(make.report(holder=holder), to=harbor, by=analyst)


@pytest.fixture
def acted_on(sent, detective):
    open_referral(sent.reference, by=detective)
    accept_referral(sent.reference, by=detective)
    record_outcome(sent.reference, disposition=Disposition.ARREST, by=detective)
    return sent


def read_by(holder, *, days: float = 0) -> list[ReleaseWord]:
    with clock.clock_set_to(clock.now() + timedelta(days=days)):
        return [told.word for told in open_by_receipt(by=holder)[0].released]


def stages_read_by(holder) -> list[str]:
    return [stage.stage for stage in open_by_receipt(by=holder)[0].stages]


def test_an_outcome_alone_tells_the_reporter_nothing_ever(acted_on, holder):
    assert read_by(holder, days=400) == []


def test_a_released_word_shows_days_later_and_not_before(acted_on, detective, holder):
    release = release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)

    assert read_by(holder) == read_by(holder, days=2.9) == []
    assert read_by(holder, days=10.1) == [ReleaseWord.IN_HAND]
    assert release.shown_from == shown_from(release.chosen_at, ZONE)


def test_it_can_be_taken_back_before_it_shows_and_not_after(acted_on, detective, holder):
    release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)
    assert keep_outcome(acted_on.reference, by=detective) == 1
    assert read_by(holder, days=30) == []

    release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)
    with clock.clock_set_to(clock.now() + timedelta(days=11)):
        assert keep_outcome(acted_on.reference, by=detective) == 0
    assert read_by(holder, days=30) == [ReleaseWord.IN_HAND]


def test_a_second_choice_replaces_the_one_that_waits(acted_on, detective, holder):
    release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)
    record_outcome(
        acted_on.reference, disposition=Disposition.CHILD_SAFEGUARDED, count=1, by=detective
    )
    release_outcome(acted_on.reference, word=ReleaseWord.CHILD_HELPED, by=detective)

    assert read_by(holder, days=30) == [ReleaseWord.CHILD_HELPED]


def test_before_it_was_accepted_there_is_nothing_to_release(sent, detective):
    with pytest.raises(ReferralStateError):
        release_outcome(sent.reference, word=ReleaseWord.IN_HAND, by=detective)


def test_another_agency_releases_nothing(acted_on, holder):
    elsewhere = make.officer(make.agency("valley-police", regions=("ON",)))

    with pytest.raises(Referral.DoesNotExist):
        release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=elsewhere)


def test_what_an_agency_gives_back_it_tells_nothing_of(acted_on, detective, holder):
    release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)
    decline_referral(
        acted_on.reference, because=Ending.NO_POWER, note="Not ours to do.", by=detective
    )

    assert read_by(holder, days=30) == []


def of_a_provider(provider: Provider) -> Report:
    """A report that a provider filed, walked to the queue."""
    delivery = Delivery(
        submission=make.submission(people=(), channel=Channel.ISPWS),
        source=b"<report/>",
        zone="UTC",
        provider=provider,
    )
    reference = receive_report(delivery, by=provider).reference
    report = report_by_reference_at(reference)
    walk(report.pk)
    return report


def report_by_reference_at(reference: str) -> Report:
    with acting_as(Station.PIPELINE.context):
        return report_by_reference(reference, actor=Station.PIPELINE)


def test_a_provider_learns_the_same_word_of_its_own_reports_alone(harbor, analyst, detective):
    own, other = (
        add_provider(code, name=code, password=secrets.token_hex(16), by=Station.SET_UP)
        for code in ("pier-chat", "ferry-chat")
    )
    reports = [of_a_provider(one) for one in (own, other)]
    for report in reports:
        referral = make.referral(report, to=harbor, by=analyst)
        open_referral(referral.reference, by=detective)
        accept_referral(referral.reference, by=detective)
        record_outcome(referral.reference, disposition=Disposition.CHARGED, by=detective)
        release_outcome(referral.reference, word=ReleaseWord.IN_HAND, by=detective)
    ids = [report.pk for report in reports]

    def learnt(days: int) -> dict:
        with clock.clock_set_to(clock.now() + timedelta(days=days)), acting_as(own.context):
            return shown_to_provider(ids, actor=own)

    assert learnt(2) == {}
    assert {report: [t.word for t in told] for report, told in learnt(11).items()} == {
        ids[0]: [ReleaseWord.IN_HAND]
    }
    with acting_as(own.context):
        assert set(Release.objects.values_list("report", flat=True)) == {ids[0]}


def test_undoing_a_referral_takes_passed_on_from_the_reporters_page(sent, analyst, holder):
    assert stages_read_by(holder) == ["received", "read", "passed-on"]

    undo_referral(sent.reference, by=analyst)

    assert stages_read_by(holder) == ["received", "read"]
    walk(sent.report_id)
    with acting_as(Station.PIPELINE.context):
        assert QueueItem.objects.filter(report=sent.report_id).exists()


def test_what_was_sent_elsewhere_too_stays_passed_on(sent, analyst, holder):
    second = make.referral(sent.report, to=make.agency("isle-police"), by=analyst)

    undo_referral(second.reference, by=analyst)

    assert stages_read_by(holder) == ["received", "read", "passed-on"]


def test_a_tipline_that_holds_no_such_compartment_takes_no_stage_away(sent, harbor, detective):
    with acting_as(detective.context):
        assert Stage.objects.filter(report=sent.report_id).delete()[0] == 0


def test_the_detective_chooses_on_the_page_and_reads_when_it_shows(acted_on, detective):
    browser = make.browser(detective)
    address = f"/en/referrals/{acted_on.reference}"
    before = browser.get(address).content.decode()
    assert 'value="in-hand"' in before
    assert 'value="child-helped"' not in before

    wrong = browser.post(f"{address}/tell", {"word": "child-helped"})
    right = browser.post(f"{address}/tell", {"word": "in-hand"}, follow=True)

    assert wrong.status_code == 422
    assert "Choose one that fits the outcome" in wrong.content.decode()
    assert "will read from Monday" in right.content.decode()
    nothing = browser.post(f"{address}/tell", {"word": ""}, follow=True)
    assert "will read from" not in nothing.content.decode()


def test_each_choice_leaves_one_line_that_names_its_referral(acted_on, detective):
    release_outcome(acted_on.reference, word=ReleaseWord.IN_HAND, by=detective)
    keep_outcome(acted_on.reference, by=detective)

    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event__in=[Event.OUTCOME_RELEASED, Event.RELEASE_WITHDRAWN])
        told = [(line.event, line.details["referral"]) for line in lines.order_by("id")]
    assert told == [
        (Event.OUTCOME_RELEASED, str(acted_on.pk)),
        (Event.RELEASE_WITHDRAWN, str(acted_on.pk)),
    ]
