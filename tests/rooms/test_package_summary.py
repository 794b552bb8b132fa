"""The page of a package that a person reads: complete, in the agency's languages, and no more."""

import io
import zipfile

import pikepdf
import pypdf
import pytest

from havre.intake.rules.submission import (
    Access,
    FileFacts,
    GivenIdentifier,
    LegalBasis,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
)
from havre.referrals.actions import refer_report
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.sending import Caveat
from tests import make

SUSPECT = Person(
    role=PersonRole.SUSPECT,
    names=("Dock Master",),
    age=41,
    access=Access.WORK_OR_CARE,
    places=(Place(role=PlaceRole.SUSPECT, city="Winnipeg", region="MB"),),
    identifiers=(
        GivenIdentifier(kind="email", value="dock.master@example.com", platform="mail"),
        GivenIdentifier(kind="ip", value="192.0.2.7", legal_basis=LegalBasis.VOLUNTARY),
        GivenIdentifier(
            kind="ip",
            value="192.0.2.8",
            port=443,
            event="Login",
            at=Moment(at="2026-11-20T14:31:00Z"),
            legal_basis=LegalBasis.ORDER,
        ),
    ),
)
WITNESS = Person(
    role=PersonRole.WITNESS,
    names=("Lamplighter",),
    identifiers=(GivenIdentifier(kind="phone", value="204-555-0177"),),
)
NARRATIVE = (
    "He asked me to meet on Saturday at the library in Winnipeg.\n"
    "Mom answers at 204-555-0142. #panic() *now* ᐃᓄ"
)
# What only the reporter and a witness gave of themselves, and an address without a basis.
SECRETS = ("Robin", "5550142", "555-0142", "Lamplighter", "555-0177", "192.0.2.7")


def said_in(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.fixture
def package(db) -> dict[str, bytes]:
    harbor = make.directory()
    report = make.report(
        NARRATIVE,
        people=(SUSPECT, make.REPORTER, WITNESS),
        files=(FileFacts(media_type="image/png", size=912, viewed_by_sender=False),),
    )
    referral = refer_report(
        report,
        to=harbor,
        reason="Their harbor. Call them at 204-555-0142.",
        caveats=[Caveat.HOME_NOT_SAFE],
        by=make.analyst(),
    )
    container = fetch_package(referral.reference, by=make.officer(harbor))
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_summary_says_what_goes_along_and_what_is_withheld(package):
    said = said_in(package["summary.en.pdf"])

    for told in (
        "He asked me to meet on Saturday",
        "#panic() *now* ⟨U+1403 U+14C4⟩",
        "Harbor Police",
        "dock.master@example.com",
        "192.0.2.8",
        "port number 443",
        "under an order",
        "Mom answers at [withheld]",
        "Call them at [withheld]",
        "R v Bykovets, 2024 SCC 6",
        "Who reported",
        "Do not call or write to the home",
        "havre package verify",
        "Say what came of it",
    ):
        assert " ".join(told.split()) in " ".join(said.split()), told


def test_the_summary_stands_in_each_language_of_the_agency(package):
    said = " ".join(said_in(package["summary.fr.pdf"]).split())

    for told in ("est pas communiqué, et pourquoi", "[non communiqué]", "Harbor Police (fr)"):
        assert told in said, told
    assert "withheld" not in said
    with pikepdf.open(io.BytesIO(package["summary.fr.pdf"])) as pdf:
        assert pdf.Root.Lang == "fr-CA"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_summary_never_says_who_reported_or_what_is_withheld(package, language):
    said = said_in(package[f"summary.{language}.pdf"])

    assert [secret for secret in SECRETS if secret in said] == []
