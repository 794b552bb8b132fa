"""Where a form was refused, its page stands at another address; links lead on from it."""

from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from tests import make
from tests.splitting import analyst, harbor

__all__ = ["analyst", "harbor"]  # fixtures
QUAY = Person(
    role=PersonRole.SUSPECT, identifiers=(GivenIdentifier(kind="email", value="quay@example.com"),)
)


def test_to_more_links_of_a_report_of_the_desk_and_of_an_agency(analyst, harbor, monkeypatch):
    monkeypatch.setattr("havre.referrals.pages.tables.FIRST_LINKS", 0)
    first, second = (make.report("Boats.", people=(QUAY,)) for _ in range(2))
    desk = make.browser(analyst)
    refused = desk.post(f"/en/reports/{second.reference}/close", {})
    assert refused.status_code == 422
    assert f'href="/en/reports/{second.reference}?links=all#links"' in refused.content.decode()

    for report in (first, second):
        sent = make.referral(report, to=harbor, by=analyst)
    police = make.browser(make.officer(harbor))
    refused = police.post(f"/en/referrals/{sent.reference}/return", {})
    assert refused.status_code == 422
    assert f'href="/en/referrals/{sent.reference}?links=all#links"' in refused.content.decode()
