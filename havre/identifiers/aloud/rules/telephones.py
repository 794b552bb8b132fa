"""Phone numbers said in words: "two-oh-four, 555, 0142", "quatre cinq zéro, trois fois le cinq"."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.phones import FEWEST_BARE, e164
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set

_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_COUNT = r"(?:deux|trois|quatre|two|three|four|2|3|4)"
_AGAIN = (
    rf"(?:{_COUNT}[ ](?:fois|times)[ ](?:(?:le|un|the|a)[ ])?(?:{_WORDS}|\d)"
    r"|(?:two|three|four)[ ](?:ones|twos|threes|fours|fives|sixes|sevens|eights|nines)"
    rf"|(?:{_WORDS}|\d)[ ]{_COUNT}[ ](?:fois|times))"
)
_NUMBER = rf"(?:{_AGAIN}|\d{{1,4}}|{_WORDS})\b"
SPOKEN = Pattern(
    rf"(?i)(?:(?:plus|\+)[ ])?{_NUMBER}(?:(?:[ ,.\-)/(]|\x{{2026}}){{1,3}}(?:(?:and )?(?:then|puis"
    rf"|ensuite|suivi de|followed by)[ ,]{{1,2}})?{_NUMBER})+"
)
_LINE = rf"(?:{_WORDS})(?:[ \-](?:{_WORDS})){{1,3}}"
# "six one three\nfive five five\noh one nine zero": a line for each group.
OVER_LINES = Pattern(rf"(?i)\b{_LINE}[ ,.]?\n(?:{_LINE}[ ,.]?\n){{1,2}}{_LINE}\b")
AGAIN = Pattern(rf"(?i){_AGAIN}")
MOST_SPOKEN = 16
MOST_WORDS = 40
SPOKEN_PART = Pattern(r"dix-(?:sept|huit|neuf)|[\p{L}]+|\d+")
PARTED = Pattern(r"[,./()\x{2026}]+")
FEWEST_SPOKEN_WORDS = 2
COUNTED_UP = "+12345678910"
"""What "one, two, three" up to ten looks like."""
STEPS = frozenset(("then", "puis", "ensuite", "and"))
SKIPPED = word_set("suivi de followed by")
HOW_OFTEN = {
    "deux": 2,
    "two": 2,
    "2": 2,
    "trois": 3,
    "three": 3,
    "3": 3,
    "quatre": 4,
    "four": 4,
    "4": 4,
}
OTHER = word_set("plus suivi de followed by")
LINKS = word_set("fois times le un the a")
PLURALS = {
    "ones": "one", "twos": "two", "threes": "three", "fours": "four", "fives": "five",
    "sixes": "six", "sevens": "seven", "eights": "eight", "nines": "nine",
}  # fmt: skip
ABROAD = ("plus ", "+ ")


def find_spoken_phones(text: str, *, region: str = "CA") -> Iterator[Found]:
    """Numbers said digit by digit: "two-oh-four, 555, 0142"."""
    runs = [match.span() for match in islice(SPOKEN.finditer(text), MOST_IN_ONE_TEXT)]
    if "\n" in text:
        runs += [match.span() for match in islice(OVER_LINES.finditer(text), MOST_IN_ONE_TEXT)]
    for start, end in runs:
        if not stands_alone(text, start, end):
            continue
        said = text[start:end].lower().replace("\n", " ")
        for number, first, last in _numbers_said(said, region):
            if number == COUNTED_UP:
                continue
            yield Found(
                kind=Kind.PHONE,
                value=number,
                raw=text[start + first : start + last],
                start=start + first,
                end=start + last,
                confidence=70,
                rule="phone.spoken",
            )


def _numbers_said(said: str, region: str) -> Iterator[tuple[str, int, int]]:
    """The number that a run of words says: number, where it begins and where it ends."""
    words = SPOKEN_PART.findall(said)
    if len(words) > MOST_WORDS:
        return
    if said.startswith(ABROAD):
        number = e164(f"+{_in_groups(said)}", region=region, strict=True)
        if number is not None:
            yield number, 0, len(said)
        return
    again = AGAIN.search(said) is not None
    parts = [] if again else [word for word in words if word not in SKIPPED]
    for number, first, last in _spoken_numbers(parts, region):
        spans = [
            match.span() for match in SPOKEN_PART.finditer(said) if match.group() not in SKIPPED
        ]
        yield number, spans[first][0], spans[last][1]
        return
    # What a comma parts is not one number: "four fifty, five fifty-five" is 450 555.
    if not again and sum(word in NUMBER_WORDS for word in words) < FEWEST_SPOKEN_WORDS:
        return
    digits = _in_groups(said)
    number = (
        e164(digits, region=region, strict=True)
        if FEWEST_BARE <= len(digits) <= MOST_SPOKEN
        else None
    )
    if number is not None:
        yield number, 0, len(said)


def _in_groups(said: str) -> str:
    """The digits of a run, what punctuation parts read apart, "three times five" as 555."""
    digits = ""
    for group in PARTED.sub("|", said.replace("-", " ")).split("|"):
        rest = 0
        for again in AGAIN.finditer(group):
            digits += digits_said(SPOKEN_PART.findall(group[rest : again.start()]))
            digits += _again(again.group())
            rest = again.end()
        words = SPOKEN_PART.findall(group[rest:])
        digits += digits_said([word for word in words if word not in OTHER])
    return digits


def _again(said: str) -> str:
    """A digit said to stand several times: "trois fois le cinq", "five three times"."""
    words = [word for word in said.split() if word not in LINKS] + ["un"]  # "trois fois un"
    count, digit = (words[1], words[0]) if said.endswith(("fois", "times")) else words[:2]
    plain = PLURALS.get(digit, digit)
    return digits_said([plain]) * HOW_OFTEN[count]


def _spoken_numbers(parts: list[str], region: str) -> Iterator[tuple[str, int, int]]:
    """The number in a run of spoken digits: number, first part, last part."""
    words = sum(part in NUMBER_WORDS for part in parts)
    if words < FEWEST_SPOKEN_WORDS and not STEPS.intersection(parts):
        return
    for first in range(min(3, len(parts))):
        for last in range(len(parts), max(first + 3, len(parts) - 4), -1):
            said = digits_said(parts[first:last])
            if not FEWEST_BARE <= len(said) <= MOST_SPOKEN:
                continue
            number = e164(said, region=region, strict=True)
            if number is not None:
                yield number, first, last - 1
                return
