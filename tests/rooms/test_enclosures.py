"""Documents of a partner's clerks: sealed as they came, for the desk and whoever sent them."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.abroad.actions import move_exchange, read_exchange
from havre.cases.abroad.dispatches.actions import ask_the_desk, read_dispatch, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures import rules
from havre.cases.abroad.enclosures.actions import fetch_enclosure, send_enclosures
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.rules import (
    Document,
    DocumentKind,
    EnclosureRefusedError,
    Refusal,
    Terms,
    check_documents,
    kind_of,
    name_kept,
    read_terms,
)
from havre.cases.abroad.keeping import Terms as ExchangeTerms
from havre.cases.abroad.risks.actions import assess_exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk
from havre.cases.abroad.rules.states import (
    Closing,
    ExchangeKind,
    ExchangeStateError,
    Handling,
    Reliability,
    Step,
)
from havre.cases.abroad.sealed import ExchangeWords
from havre.evidence.models import Exhibit
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound
from tests.waiting import waits_for

ORDER = Document(name="order.pdf", content=b"%PDF-1.7\nThe pier is to be searched.")
WORDS = ExchangeWords(title="The ferry", narrative="Who took it on Saturday?")
ASKED = ExchangeTerms(
    kind=ExchangeKind.INFORMATION,
    handling=Handling.H1,
    caveats=(),
    reliability=Reliability.LIKELY,
)
SMALL = Terms(is_taken=True, most_bytes=100, most_at_once=2, most_with_one=3, most_a_day=4)
PATH = {"en": "correspondence", "fr": "correspondance"}


@pytest.fixture
def desk(db):
    make.directory()
    return make.officer(make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


@pytest.fixture
def clerk(desk):
    return make.officer(make.agency("far-police", kind=AgencyKind.FOREIGN), Role.FOREIGN_CLERK)


@pytest.fixture
def asked(clerk):
    return ask_the_desk(WORDS, terms=ASKED, by=clerk).reference


@pytest.fixture
def vault(tmp_path, settings):
    settings.VAULT = tmp_path
    return tmp_path


def send(reference: str, *documents: Document, by, words: str = "The order of the court."):
    return send_enclosures(reference, documents, words=words, limits=Limits(), by=by)


def posted(browser: Client, reference: str, *files: tuple[str, bytes], language: str = "en"):
    held = [SimpleUploadedFile(name, content) for name, content in files]
    typed = {"documents": held, "words": "The order.", "handling": "h1", "caveats": ["no-arrest"]}
    return browser.post(f"/{language}/{PATH[language]}/{reference}/documents", typed)


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.SET_UP.context):
        return list(Entry.objects.filter(event=event))


def test_the_desk_fetches_a_document_byte_for_byte(desk, clerk, asked):
    (sent,) = send(asked, ORDER, by=clerk)
    assert (sent.kind, sent.size) == (DocumentKind.PDF, len(ORDER.content))
    assert sent.sha256 == sha256(ORDER.content).hexdigest()
    ((shown, name),) = read_exchange(asked, by=desk).documents
    assert (shown, name) == (sent, "order.pdf")
    assert fetch_enclosure(asked, sent.pk, by=desk).content == ORDER.content
    assert [line.details["sha256"] for line in lines(Event.ENCLOSURE_FETCHED)] == [sent.sha256]
    (line,) = lines(Event.ENCLOSURES_SENT)
    assert line.details["documents"] == [str(sent.pk)]
    assert "order" not in str(line.details)


def test_neither_name_nor_bytes_lie_in_clear(clerk, asked):
    send(asked, ORDER, by=clerk)
    with acting_as(Station.SET_UP.context), connection.cursor() as cursor:
        for table in ("enclosures_enclosure", "evidence_exhibit", "audit_entry"):
            told = str(cursor.execute(f"SELECT t::text FROM {table} t").fetchall())
            assert "order.pdf" not in told
            assert b"The pier".hex() not in told
            assert b"order.pdf".hex() not in told


def test_it_is_for_the_desk_and_whoever_sent_it_alone(desk, clerk, asked):
    (sent,) = send(asked, ORDER, by=clerk)
    other = make.officer(make.agency("far-hotline", kind=AgencyKind.HOTLINE), Role.FOREIGN_CLERK)
    detective = make.officer(make.agency_by_code("harbor-police"))
    analyst = make.officer(make.agency_by_code("tipline"), Role.TIPLINE_ANALYST)
    # The vault's own row is the desk's; who sent it sees what was kept of it here.
    told = {desk: (1, 1), clerk: (1, 0), other: (0, 0), detective: (0, 0), analyst: (0, 0)}
    for officer, (kept, sealed) in told.items():
        with acting_as(officer.context), connection.cursor() as cursor:
            for table, count in (("enclosures_enclosure", kept), ("evidence_exhibit", sealed)):
                found = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                assert found == count, (table, officer)
            assert Enclosure.objects.visible_to(officer).count() == kept
    for officer in (other, detective, analyst):
        with pytest.raises(Enclosure.DoesNotExist):
            fetch_enclosure(asked, sent.pk, by=officer)
    ((shown, name),) = read_dispatch(asked, by=clerk).documents
    assert (shown, name) == (sent, "order.pdf")


def test_a_document_of_one_exchange_is_not_found_under_another(desk, clerk, asked):
    (sent,) = send(asked, ORDER, by=clerk)
    other = ask_the_desk(WORDS, terms=ASKED, by=clerk).reference
    with pytest.raises(Enclosure.DoesNotExist):
        fetch_enclosure(other, sent.pk, by=desk)


def test_what_came_is_assessed_anew_and_the_desk_is_told(desk, clerk, asked):
    assess_exchange(asked, acts=(Act.USE,), risk=Risk.NOT_SUBSTANTIAL, grounds="-", by=desk)
    before = read_exchange(asked, by=desk).exchange
    send(asked, ORDER, by=clerk)
    after = read_exchange(asked, by=desk).exchange
    assert after.revision == before.revision + 1


def test_all_are_kept_or_none(clerk, asked, monkeypatch):
    monkeypatch.setattr("havre.cases.abroad.enclosures.actions.terms_in_force", lambda: SMALL)
    picture = Document(name="pier.pdf", content=b"\x89PNG\r\n")
    with pytest.raises(EnclosureRefusedError) as caught:
        send(asked, ORDER, picture, by=clerk)
    assert (caught.value.refusal, caught.value.name) == (Refusal.NOT_A_DOCUMENT, "pier.pdf")
    with acting_as(Station.SET_UP.context):
        assert not Enclosure.objects.exists()
        assert not Exhibit.objects.filter(size=len(ORDER.content)).exists()
    assert read_dispatch(asked, by=clerk).passages == ()


@pytest.mark.parametrize("fails", ["seal_name", "record"])
def test_nothing_half_kept_stays_in_the_vault(clerk, asked, vault, monkeypatch, fails):
    long = Document(name="long.txt", content=b"Seen at the pier. " * 20_000)
    monkeypatch.setattr(f"havre.cases.abroad.enclosures.actions.{fails}", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(asked, long, by=clerk)
    assert [one for one in vault.rglob("*") if one.is_file()] == []


def test_each_limit_is_kept_and_counted_for_the_partner(clerk, asked, monkeypatch):
    monkeypatch.setattr("havre.cases.abroad.enclosures.actions.terms_in_force", lambda: SMALL)

    def refusal_of(reference: str, *documents: Document) -> Refusal:
        with pytest.raises(EnclosureRefusedError) as caught:
            send(reference, *documents, by=clerk)
        return caught.value.refusal

    assert refusal_of(asked) is Refusal.NONE_GIVEN
    assert refusal_of(asked, ORDER, ORDER, ORDER) is Refusal.MOST_AT_ONCE
    assert refusal_of(asked, Document(name="a.txt", content=b"")) is Refusal.EMPTY
    assert refusal_of(asked, Document(name="a.txt", content=b"a" * 101)) is Refusal.TOO_LARGE
    assert [one.number for one in send(asked, ORDER, ORDER, by=clerk)] == [1, 2]
    assert refusal_of(asked, ORDER, ORDER) is Refusal.MOST_WITH_ONE
    other = ask_the_desk(WORDS, terms=ASKED, by=clerk).reference
    send(other, ORDER, ORDER, by=make.officer(clerk.agency, Role.FOREIGN_CLERK))
    assert refusal_of(asked, ORDER) is Refusal.MOST_A_DAY


def test_two_at_once_come_one_after_the_other_before_they_are_counted(clerk, asked):
    with waits_for(f"enclosures/{clerk.agency_id}"):
        send(asked, by=clerk)


def test_the_desk_may_take_none(clerk, asked, monkeypatch):
    off = Terms(**{**{n: getattr(SMALL, n) for n in Terms.__dataclass_fields__}, "is_taken": False})
    for place in ("actions", "wording"):
        monkeypatch.setattr(f"havre.cases.abroad.enclosures.{place}.terms_in_force", lambda: off)
    monkeypatch.setattr("havre.cases.abroad.dispatches.page.terms_in_force", lambda: off)
    with pytest.raises(EnclosureRefusedError) as caught:
        send(asked, ORDER, by=clerk)
    assert caught.value.refusal is Refusal.NOT_TAKEN
    page = make.browser(clerk).get(f"/en/correspondence/{asked}").content.decode()
    assert "Send documents" not in page


def test_nothing_is_sent_with_what_is_over(desk, clerk, asked):
    assess_exchange(
        asked, acts=(Act.USE, Act.DISCLOSURE), risk=Risk.NOT_SUBSTANTIAL, grounds="-", by=desk
    )
    move_exchange(asked, Step.CLOSE, words="", because=Closing.DONE, by=desk)
    with pytest.raises(ExchangeStateError):
        send(asked, ORDER, by=clerk)


IN_WORDS = {
    "en": (
        "Documents (requests, orders, translations); no abuse material",
        "2 documents are with the desk.",
        "Pictures and films are never sent this way.",
    ),
    "fr": (
        "Documents (demandes, ordonnances, traductions)",
        "2 documents sont au bureau.",
        "Ni images ni films ne passent par ici.",
    ),
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_a_clerk_sends_them_by_the_page(clerk, asked, language):
    label, done, refused = IN_WORDS[language]
    browser, page = make.browser(clerk), f"/{language}/{PATH[language]}/{asked}"
    assert label in browser.get(page).content.decode()
    answer = posted(
        browser, asked, ("order.pdf", ORDER.content), ("b.txt", b"Boats."), language=language
    )
    assert answer.status_code == 302
    shown = browser.get(page)
    assert_sound(shown.content)
    assert done in shown.content.decode()
    assert "order.pdf" in shown.content.decode()
    wrong = posted(browser, asked, ("pier.jpg", b"\xff\xd8\xff"), language=language)
    assert wrong.status_code == 422
    assert_sound(wrong.content)
    assert refused in wrong.content.decode()


def test_the_desk_is_never_shown_one_in_its_page(desk, clerk, asked):
    (sent,) = send(asked, ORDER, by=clerk)
    browser = make.browser(desk)
    page = browser.get(f"/en/abroad/{asked}")
    assert_sound(page.content)
    address = f"/en/abroad/{asked}/documents/{sent.pk}"
    assert address in page.content.decode()
    answer = browser.get(address)
    assert answer.content == ORDER.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{asked}-1.pdf"'
    assert make.browser(clerk).get(address).status_code == 404


def test_no_more_is_held_than_may_be_sent(clerk, asked, monkeypatch):
    for place in ("actions", "forms", "wording"):
        monkeypatch.setattr(f"havre.cases.abroad.enclosures.{place}.terms_in_force", lambda: SMALL)
    held = []
    monkeypatch.setattr(
        "havre.cases.abroad.enclosures.views.send_enclosures",
        lambda _reference, documents, **_: held.extend(documents) or (),
    )
    many = [(f"a{number}.txt", b"a" * 5_000) for number in range(9)]
    posted(make.browser(clerk), asked, *many)
    assert [len(one.content) for one in held] == [101] * 3


def test_a_form_without_a_word_of_what_they_are_is_refused(clerk, asked):
    browser = make.browser(clerk)
    answer = browser.post(
        f"/en/correspondence/{asked}/documents",
        {"documents": [SimpleUploadedFile("order.pdf", ORDER.content)], "words": ""},
    )
    assert answer.status_code == 422
    assert "Write what these documents are." in answer.content.decode()


def test_they_stand_beside_what_else_was_said(clerk, asked):
    reply_to_desk(asked, TheirStep.ADD, words="We look.", limits=Limits(), by=clerk)
    send(asked, ORDER, by=clerk)
    assert [said for _, said in read_dispatch(asked, by=clerk).passages] == [
        "The order of the court.",
        "We look.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("order.pdf", b"%PDF-1.4", DocumentKind.PDF),
        ("ORDER.PDF", b"%PDF-1.4", DocumentKind.PDF),
        ("a.docx", b"PK\x03\x04x", DocumentKind.DOCX),
        ("a.odt", b"PK\x03\x04x", DocumentKind.ODT),
        ("a.rtf", b"{\\rtf1", DocumentKind.RTF),
        ("a.txt", "Où ?".encode(), DocumentKind.TXT),
        ("a.txt", b"\xff\xd8\xff", None),
        ("a.txt", b"a\0b", None),
        ("a.txt", b"a" * 100_000 + b"\0", None),
        ("a.pdf", b"\x89PNG", None),
        ("a.png", b"%PDF-1.4", None),
        ("a.pdf.exe", b"%PDF-1.4", None),
        ("pdf", b"%PDF-1.4", None),
    ],
)
def test_a_document_is_known_by_its_name_and_its_first_bytes(name, content, kind):
    assert kind_of(Document(name=name, content=content)) is kind


def test_a_name_is_kept_without_folders_and_signs_that_cannot_be_seen():
    assert name_kept("C:\\pier\\../order\u202e.pdf") == "order.pdf"
    assert name_kept("a" * 300 + ".pdf") == "a" * 116 + ".pdf"


def test_the_limits_are_data(tmp_path):
    told = read_terms()
    assert told == rules.terms_in_force()
    assert (told.is_taken, told.most_bytes, told.most_at_once) == (True, 10_000_000, 5)
    with pytest.raises(EnclosureRefusedError):
        check_documents([], terms=told, with_one=0, today=0)
    less = tmp_path / "less.toml"
    less.write_text("is_taken = true")
    with pytest.raises(KeyError):
        read_terms(less)


def test_what_each_is_comes_from_the_check():
    taken = [Document(name="a.txt", content=b"Boats."), ORDER]
    given = check_documents(taken, terms=read_terms(), with_one=0, today=0)
    assert given == (DocumentKind.TXT, DocumentKind.PDF)
