"""Typesetting: a template and data become a PDF/A that anybody can read and that never changes.

Templates (`typst/*.typ` in a room) hold no words and no data. What people typed goes in as JSON and
is set as text, never read as markup. The same data at the same moment gives the same bytes. Fonts
are the compiler's own; nothing is fetched.
"""

import json
from bisect import bisect_right
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

HOUSE = Path(__file__).resolve().parents[1]
# Archival, with the text's own order and words for readers who listen (ISO 19005-2, 14289-1).
STANDARDS: list[Any] = ["a-2a", "ua-1"]
TEMPLATES = HOUSE / "plumbing" / "typst"
DOCUMENT = "plumbing/typst/document.typ"
BREAKS = "\n"
# Where a text is surely shown: the last resort when signs that combine cannot be.
PLAIN_UNTIL = "\u024f"


class TypesetRefusedError(Exception):
    """A template does not compile with this data."""


def typeset(template: str, data: Any, *, language: str, at: datetime) -> bytes:  # noqa: ANN401 - JSON
    """A template of the house, by its path in `havre`, filled with JSON: the bytes of a PDF/A.

    `data` has a "title"; `at` is the moment the document says it was made. A sign that no font of
    ours can show stands as its Unicode number. Raises TypesetRefusedError.
    """
    told = _each_text(data, printable)
    try:
        return _compiled(template, told, language=language, at=at)
    except typst.TypstError:
        # Signs that are shown one by one need not be shown together.
        plain = _each_text(told, _numbered)
        try:
            return _compiled(template, plain, language=language, at=at)
        except typst.TypstError as error:
            msg = f"{template} cannot be typeset: {error}"
            raise TypesetRefusedError(msg) from error


def printable(text: str) -> str:
    """A text with what no font of ours shows, or what turns it round, as Unicode numbers."""
    return _marked(text, is_shown)


def is_shown(sign: str) -> bool:
    """Whether a font of ours has a shape for one character."""
    starts, ends = _shown()
    found = bisect_right(starts, ord(sign)) - 1
    return found >= 0 and ord(sign) <= ends[found]


def _numbered(text: str) -> str:
    return _marked(text, lambda sign: sign <= PLAIN_UNTIL or sign in "\u27e8\u27e9\u2019")


def _marked(text: str, is_kept: Any) -> str:  # noqa: ANN401 - a question about one character
    """Runs of other characters as their numbers between angle brackets; line ends kept."""
    parts: list[str] = []
    run: list[str] = []
    for sign in text.replace("\r\n", "\n"):
        if sign in BREAKS or is_kept(sign):
            parts += _close(run)
            parts.append(sign)
        else:
            run.append(f"U+{ord(sign):04X}")
    return "".join([*parts, *_close(run)])


def _close(run: list[str]) -> list[str]:
    numbers = [f"\u27e8{' '.join(run)}\u27e9"] if run else []
    run.clear()
    return numbers


def _each_text(tree: Any, change: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(tree, str):
        return change(tree)
    if isinstance(tree, dict):
        return {key: _each_text(value, change) for key, value in tree.items()}
    return [_each_text(one, change) for one in tree] if isinstance(tree, list | tuple) else tree


def _compiled(template: str, data: Any, *, language: str, at: datetime) -> bytes:  # noqa: ANN401 - JSON
    moment = at.astimezone(UTC).replace(microsecond=0)
    made = typst.compile(
        HOUSE / template,
        root=HOUSE,
        format="pdf",
        ignore_system_fonts=True,
        # No package lies there, so no template can come to need one from elsewhere.
        package_path=TEMPLATES,
        package_cache_path=TEMPLATES,
        sys_inputs={
            "data": json.dumps(data, ensure_ascii=False),
            "language": language,
            "moment": moment.strftime("%Y %m %d %H %M %S"),
        },
        pdf_standards=STANDARDS,
        timestamp=moment,
    )
    if not isinstance(made, bytes):
        msg = "one document was asked for"
        raise TypesetRefusedError(msg)
    return made


@cache
def _shown() -> tuple[list[int], list[int]]:
    """Where the ranges of characters that our fonts show begin and end."""
    ranges = json.loads((files("havre.plumbing") / "data" / "shown.json").read_text())
    return [start for start, _end in ranges], [end for _start, end in ranges]
