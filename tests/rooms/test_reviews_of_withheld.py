"""What is kept from every agency is drawn by lot, and read by another person."""

import pytest

from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.later.rules import KeptBecause
from havre.plumbing.context import acting_as
from havre.referrals.later.actions import keep_words_back, pass_words_on
from havre.referrals.reviewing.actions import open_review
from havre.referrals.reviewing.forms import VerdictForm
from havre.triage.reviews.actions import read_reviews, write_review
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.reading import Verdict, VerdictError, Why
from havre.triage.reviews.rules.sampling import Decided, DecisionKind, sampling
from tests import make, splitting
from tests.pages import assert_sound
from tests.splitting import analyst, calm, harbor, passages, receipt, send, valley
from tests.told import referral, report, tell, words_of

__all__ = ["analyst", "calm", "harbor", "receipt", "referral", "report", "valley"]  # fixtures
SAID = "He has a boat now."


@pytest.fixture(autouse=True)
def _everything_of_it_is_drawn(monkeypatch):
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: True)


@pytest.fixture
def second(harbor):
    return make.officer(the_tipline(), Role.SUPERVISOR)


def drawn() -> list[Review]:
    with acting_as(Station.PIPELINE.context):
        found = Review.objects.waiting().filter(kind=DecisionKind.WITHHELD)
        return list(found.select_related("report"))


def keep_back(report, *, by) -> None:
    chosen = words_of(report, by=by)
    keep_words_back(report.reference, messages=chosen, because=KeptBecause.NOTHING_NEW, by=by)


def test_a_word_that_is_kept_back_is_read_by_another_person(
    report, referral, analyst, second, receipt
):
    tell(report, receipt, SAID)
    keep_back(report, by=analyst)

    (review,) = drawn()
    assert review.decided_by == analyst
    assert review.known["words"] == [str(one) for one in words_of(report, by=second)]
    assert SAID not in str(review.known)
    assert str(review.pk) in {str(row.pk) for row in read_reviews(by=second).rows}
    assert str(review.pk) not in {str(row.pk) for row in read_reviews(by=analyst).rows}
    assert open_review(review.pk, by=second).sent is None

    browser = make.browser(second)
    for place, words in {
        "/en/second-readings": "no agency is given them",
        "/fr/deuxiemes-lectures": "aucun organisme ne les reçoit",
    }.items():
        answer = browser.get(f"{place}/{review.pk}", follow=True)
        page = assert_sound(answer.content).text_content()
        assert words in page
        assert SAID in page
        assert "instead_to" not in answer.content.decode()

    with pytest.raises(VerdictError):
        write_review(review.pk, verdict=Verdict.DISAGREE, why=[Why.OTHER_AGENCY], by=second)
    write_review(
        review.pk, verdict=Verdict.DISAGREE, why=[Why.SHOULD_GO], note="He moved.", by=second
    )
    assert drawn() == []


def test_passed_on_after_all_it_need_not_be_read_unless_somebody_has_begun(
    report, referral, analyst, second, receipt
):
    tell(report, receipt, SAID)
    keep_back(report, by=analyst)
    told = words_of(report, by=analyst)
    pass_words_on(report.reference, messages=told, by=analyst)
    assert drawn() == []

    tell(report, receipt, "He has two boats now.")
    last = words_of(report, by=analyst)[-1:]
    because = KeptBecause.NOTHING_NEW
    keep_words_back(report.reference, messages=last, because=because, by=analyst)
    open_review(drawn()[0].pk, by=second)
    pass_words_on(report.reference, messages=last, by=analyst)
    assert len(drawn()) == 1


def test_so_is_a_passage_of_a_split_report_that_was_put_to_none(
    calm, analyst, receipt, harbor, valley
):
    send(calm, 2, harbor, by=analyst)
    send(calm, 3, valley, by=analyst)
    splitting.tell(calm, receipt, SAID)
    names = list(passages(calm, by=analyst).values())
    splitting.put(calm, {name: {2} for name in names}, by=analyst)
    assert drawn() == []

    splitting.tell(calm, receipt, "Thank you.")
    names = list(passages(calm, by=analyst).values())
    splitting.put(calm, {name: set() for name in names}, by=analyst)
    (review,) = drawn()
    assert review.known["words"] == [str(words_of(calm, by=analyst)[-1])]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (DecisionKind.LANE, {"instead_band"}),
        (DecisionKind.REFERRAL, {"instead_to"}),
        (DecisionKind.WITHHELD, set()),
    ],
)
def test_what_it_should_have_been_instead_is_asked_where_it_can_be_said(harbor, kind, asked):
    fields = {*VerdictForm(kind=kind, language="en").fields}
    assert fields & {"instead_band", "instead_to"} == asked


def test_a_fifth_of_them_is_drawn():
    calmest = Decided(kind=DecisionKind.WITHHELD, band="D", channel="web", language="en")
    assert sampling().percent_of(calmest) == 20
