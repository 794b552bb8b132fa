"""Numbers said in words, as digits, in English and French."""

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_FRENCH = (
    "z\u00e9ro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf"
)
SMALL = {word: n for words in (_ENGLISH, _FRENCH) for n, word in enumerate(words.split())} | {
    "oh": 0, "o": 0, "une": 1,
}  # fmt: skip
TENS = {
    word: n * 10
    for words in (
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "vingt trente quarante cinquante soixante septante octante nonante",
    )
    for n, word in enumerate(words.split(), start=2)
} | {"vingts": 20, "fourty": 40}
HUNDRED = frozenset(("cent", "cents", "hundred"))
JOINING = frozenset(("and", "ensuite", "et", "puis", "then"))
TIMES = {"double": 2, "triple": 3}
NUMBER_WORDS = frozenset((*SMALL, *TENS, *HUNDRED, *TIMES, "et"))
_TEN, _HUNDRED, _SIXTY, _FOUR, _TWENTY = 10, 100, 60, 4, 20


def digits_said(words: list[str]) -> str:
    """The digits that a run of number words stands for, words that are digits already kept.

    "cinq cent quatorze" is 514 and "five fourteen" is 514; "one two" stays 12.
    """
    said, value, is_open, times = "", 0, False, 1
    for word in words:
        if word in TIMES:
            times = TIMES[word]
            continue
        if word in JOINING:
            continue
        if word.isdecimal():
            said += (str(value) if is_open else "") + word * times
            value, is_open, times = 0, False, 1
            continue
        joined = _joined(value, word) if is_open else None
        if joined is None:
            said += str(value) if is_open else ""
            value = _alone(word)
            if times > 1:
                said, times = said + str(value) * (times - 1), 1
        else:
            value = joined
        is_open = True
    return said + (str(value) if is_open else "")


def _alone(word: str) -> int:
    return _HUNDRED if word in HUNDRED else TENS.get(word, SMALL.get(word, 0))


def _joined(value: int, word: str) -> int | None:
    """A number with the next word inside it ("soixante" and "douze"), or None when it ends."""
    rest, small = value % _HUNDRED, SMALL.get(word)
    if word in HUNDRED:
        return value * _HUNDRED if 0 < value < _TEN else None
    if word in TENS:
        if TENS[word] == _TWENTY and rest == _FOUR:
            return value - _FOUR + _FOUR * _TWENTY
        return value + TENS[word] if value >= _HUNDRED and rest == 0 else None
    if small is None or small == 0:
        return None
    if value >= _HUNDRED and rest == 0:
        return value + small
    french = rest in (_SIXTY, _FOUR * _TWENTY) and _TEN <= small < _TWENTY
    plain = rest >= _TWENTY and rest % _TEN == 0 and small < _TEN
    return value + small if plain or french else None


def number_said(words: list[str]) -> str:
    """The same for words that may say a thousand: "two thousand nine" is 2009."""
    for place, word in enumerate(words):
        if word in ("thousand", "mille"):
            many, rest = digits_said(words[:place]) or "1", digits_said(words[place + 1 :]) or "0"
            return str(int(many) * 1000 + int(rest))
    return digits_said(words)
