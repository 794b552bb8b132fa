"""Reasons that rules give in English, said in the language of whoever asked.

Rules and wires know no framework, so their sentences come finished, numbers and names inside. Here
each is found again by its template, and what stood in its places is put into the translated one.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

_PLACE = re.compile(r"%\\\((\w+)\\\)s")


class Reasons:
    """Sentences by their templates; one that no template knows is said as it is."""

    def __init__(self, templates: Iterable[str]) -> None:
        self._known = [(template, _pattern(template)) for template in templates]

    def said(self, reason: str) -> str:
        """A reason in the language of the request."""
        for template, pattern in self._known:
            found = pattern.fullmatch(reason)
            if found:
                return gettext(template) % found.groupdict()
        return reason


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.*)", re.escape(template)), re.DOTALL)


# What msgspec says of a value, in its own words.
OF_A_TYPE = Reasons(
    (
        gettext_noop("Expected `%(wanted)s`, got `%(given)s`"),
        gettext_noop("Expected `%(wanted)s` of length %(limit)s"),
        gettext_noop("Expected `%(wanted)s` matching regex %(regex)s"),
        gettext_noop("Expected `%(wanted)s` %(limit)s"),
        gettext_noop("Invalid enum value %(given)s"),
    )
)
