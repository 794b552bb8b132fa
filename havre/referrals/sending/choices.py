"""A choice among very many, as the one among all agencies."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A choice among very many, as Django writes it; but at once, not by a template each line."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - Django's own
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401, ARG002
    ) -> SafeString:
        """The whole choice, as HTML."""
        chosen = set(self.format_value(value)[:1])
        worn = flatatt(self.build_attrs(self.attrs, attrs))
        lines = "".join(self._lines(self.choices, chosen))
        return format_html('<select name="{}"{}>{}</select>', name, worn, SafeString(lines))

    def _lines(self, choices: Iterable[Any], chosen: set[str]) -> Iterator[str]:
        """Each line; the first one of what is chosen is marked, and taken from `chosen`."""
        for value, label in choices:
            if isinstance(label, list | tuple):
                inside = SafeString("".join(self._lines(label, chosen)))
                yield format_html('<optgroup label="{}">{}</optgroup>', value, inside)
                continue
            code = "" if value is None else str(value)
            yield _line(code, str(label), is_chosen=code in chosen)
            chosen.discard(code)


@lru_cache(maxsize=4_000)
def _line(value: str, label: str, *, is_chosen: bool) -> str:
    mark = SafeString(" selected") if is_chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, mark, label)
