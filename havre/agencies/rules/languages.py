"""Languages beside the two of the house, by their codes, and what each is called in those two.

The names are Unicode's (CLDR), as Babel brings them.
"""

from functools import cache
from unicodedata import normalize

from babel import Locale

OURS = ("en", "fr")
# Of three letters in ISO 639, and spoken by many who may write to us.
_ALSO = ("bho", "ceb", "ckb", "crk", "din", "fil", "haw", "ilo", "kmb", "mic", "moe", "sat", "yue")
_CODES = 2


@cache
def languages(reader: str) -> dict[str, str]:
    """The languages that may need an interpreter: the name in English or French of each code.

    By name in the reader's order. What stands for a script or a region is no language of its own.
    """
    named = _named(reader)
    codes = [code for code in named if len(code) == _CODES and code not in OURS]
    found = [*codes, *(code for code in _ALSO if code in named)]
    return {code: named[code] for code in sorted(found, key=lambda one: _order(named[one]))}


def name_of_language(code: str, reader: str) -> str:
    """What a language is called in English or French; its code where nobody has named it."""
    return _named(reader).get(code.replace("-", "_"), code)


@cache
def _named(reader: str) -> dict[str, str]:
    return dict(Locale(reader if reader in OURS else "en").languages)


def _order(name: str) -> str:
    """A name as it is sorted: without accents, for É stands beside E."""
    return "".join(letter for letter in normalize("NFKD", name.casefold()) if letter.isalnum())
