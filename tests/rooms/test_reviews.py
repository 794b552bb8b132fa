"""Decisions that are drawn by lot and read by another person, and what comes of the reading."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.oversight.actions import read_measures
from havre.oversight.rules import Share
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.referrals.reviewing.actions import open_review
from havre.referrals.sending.actions import undo_referral
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.reviews.actions import follow_review, read_reviews, write_review
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.reading import (
    FollowUp,
    NotDrawnError,
    Verdict,
    VerdictError,
    Why,
)
from havre.triage.reviews.rules.sampling import Decided, DecisionKind, sampling
from havre.triage.rules.words import Band
from tests import make
from tests.pages import assert_sound

NOTE = "The child lives across the river."


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def second(harbor):
    return make.officer(the_tipline(), Role.SUPERVISOR)


@pytest.fixture(autouse=True)
def _everything_is_drawn(monkeypatch):
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: True)


@pytest.fixture
def referral(harbor, analyst):
    return make.referral(make.report(), to=harbor, by=analyst)


def drawn() -> Review:
    with acting_as(Station.PIPELINE.context):
        return Review.objects.select_related("report").get()


def disagree(pk: UUID, *, by, **also) -> Review:
    told = {"verdict": Verdict.DISAGREE, "why": [Why.OTHER_AGENCY], "note": NOTE}
    return write_review(pk, **(told | also), by=by)


def test_nobody_learns_that_a_decision_of_their_own_was_drawn(referral, analyst, second):
    review = drawn()

    assert read_reviews(state="mine", by=analyst).rows == ()
    assert read_reviews(by=analyst).waiting == 0
    with pytest.raises(Review.DoesNotExist):
        open_review(review.pk, by=analyst)
    with pytest.raises(Review.DoesNotExist):
        write_review(review.pk, verdict=Verdict.AGREE, by=analyst)
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reviews_review")
        assert cursor.fetchone() == (0,)
        lines = set(Entry.objects.values_list("event", flat=True))
    assert not {event for event in lines if event.startswith("review.")}
    assert [row.pk for row in read_reviews(by=second).rows] == [review.pk]

    disagree(review.pk, by=second)
    assert [row.pk for row in read_reviews(state="mine", by=analyst).rows] == [review.pk]
    assert open_review(review.pk, by=analyst).note == NOTE


def test_what_was_known_then_stays_and_holds_nothing_typed(referral, second):
    review = drawn()
    assert review.known["rule"]
    assert review.known["reasons"]
    assert review.known["suggested"]
    policy, report = sampling(), referral.report
    told = {"channel": report.channel, "language": report.language}
    percent = policy.percent_of(Decided(kind=DecisionKind.REFERRAL, band=referral.band, **told))
    drawn_by = (review.band, review.percent, review.sampled_by)
    assert drawn_by == (referral.band, percent, policy.version)
    assert "Saturday" not in str(review.known)

    opened = open_review(review.pk, by=second)
    assert opened.sent.reason == "Their harbor."
    assert "Saturday" in opened.opened.submission.incidents[0].narrative


def test_a_decision_is_drawn_by_its_own_number_under_the_key_and_leaves_no_row_otherwise(
    harbor, analyst, monkeypatch
):
    asked = []

    def is_drawn(subject, *, key, percent):
        asked.append((subject, key, percent))
        return False

    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", is_drawn)
    sent = make.referral(make.report(), to=harbor, by=analyst)

    told = {"channel": sent.report.channel, "language": sent.report.language}
    decided = Decided(kind=DecisionKind.REFERRAL, band=sent.band, **told)
    assert asked == [(sent.pk, keys().pepper("review"), sampling().percent_of(decided))]
    with acting_as(Station.PIPELINE.context):
        assert not Review.objects.exists()


def test_a_reading_is_kept_once_changes_nothing_and_its_codes_stand_in_the_log(referral, second):
    review = drawn()
    valley = agency_by_code("valley-police")
    with pytest.raises(VerdictError):
        write_review(review.pk, verdict=Verdict.DISAGREE, note=NOTE, by=second)

    read = disagree(review.pk, instead_to=valley, by=second)

    assert (read.instead_to, read.why) == (valley, [Why.OTHER_AGENCY])
    with pytest.raises(NotDrawnError):
        write_review(review.pk, verdict=Verdict.AGREE, by=make.analyst())
    with acting_as(Station.PIPELINE.context):
        referral.refresh_from_db()
        line = Entry.objects.get(event=Event.REVIEW_WRITTEN)
        assert NOTE.encode() not in bytes(Review.objects.get().note)
    assert referral.state == "sent"
    assert line.details["why"] == ["other-agency"]
    assert NOTE not in str(line.details)
    follow_review(review.pk, followed_as=FollowUp.CORRECTED, by=second)
    assert read_reviews(state="to-follow", by=second).rows == ()


def test_nothing_follows_from_an_agreement(referral, second):
    write_review(drawn().pk, verdict=Verdict.AGREE, by=second)
    with pytest.raises(NotDrawnError):
        follow_review(drawn().pk, followed_as=FollowUp.NOTHING, by=second)


def test_the_database_too_refuses_whoever_decided_as_a_reader(referral, analyst):
    with (
        acting_as(Station.PIPELINE.context),
        pytest.raises(IntegrityError, match="read_by_another_person"),
        transaction.atomic(),
    ):
        Review.objects.update(read_by=analyst)


def test_a_lane_set_by_hand_is_drawn_unless_a_second_person_confirms_it_anyhow(analyst, second):
    calm = make.report("Old boats in the bay, and no child is in it.")
    told = {"reason": OverrideReason.MISSED, "note": "A child is near.", "by": analyst}
    set_lane(calm.reference, to=Band.A, **told)
    review = drawn()
    assert (review.kind, review.report) == ("lane", calm)

    opened = open_review(review.pk, by=second)
    assert opened.override.note == "A child is near."
    write_review(
        review.pk,
        verdict=Verdict.DISAGREE,
        why=[Why.TOO_HIGH],
        instead_band=Band.B,
        note=NOTE,
        by=second,
    )
    assert drawn().instead_band == Band.B

    urgent = make.report(danger_now=True)
    set_lane(urgent.reference, to=Band.C, **told)
    assert drawn() == review


def test_what_was_taken_back_unread_is_read_by_nobody(referral, analyst, second):
    undo_referral(referral.reference, by=analyst)

    assert read_reviews(by=second).rows == ()
    with pytest.raises(Review.DoesNotExist):
        open_review(drawn().pk, by=second)


def test_the_measures_say_how_often_the_two_agree_by_group_and_never_by_person(
    harbor, analyst, second
):
    for verdict in (Verdict.AGREE, Verdict.DISAGREE):
        referral = make.referral(make.report(), to=harbor, by=analyst)
        with acting_as(Station.PIPELINE.context):
            review = Review.objects.get(subject=referral.pk)
        is_against = verdict is Verdict.DISAGREE
        why = [Why.TOO_EARLY] if is_against else []
        write_review(review.pk, verdict=verdict, why=why, note=NOTE * is_against, by=second)

    readings = read_measures(days=30, by=second).decisions.readings

    assert {one.by for one, _share in readings} == {"kind", "band", "channel", "language"}
    assert {(one.agreed, one.read) for one, _share in readings} == {(1, 2)}
    assert all(share.low < 50 < share.high for _one, share in readings)
    page = make.browser(second).get("/en/measures").content
    assert_sound(page)
    assert "Second readings of decisions" in page.decode()
    assert analyst.display_name not in page.decode()


@pytest.mark.parametrize(("why", "part"), [(Why.OTHER_AGENCY, 1), (Why.TOO_EARLY, 0)])
def test_a_wrong_agency_that_keeps_a_report_is_counted_where_a_second_person_says_so(
    referral, second, why, part
):
    disagree(drawn().pk, why=[why], by=second)

    found = read_measures(30, by=second)
    assert (found.misrouted, found.read_misrouted) == (Share(0, 1), Share(part, 1))
    desk = make.browser(second)
    words_of = {"/en/measures": "another agency should", "/fr/mesures": "aurait dû"}
    for address, words in words_of.items():
        page = desk.get(address).content
        assert_sound(page)
        assert words in page.decode()


def test_what_waits_too_long_stands_in_the_summary_of_a_shift(referral, analyst, second):
    desk = make.browser(second)
    words = "drawn decision waits for a second reader"
    assert words not in desk.get("/en/shift").content.decode()

    with clock.clock_set_to(clock.now() + timedelta(days=4)):
        desk, own = make.browser(second), make.browser(analyst)
        late = desk.get("/en/shift").content
        assert_sound(late)
        assert words in late.decode()
        assert words not in own.get("/en/shift").content.decode()
        assert read_reviews(state="late", by=second).late == 1


def test_the_pages_show_say_what_is_missing_and_keep_what_was_typed(referral, second):
    desk, here = make.browser(second), f"/en/second-readings/{drawn().pk}"
    for page in ("/en/second-readings", here, "/fr/deuxiemes-lectures?state=late"):
        assert_sound(desk.get(page).content)

    faulty = desk.post(here, {"verdict": "disagree", "note": "", "instead_to": ""})
    assert faulty.status_code == 422
    assert_sound(faulty.content)
    for words in ("Tick what you would have done otherwise.", "Say in a sentence what you saw."):
        assert words in faulty.content.decode()
    typed = {"verdict": "disagree", "why": ["other-agency"], "note": NOTE, "instead_to": ""}
    shown = desk.post(here, typed, follow=True).content
    assert_sound(shown)
    assert NOTE in shown.decode()
    assert desk.post(f"{here}/follow", {"followed_as": ""}).status_code == 422
    done = desk.post(f"{here}/follow", {"followed_as": "nothing"}, follow=True).content.decode()
    assert "Looked at together" in done
    listed = desk.get("/en/second-readings?state=disagreed").content
    assert_sound(listed)
    assert referral.report.reference in listed.decode()


def test_whoever_decided_learns_from_no_line_that_it_was_opened_and_takes_nothing_back(
    referral, analyst, second
):
    review = drawn()
    open_review(review.pk, by=second)

    with acting_as(Station.PIPELINE.context):
        (line,) = Entry.objects.filter(event=Event.REVIEW_READ)
    assert (line.about_kind, line.about) == ("review", str(review.pk))
    page = make.browser(analyst).get(f"/en/reports/{referral.report.reference}").content.decode()
    assert "second reading" not in page

    first_opened = drawn().opened_at
    assert first_opened
    undo_referral(referral.reference, by=analyst)
    assert open_review(review.pk, by=second).review == review
    assert (drawn().opened_at, drawn().dropped_at) == (first_opened, None)
    assert disagree(review.pk, by=second).read_by == second
