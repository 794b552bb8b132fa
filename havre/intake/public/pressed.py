"""Pages that differ from reader to reader only in a few plain words, rendered once a minute.

The answer to a sent form is the hottest page of the public door. All of it but the reference, the
words and the token is the same for everybody who sends in the same minute, so it is rendered once
with marks in their places, and the marks are filled in.
"""

from collections.abc import Hashable, Mapping
from html import escape
from types import MappingProxyType

from django.http import HttpRequest
from django.template.loader import render_to_string

MOST_KEPT = 200
# From the private use area: no text of ours or of a reader's holds it.
MARK = "\ue0f0"

_kept: dict[Hashable, list[str]] = {}


def pressed_page(
    request: HttpRequest,
    template: str,
    page: Mapping[str, object],
    *,
    blanks: Mapping[str, str | tuple[str, ...]],
    follows: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """The page, with `blanks` filled in.

    Everything in `page` is part of what it is kept under, so it must be plain values. A blank is
    escaped; the template may print it and do nothing else with it. What `follows` is made of those
    plain values alone, such as a form that nobody has filled in.
    """
    key = (template, request.path, tuple(blanks), tuple(sorted(page.items())))
    parts = _kept.get(key)
    if parts is None:
        marks = {
            name: tuple(f"{MARK}{name}{n}{MARK}" for n in range(len(value)))
            if isinstance(value, tuple)
            else f"{MARK}{name}{MARK}"
            for name, value in blanks.items()
        }
        parts = render_to_string(template, {**page, **follows, **marks}, request).split(MARK)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = parts
    filled = parts.copy()
    values = _flat(blanks)
    filled[1::2] = [escape(values[name]) for name in parts[1::2]]
    return "".join(filled)


def _flat(blanks: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in blanks.items():
        if isinstance(value, tuple):
            flat |= {f"{name}{n}": each for n, each in enumerate(value)}
        else:
            flat[name] = value
    return flat
