"""Documents: what is typed is set as text, the same bytes each time, in an archival form."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.plumbing.typeset import (
    DOCUMENT,
    HOUSE,
    TypesetRefusedError,
    is_shown,
    printable,
    typeset,
)

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
# Markup of every kind that the typesetter knows; each must stand on the page as it was typed.
MARKUP = '#panic("no") *bold* _x_ $x$ = not a heading @ref <label> `code` \\ // gone /* gone */'
EVERY_PART = [
    {"kind": "notice", "title": "Mind", "text": "He asked me to meet on Saturday.", "tone": "now"},
    {"kind": "text", "text": "One\nTwo"},
    {"kind": "quote", "text": MARKUP},
    {"kind": "facts", "rows": [["Agency", "Harbor Police"]]},
    {"kind": "code", "rows": [["SHA-256", "ab" * 32]]},
    {"kind": "list", "items": ["first", "second"]},
    {"kind": "table", "head": ["Kind", "Value"], "widths": ["30%", "1fr"], "rows": [["a", "b"]]},
    {"kind": "break"},
    {"kind": "sign", "labels": ["Name", "Date"]},
]


def document(*parts: dict, at: datetime = NOON, language: str = "en", **more: str) -> bytes:
    sections = [{"heading": "What was said", "parts": list(parts)}]
    data = {"title": "R-AAAA-AAAA", "sections": sections, **more}
    return typeset(DOCUMENT, data, language=language, at=at)


def said_in(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def test_the_same_data_at_the_same_moment_gives_the_same_bytes():
    made = document(*EVERY_PART)

    assert made == document(*EVERY_PART)
    assert made != document(*EVERY_PART, at=NOON + timedelta(seconds=1))


def test_what_is_typed_stands_there_as_it_was_typed():
    said = said_in(document(*EVERY_PART, stamp="DRAFT", kicker="Harbor", foot="End"))

    for text in (MARKUP, "One\nTwo", "Harbor Police", "ab" * 32, "Saturday", "DRAFT", "End"):
        assert text in said, text


def test_a_document_is_archival_and_carries_its_fonts():
    with pikepdf.open(io.BytesIO(document(*EVERY_PART, language="fr"))) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2A"
            assert metadata["pdfuaid:part"] == "1"
        assert not pdf.is_encrypted
        assert pdf.Root.Lang == "fr-CA"
        assert pdf.Root.MarkInfo.Marked
        assert [intent.S for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
        dictionaries = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
        fonts = [one for one in dictionaries if one.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)


def test_a_sign_that_no_font_has_stands_as_its_number():
    assert printable("🙂") == "⟨U+1F642⟩"
    # It would turn round what follows it; nobody would see that it is there.
    assert printable("a\u202eb\x00\r\nc") == "a⟨U+202E⟩b⟨U+0000⟩\nc"
    assert printable("Zoë Дом Ελλάδα مرحبا") == "Zoë Дом Ελλάδα مرحبا"
    assert "⟨U+1403 U+14C4⟩" in said_in(document({"kind": "text", "text": "ᐃᓄ"}))


def test_every_sign_that_counts_as_shown_is_shown():
    signs = [chr(number) for number in range(0x20, 0x30000) if is_shown(chr(number))]
    assert len(signs) > 3_000

    # A sign that is not shown would be refused, and set again as its number.
    shown = said_in(document({"kind": "text", "text": " ".join(f"a{one}a" for one in signs)}))

    assert "⟨U+" not in shown


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_typeset(text):
    assert document({"kind": "quote", "text": text}).startswith(b"%PDF-1.7")


def test_half_a_character_is_no_reason_to_lose_a_document():
    assert document({"kind": "quote", "text": "a\ud83da"}).startswith(b"%PDF-1.7")


def test_a_word_longer_than_the_page_is_broken_and_not_cut():
    long = "https://example.com/" + "a" * 400

    assert long in said_in(document({"kind": "text", "text": long})).replace("\n", "")


def test_data_that_a_template_does_not_know_is_refused():
    with pytest.raises(TypesetRefusedError):
        document({"kind": "table", "rows": []})


@pytest.mark.parametrize("template", sorted(HOUSE.rglob("*.typ")), ids=lambda path: path.name)
def test_no_template_needs_a_package_from_elsewhere(template: Path):
    assert "@preview" not in template.read_text()
    assert "import" not in template.read_text().replace('#import "letter.typ"', "")
