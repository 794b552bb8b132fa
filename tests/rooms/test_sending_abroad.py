"""Nothing goes abroad from the desk: the international desk assesses the risk first."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.models import Agency
from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.intake.models import GIVEN, Message, Share
from havre.plumbing.context import acting_as
from havre.referrals.actions import refer_report
from havre.referrals.identity.models import IdentityGrant
from havre.referrals.later.actions import pass_words_on, warn_of_words
from havre.referrals.later.translated import tell_of_translation
from havre.referrals.models import Remark
from havre.referrals.rules.guards import RiskNotAssessedError
from havre.referrals.rules.sending import RemarkKind
from havre.referrals.sending.actions import send_report, undo_referral
from havre.referrals.splitting.actions import read_split
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.wiring.jobs import tell_who_has_it
from tests import make, splitting
from tests.told import CALM, TONIGHT, news_of, tell, words_of

pytestmark = pytest.mark.django_db
TOLD_ABROAD = "Він пише мені про човни."
PAGES = {
    "en": ("/en/reports/{}/refer", "nothing is told there before its risk of mistreatment"),
    "fr": ("/fr/signalements/{}/transmettre", "le risque de mauvais traitements"),
}


@pytest.mark.parametrize("language", PAGES)
def test_a_report_is_not_sent_abroad_and_the_page_says_who_does_that(language):
    make.directory()
    far = make.agency("far-police", kind=AgencyKind.FOREIGN)
    analyst, report = make.analyst(), make.report()
    address, words = PAGES[language]

    with pytest.raises(RiskNotAssessedError):
        make.referral(report, to=far, by=analyst)
    typed = {"to": "far-police", "reason": "The person lives there."}
    refused = make.browser(analyst).post(address.format(report.reference), typed)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    with acting_as(Station.PIPELINE.context):
        assert not Share.objects.exists()


def test_it_is_sent_to_the_national_centre_and_to_a_hotline_as_ever():
    make.directory()
    analyst, report = make.analyst(), make.report()
    hotline = make.agency("far-hotline", kind=AgencyKind.HOTLINE)
    centre = agency_by_code("national-centre")

    assert make.referral(report, to=centre, by=analyst).to_agency == centre
    assert make.referral(report, to=hotline, by=analyst).to_agency == hotline


# ---------------------------------------------------- what stood before that, and is told no more


@pytest.fixture
def harbor():
    return make.directory()


@pytest.fixture
def desk(harbor):
    return make.officer(the_tipline(), Role.SUPERVISOR)


def sent_there_before(report, *, by, incident=1):
    """A referral that was sent to a partner abroad when that was not refused yet."""
    far = make.agency("far-police")
    sent = refer_report(report, to=far, reason="Their shore.", incident=incident, by=by)
    Agency.objects.filter(pk=far.pk).update(kind=AgencyKind.FOREIGN)
    return sent


REFUSALS = {
    "en": "the risk of mistreatment there was not assessed",
    "fr": "le risque de mauvais traitements n\u2019y a pas été évalué",
}
TYPED = {
    "add_to_referral": {"text": "It was at noon."},
    "give_identity": {"because": "agrees", "words": "By message."},
    "reply": {"text": "The one by the river."},
}


@pytest.mark.parametrize("language", REFUSALS)
@pytest.mark.parametrize("door", TYPED)
def test_nothing_is_added_to_what_is_there_already(desk, language, door):
    sent = sent_there_before(make.report(), by=desk)
    before = news_of(sent)
    with override(language):
        address = reverse(door, kwargs={"reference": sent.reference})

    page = make.browser(desk).post(address, TYPED[door], follow=True).content.decode()

    assert REFUSALS[language] in page
    assert news_of(sent) == before
    with acting_as(Station.PIPELINE.context):
        assert not IdentityGrant.objects.exists()
        assert not Remark.objects.filter(referral=sent, kind=RemarkKind.ADDITION).exists()


@pytest.mark.parametrize("language", REFUSALS)
def test_later_words_wait_until_it_is_taken_back_there(desk, harbor, language):
    receipt = make.receipt()
    report = make.report(CALM, holder=receipt)
    near, far = make.referral(report, to=harbor, by=desk), sent_there_before(report, by=desk)
    before = news_of(far)
    tell(report, receipt, TONIGHT)
    assert [one.pk for one in warn_of_words(report.pk, by=Station.PIPELINE)] == [near.pk]
    words = words_of(report, by=desk)
    with override(language):
        address = reverse("pass_words_on", kwargs={"reference": report.reference})

    typed = {"read": [str(one) for one in words]}
    page = make.browser(desk).post(address, typed, follow=True).content.decode()
    assert REFUSALS[language] in page
    # Nor do they go along with what is sent elsewhere meanwhile.
    valley = agency_by_code("valley-police")
    send_report(report, to=[valley], reason="Too.", is_anew=True, words=words, by=desk)
    with acting_as(Station.PIPELINE.context):
        assert not Message.objects.filter(GIVEN).exists()
    assert news_of(far) == before

    undo_referral(far.reference, by=desk)
    told = pass_words_on(report.reference, messages=words, by=desk)
    assert {one.to_agency.code for one in told} == {"harbor-police", "valley-police"}


@pytest.mark.parametrize("language", REFUSALS)
def test_later_words_of_a_split_report_go_to_no_incident_that_it_has(desk, harbor, language):
    receipt = make.receipt()
    people = (splitting.QUAY, splitting.PIER, make.REPORTER)
    report = make.report(splitting.STORY, people=people, holder=receipt)
    splitting.split_in_two(report, by=desk)
    far = sent_there_before(report, by=desk, incident=2)
    refer_report(report, to=harbor, reason="Their shore.", incident=3, by=desk)
    before = news_of(far)
    splitting.tell(report, receipt)
    names = splitting.passages(report, by=desk)

    with pytest.raises(RiskNotAssessedError):
        splitting.put(report, {names["Quay"]: {2}}, by=desk)
    read = [str(one) for one in read_split(report.reference, by=desk).messages]
    typed = {"piece_0": ["2"], "read": read}
    with override(language):
        address = reverse("split", kwargs={"reference": report.reference})
    page = make.browser(desk).post(address, typed, follow=True).content.decode()
    assert REFUSALS[language] in page
    assert splitting.to_place(report) == 1
    assert news_of(far) == before

    told = splitting.put(report, {names["Pier"]: {3}}, by=desk)
    assert [one.to_agency.code for one in told] == ["harbor-police"]


def test_it_is_told_of_no_translation(desk, harbor):
    report = make.report(TOLD_ABROAD)
    near, far = make.referral(report, to=harbor, by=desk), sent_there_before(report, by=desk)
    told = Translated(text="Boats.", who="No. 214")
    write_translation(report.reference, told=told, from_language="uk", to_language="en", by=desk)
    before = news_of(far)

    tell_who_has_it(report=str(report.pk))
    with pytest.raises(RiskNotAssessedError):
        tell_of_translation(far.reference, by=Station.PIPELINE)

    assert "referral.added-to" in news_of(near)
    assert news_of(far) == before
