"""The receipts of section 2 at a provider's console: the list, one as page, paper and JSON."""

import base64
import io
import json
import re
from html import unescape

import pikepdf
import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from havre.audit.models import Entry
from havre.intake.law.actions import report_addresses
from havre.intake.law.models import AddressReport
from havre.intake.receipts.actions import read_receipt, read_receipts
from havre.intake.receipts.paper import paper_of
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests import make
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="test", scope=Scope.WORK)
PLACE = "https://example.com/lantern"
LISTS = {"en": "/en/receipts", "fr": "/fr/recepisses"}


@pytest.fixture
def wire(db):
    make.directory()
    return a_provider("harbor-chat")


@pytest.fixture
def engineer(wire):
    return an_engineer(wire, "p.roy")


@pytest.fixture
def company(wire):
    return wire.provider


def proof_on(page: str) -> dict[str, str]:
    found = re.findall(r'<dt>([^<]+)</dt><dd class="mono">([^<]+)</dd>', page)
    return {unescape(label): unescape(text) for label, text in found}


def is_signed(text: str, signature: str, key: str) -> bool:
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    public.verify(base64.b64decode(signature), text.encode())
    return True


def test_the_list_is_the_own_provider_s_by_pages_and_each_look_is_logged(
    company, engineer, monkeypatch
):
    assert read_receipts(by=engineer).rows == ()
    first, second = (report_addresses((PLACE,), by=company) for _ in range(2))
    monkeypatch.setattr("havre.intake.receipts.reads.ROWS", 1)
    page = read_receipts(by=engineer)
    assert (page.rows, page.chosen) == ((second,), 2)
    rest = read_receipts(after=page.next, by=engineer)
    assert (rest.rows, rest.next) == ((first,), "")
    other = an_engineer(a_provider("quay-chat"), "r.roy")
    assert read_receipts(by=other).rows == ()
    with pytest.raises(AddressReport.DoesNotExist):
        read_receipt(first.incident_number, by=other)
    read_receipt(first.incident_number, by=engineer)
    with acting_as(EVERYTHING):
        details = Entry.objects.filter(event="console.read").latest("id").details
    assert details == {"page": "receipt", "incident_number": first.incident_number}


@pytest.mark.parametrize("language", LISTS)
def test_page_paper_and_file_say_the_same_and_anybody_can_check_each(company, engineer, language):
    row = report_addresses((PLACE,), by=company)
    browser = signed_in(engineer, Client(HTTP_HOST="localhost"))
    listed = browser.get(LISTS[language]).content.decode()
    assert row.incident_number in listed
    at = f"{LISTS[language]}/{row.incident_number}"
    page = browser.get(at).content.decode()
    text, signature, key, _way = proof_on(page).values()
    assert is_signed(text, signature, key)
    said = json.loads(text)
    assert said["incident_number"] == row.incident_number
    assert said["provider_identifier"] == "harbor-chat"
    paths = re.findall(rf'href="({at}/[^"]+)"', page)
    paper, file = (browser.get(path) for path in paths)
    told = json.loads(file.content)
    assert (told["receipt"], told["signature"], told["public_key"]) == (said, signature, key)
    printed = "".join(
        one.extract_text() for one in pypdf.PdfReader(io.BytesIO(paper.content)).pages
    )
    for whole in (text, signature, key):
        assert re.sub(r"\s", "", whole) in re.sub(r"\s", "", printed)
    assert row.incident_number in printed
    for shown in (listed, page, printed, file.content.decode()):
        assert "lantern" not in shown, "a receipt says nothing of the addresses"


def test_the_paper_is_archival_speaks_its_language_and_never_changes(company):
    row = report_addresses((PLACE,), by=company)
    papers = {language: paper_of(row, language=language) for language in LISTS}
    assert papers["en"] == paper_of(row, language="en")
    for language, title in (("en", "Receipt for a report"), ("fr", "Reçu d")):
        with pikepdf.open(io.BytesIO(papers[language])) as pdf:
            assert str(pdf.Root.Lang) == f"{language}-CA"
            assert pdf.open_metadata()["pdfaid:part"] == "2"
            assert str(pdf.docinfo["/Title"]).startswith(title)
