"""Nothing goes abroad from the desk: the international desk assesses the risk first."""

import pytest

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.intake.models import Share
from havre.plumbing.context import acting_as
from havre.referrals.rules.guards import RiskNotAssessedError
from tests import make

pytestmark = pytest.mark.django_db
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
