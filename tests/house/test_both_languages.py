"""No sentence exists in one language only."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house.sources import HOUSE, name_of, sources

CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# The same in both languages, and meant to be: names, loan words, units.
SAME_IN_BOTH = {
    "Agency",
    "Code",
    "Date",
    "Description",
    "Destination",
    "Distribution",
    "E-mail",
    "Havre",
    "Information",
    "Instagram",
    "Message",
    "Messages",
    "Note",
    "Notes",
    "Page",
    "Photo",
    "Points",
    "Question",
    "Source",
    "StopNCII",
    "Take It Down",
    "Type",
    "Version",
}
# What a template holds besides sentences of its own, in the order it is taken out.
UNSAID = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}",
        r"\{% blocktrans(late)?.*?\{% endblocktrans(late)? %\}",
        r"\{% block (?!title)\w+ %\}[a-z =\"'-]*\{% endblock %\}",
        r"\{%.*?%\}|\{\{.*?\}\}",
        r"<(svg|style|script)\b.*?</\1>",
        r"<[^>]*>",
    )
]
BARE = {"Havre", "nbsp", "Français", "English"}
STRAIGHT_APOSTROPHE = re.compile(r"[a-zà-ÿ]'[a-zà-ÿ]", re.IGNORECASE)


def catalogues() -> list[Path]:
    return sorted(HOUSE.rglob("locale*/fr/LC_MESSAGES/*.po"))


@cache
def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def translated() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every message: where it stands, its English (one, and of many) and its French."""
    for path in catalogues():
        for message in read(path):
            if message.id:
                ids, strings = (
                    said if isinstance(said, tuple) else (said,)
                    for said in (message.id, message.string)
                )
                yield f"{name_of(path)}: {ids[0]}", ids, strings


def said_in_french() -> dict[tuple[str, str], str]:
    told = {}
    for path in catalogues():
        for message in read(path):
            if message.id:
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                told[(ids[0], message.context or "")] = message.string
    return told


def used_in(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a file, each with its context."""
    text = path.read_text()
    if path.suffix in {".html", ".txt"}:
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    found = extract("python", BytesIO(text.encode()), CALLS, [], {"encoding": "utf-8"})
    for _, message, _, context in found:
        first = message[0] if isinstance(message, tuple) else message
        if first:
            yield first, context or ""


def speaking_files() -> list[Path]:
    return [
        p
        for suffix in ("*.py", "*.html", "*.txt")
        for p in sorted(HOUSE.rglob(suffix))
        if "migrations" not in p.parts and (suffix == "*.py" or "templates" in p.parts)
    ]


def test_there_are_catalogues_to_compare():
    assert len(catalogues()) >= 4


def test_every_sentence_that_is_used_is_said_in_french_and_no_other_is_translated():
    french = said_in_french()
    used = {path: set(used_in(path)) for path in speaking_files()}
    missing = [
        (name_of(path), sentence)
        for path, said in used.items()
        for sentence, context in sorted(said)
        if (sentence, context) not in french
    ]
    assert missing == []
    assert [*french.keys() - set().union(*used.values())] == []


def test_no_translation_is_fuzzy_empty_or_copied():
    assert [m.id for path in catalogues() for m in read(path) if m.id and m.fuzzy] == []
    for where, ids, strings in translated():
        assert all(text.strip() for text in strings), where
        if ids[0] not in SAME_IN_BOTH:
            assert strings[0] != ids[0], f"copied: {where}"


def test_a_translation_keeps_the_places_for_values():
    for where, ids, strings in translated():
        for text in strings:
            assert places(text) == places(ids[-1]), where


def test_french_is_written_with_its_own_marks():
    """Curved apostrophes; a no-break space before a colon; none before ? ! ; (Canadian use)."""
    for where, _, strings in translated():
        for text in strings:
            assert not STRAIGHT_APOSTROPHE.search(text), where
            assert not re.search(r"[ \u00a0\u202f][?!;]", text), where
            assert not re.search(r"[A-Za-zà-ÿ] :", text), (
                f"an ordinary space before a colon: {where}"
            )


def places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


def test_a_template_says_nothing_outside_the_catalogues():
    """Bare words between tags would be English on a French page."""
    templates = [path for path in speaking_files() if path.suffix == ".html"]
    assert len(templates) > 150
    for path in templates:
        text = path.read_text()
        for unsaid in UNSAID:
            text = unsaid.sub(" ", text)
        words = [word for word in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text) if word not in BARE]
        assert words == [], name_of(path)


def test_python_never_formats_a_sentence_before_translating_it():
    formatted = [(s.name, line) for s in sources() for name, line in s.formatted if name in CALLS]
    assert formatted == []
