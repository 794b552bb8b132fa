"""Languages by name, in the reader's own."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.languages import languages, name_of_language

OURS: dict[str, Promise] = {"en": _("English"), "fr": _("French")}


def language_name(code: str) -> str:
    """A language by its name, or by its letters where none is known."""
    return name_of_language(code, _reader()) if code else ""


def third_languages() -> list[tuple[str, str]]:
    """The languages of which an interpreter may be asked for, to choose from."""
    every = [(code, capfirst(name)) for code, name in languages(_reader()).items()]
    return [("", str(_("Choose a language"))), *every]


def _reader() -> str:
    return get_language() or "en"
