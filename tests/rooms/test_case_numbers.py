"""A number that somebody reads out is found: of a case, of a referral, of a report."""

import pytest

from havre.agencies.reads import agency_by_code
from havre.cases.actions import open_case
from havre.cases.contents.actions import link_report
from havre.cases.search.actions import search_cases
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def detective():
    return make.officer(make.directory())


@pytest.fixture
def neighbour(detective):
    return make.officer(agency_by_code("valley-police"))


@pytest.mark.parametrize("written", ["{0}", " {1} ", "{2}", "{3}"])
def test_a_case_is_found_by_its_number_however_it_is_written(detective, neighbour, written):
    case = open_case("The pier.", by=detective)
    open_case("Another.", by=detective)
    others = [open_case("Theirs.", by=neighbour), open_case("Theirs too.", by=neighbour)]
    text = written.format(
        case.written_number,
        f"{case.year}/{case.number}",
        case.reference,
        case.reference.lower().replace("-", " "),
    )

    assert search_cases(text, by=detective).cases == (case,)
    assert case not in search_cases(text, by=neighbour).cases
    assert others[0].pk != case.pk


def test_a_referral_is_found_by_its_number_and_by_that_of_its_report(detective, neighbour):
    report = make.report()
    referral = make.referral(report, to=detective.agency, by=make.analyst())

    for text in (referral.reference, report.reference.lower(), f" {report.reference[2:]}"):
        assert search_cases(text, by=detective).numbered == (referral,)
        assert search_cases(text, by=neighbour).numbered == ()
    assert search_cases("Robin", by=detective).numbered == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_leads_there_and_a_case_leads_to_its_referral(detective, language):
    report = make.report()
    referral = make.referral(report, to=detective.agency, by=make.analyst())
    case = open_case("The pier.", by=detective)
    link_report(case.reference, report.reference, by=detective)
    browser = make.browser(detective)
    search, place, led = {
        "en": ("/en/cases/search", f"/en/cases/{case.reference}", "/en/referrals/"),
        "fr": ("/fr/dossiers/recherche", f"/fr/dossiers/{case.reference}", "/fr/transmissions/"),
    }[language]

    shown = browser.post(search, {"text": case.written_number}).content.decode()
    assert f'href="{place}"' in shown
    shown = browser.post(search, {"text": referral.reference}).content.decode()
    assert f'href="{led}{referral.reference}"' in shown
    assert f'href="{led}{referral.reference}"' in browser.get(place).content.decode()
