"""Receipts and references: eight plain words that open a report, and the number that does not.

A receipt is 80 secret bits and 8 check bits, written as eight words of 2,048. The words are the
key: they are shown once and never stored. A reference (R-XXXX-XXXX, or a plain number on the
provider wire) only names the report, and tells neither how many there are nor when one came.
"""

import hashlib
import hmac
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LANGUAGES = ("en", "fr")
SECRET_BYTES = 10
WORDS = 8
WORD_BITS = 11
# More is not a receipt with slips of the hand; it is a page of text or an attack.
MOST_TYPED_CHARACTERS = 1000
MOST_LETTERS_IN_A_WORD = 12
# Each combination passes the check by chance once in 256, so few may be tried.
MOST_COMBINATIONS = 64

# Crockford's base 32: no I, L, O or U, so that nothing is misread or spells a word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 7
REFERENCE_BYTES = 5
FIRST_WIRE_NUMBER = 1_000_000

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HALF_BITS = 26
_HALF = (1 << _HALF_BITS) - 1
_WIRE_NUMBERS_END = 1 << (2 * _HALF_BITS)
_ROUNDS = 10
# x^5 + x^2 + 1, by which five bits stay five bits.
_FIELD = 0b100101


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be made of the words someone typed.

    `secrets` holds every secret the words may stand for: one, as a rule; none when a word is not
    understood or the words do not belong together; more when several corrections pass the check.
    `not_understood` are places of words no list holds, counted from 1 as on the card.
    """

    secrets: tuple[bytes, ...]
    words: tuple[str, ...]
    not_understood: tuple[int, ...]

    @property
    def secret(self) -> bytes | None:
        """The one secret these words stand for, or None."""
        return self.secrets[0] if len(self.secrets) == 1 else None

    @property
    def has_all_words(self) -> bool:
        """Whether as many words were typed as a receipt has."""
        return len(self.words) == WORDS


@cache
def words_in(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language, in order. Raises ValueError on a language without a list."""
    if language not in LANGUAGES:
        msg = f"no receipt words in {language!r}; there are {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    page = files("havre.intake").joinpath("data", f"words_{language}.txt")
    return tuple(page.read_text(encoding="utf-8").split())


def words_of(secret: bytes, *, language: str) -> tuple[str, ...]:
    """The eight words that stand for a secret of ten bytes."""
    _refuse_odd_size(secret)
    number = int.from_bytes(secret + _check_byte(secret), "big")
    words = words_in(language)
    places = range(WORD_BITS * (WORDS - 1), -1, -WORD_BITS)
    return tuple(words[number >> place & len(words) - 1] for place in places)


def secret_of(typed: str) -> Reading:
    """The secret behind typed words: any case, accents or none, numbered or not, either language.

    A slip of one letter is put right by the list; where several words are as near, the check byte
    decides.
    """
    words = _words_typed(typed)
    if len(words) != WORDS:
        return Reading(secrets=(), words=words, not_understood=())
    choices = [tuple(_nearest(word, language) for word in words) for language in LANGUAGES]
    exact = [pages for pages in choices if all(_is_exact(page) for page in pages)]
    secrets = tuple(dict.fromkeys(itertools.chain(*map(_secrets_among, exact or choices))))
    if secrets:
        return Reading(secrets=secrets, words=words, not_understood=())
    unclear = min((_empty_places(pages) for pages in choices), key=len)
    return Reading(secrets=(), words=words, not_understood=unclear)


def lookup_id(secret: bytes, pepper: bytes) -> bytes:
    """Where a receipt's row is found. The secret is high-entropy, so a keyed hash is enough."""
    return hmac.digest(pepper, b"receipt lookup" + secret, "sha256")


def receipt_key(secret: bytes, pepper: bytes) -> bytes:
    """The 32-byte key that only the holder of the eight words can make (with our pepper)."""
    _refuse_odd_size(secret)
    kdf = HKDF(algorithm=SHA256(), length=32, salt=pepper, info=b"havre receipt key 1")
    return kdf.derive(secret)


def secret_from_token(token: bytes, pepper: bytes) -> bytes:
    """The secret that belongs to a form token: a repeated submission shows the same receipt.

    Nothing need be stored for that. Whoever holds the token and the pepper holds the receipt.
    """
    return hmac.digest(pepper, b"receipt from token" + token, "sha256")[:SECRET_BYTES]


def folded(word: str) -> str:
    """A word as it is compared: lower case, no accents, ligatures apart."""
    lower = word.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def neighbours(word: str) -> Iterator[str]:
    """Every word one slip away: a letter more, less, other, or two letters swapped."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def reference_of(number: bytes) -> str:
    """The reference made of five random bytes: 35 of their bits, and a check character."""
    if len(number) < REFERENCE_BYTES:
        msg = f"a reference needs {REFERENCE_BYTES} random bytes"
        raise ValueError(msg)
    bits = int.from_bytes(number[:REFERENCE_BYTES], "big")
    body = "".join(ALPHABET[bits >> (5 * i) & 31] for i in range(RANDOM_CHARACTERS))
    return _written(body + _check_character(body))


def tidy_reference(text: str) -> str | None:
    """A reference as we write it, from what someone typed; None if it is not one of ours."""
    letters = text.upper().translate(str.maketrans("OIL", "011", "- \t\u2010\u2011\u2013"))
    if len(letters) == RANDOM_CHARACTERS + 2 and letters.startswith("R"):
        letters = letters[1:]
    if len(letters) != RANDOM_CHARACTERS + 1 or any(c not in ALPHABET for c in letters):
        return None
    if _check_character(letters[:RANDOM_CHARACTERS]) != letters[RANDOM_CHARACTERS]:
        return None
    return _written(letters)


def is_reference(text: str) -> bool:
    """Whether this is a reference of ours, however it was typed."""
    return tidy_reference(text) is not None


def wire_number(counter: int, key: bytes) -> int:
    """The number a provider sees for our report number `counter`: a permutation, no sequence.

    Below 2**52, so that every client's number type holds it. `counter_of` undoes it.
    """
    if not 0 <= counter < _WIRE_NUMBERS_END - FIRST_WIRE_NUMBER:
        msg = f"{counter} is no report counter"
        raise ValueError(msg)
    number = _shuffled(counter + FIRST_WIRE_NUMBER, key)
    # Walking on until the number is in range keeps it a permutation of the range.
    while number < FIRST_WIRE_NUMBER:
        number = _shuffled(number, key)
    return number


def counter_of(number: int, key: bytes) -> int:
    """The counter behind a wire number. Raises ValueError on a number that is never given."""
    if not FIRST_WIRE_NUMBER <= number < _WIRE_NUMBERS_END:
        msg = f"{number} is no wire number"
        raise ValueError(msg)
    counter = _unshuffled(number, key)
    while counter < FIRST_WIRE_NUMBER:
        counter = _unshuffled(counter, key)
    return counter - FIRST_WIRE_NUMBER


def _refuse_odd_size(secret: bytes) -> None:
    if len(secret) != SECRET_BYTES:
        msg = f"a receipt's secret has {SECRET_BYTES} bytes, not {len(secret)}"
        raise ValueError(msg)


def _check_byte(secret: bytes) -> bytes:
    return hashlib.sha256(b"havre receipt 1" + secret).digest()[:1]


def _words_typed(typed: str) -> tuple[str, ...]:
    if len(typed) > MOST_TYPED_CHARACTERS:
        return ()
    return tuple(re.findall(f"[{_LETTERS}]+", folded(typed)))


@cache
def _places(language: str) -> dict[str, int]:
    return {folded(word): place for place, word in enumerate(words_in(language))}


@dataclass(frozen=True, slots=True)
class _Choice:
    """The list's words a typed word may stand for, and whether it stands there as typed."""

    places: tuple[int, ...]
    exact: bool


def _nearest(word: str, language: str) -> _Choice:
    places = _places(language)
    if word in places:
        return _Choice((places[word],), exact=True)
    if len(word) > MOST_LETTERS_IN_A_WORD:
        return _Choice((), exact=False)
    near = {places[other] for other in neighbours(word) if other in places}
    return _Choice(tuple(sorted(near)), exact=False)


def _is_exact(choice: _Choice) -> bool:
    return choice.exact


def _empty_places(choices: tuple[_Choice, ...]) -> tuple[int, ...]:
    return tuple(n for n, choice in enumerate(choices, start=1) if not choice.places)


def _secrets_among(choices: tuple[_Choice, ...]) -> Iterator[bytes]:
    """The secrets whose check byte fits, over every combination of the choices, if few."""
    if prod(len(choice.places) for choice in choices) > MOST_COMBINATIONS:
        return
    for places in itertools.product(*(choice.places for choice in choices)):
        number = 0
        for place in places:
            number = number << WORD_BITS | place
        whole = number.to_bytes(SECRET_BYTES + 1, "big")
        if whole[SECRET_BYTES:] == _check_byte(whole[:SECRET_BYTES]):
            yield whole[:SECRET_BYTES]


def _written(letters: str) -> str:
    return f"R-{letters[:4]}-{letters[4:]}"


def _check_character(body: str) -> str:
    """One character that betrays any one wrong character and any two neighbours swapped."""
    total = 0
    for character in body:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(value: int) -> int:
    twice = value << 1
    return twice ^ _FIELD if twice & 32 else twice


def _round(half: int, turn: int, key: bytes) -> int:
    message = b"havre wire number" + turn.to_bytes(1, "big") + half.to_bytes(4, "big")
    return int.from_bytes(hmac.digest(key, message, "sha256")[:4], "big") & _HALF


def _shuffled(number: int, key: bytes) -> int:
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in range(_ROUNDS):
        left, right = right, left ^ _round(right, turn, key)
    return left << _HALF_BITS | right


def _unshuffled(number: int, key: bytes) -> int:
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in reversed(range(_ROUNDS)):
        left, right = right ^ _round(left, turn, key), left
    return left << _HALF_BITS | right
