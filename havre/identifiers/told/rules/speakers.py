"""Who speaks in a talk that a line above it places: "Roblox party chat", "lobby 6, xbox live"."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found
from havre.identifiers.told.rules.names import given, has_shape, may_be_any, may_be_plain
from havre.identifiers.told.rules.turns import LONGEST_LINE, MOST_LINES, SPEAKER

# "marin — Today at 4:12 PM": Discord's header of a message.
STAMPED = Pattern(
    r"(?i)^(?P<name>[^ ]{3,40})[ ]?[\x{2014}\x{2013}\-]?[ ](?:today|yesterday|aujourd['\x{2019}]hui"
    r"|hier|\d{1,4}[/\-]\d{1,2}[/\-]\d{2,4})(?:,?[ ](?:at|\x{e0}))?[ ]\d{1,2} ?[:h]"
)
FEWEST_TURNS, FEWEST_SPEAKERS, FEWEST_PLAIN, MOST_SPEAKERS = 2, 2, 7, 40
WHOLE = Pattern(rf"^@?(?P<name>{NAME})$")
# A line above a talk that asks, or tells of going elsewhere, does not say where the talk is.
ELSEWHERE = Pattern(
    r"(?i)\?|(?:^|[^\p{L}])(?:not|never|left|quit|moved?|moving|then|later|before|instead|add|ajoute"
    r"|pas|jamais|quitt\p{L}+|puis|ensuite|avant|apr\x{e8}s|plut\x{f4}t|invite\p{L}*|go(?:es)? to"
    r"|asked|demand\p{L}+|switch\p{L}*)(?:[^\p{L}]|$)"
)


def find_speakers(text: str, named: list[Named]) -> Iterator[Found]:
    """The names that speak below a first line that says on what platform the talk is."""
    first = text.lstrip()
    begin = len(text) - len(first)
    head = first.partition("\n")[0]
    above = [one for one in named if begin <= one.start < begin + len(head)]
    if len({one.platform for one in above}) != 1 or ELSEWHERE.search(head) is not None:
        return
    spoken: dict[str, tuple[int, int]] = {}
    turns: Counter[str] = Counter()
    for name, span in _speakers(text, begin + len(head) + 1):
        turns[name] += 1
        spoken.setdefault(name, span)
    if turns.total() < FEWEST_TURNS or _who(head) in turns:
        return
    for name, span in islice(spoken.items(), MOST_SPEAKERS):
        raw = WHOLE.search(text[slice(*span)])
        if raw is None or not may_be_any(raw["name"]):
            continue
        again = turns[name] >= FEWEST_TURNS
        shaped = has_shape(raw["name"]) and (again or len(turns) >= FEWEST_SPEAKERS)
        if shaped or (again and may_be_plain(raw["name"], FEWEST_PLAIN)):
            start, end = (span[0] + place for place in raw.span("name"))
            yield from given(text, above[0].platform, (start, end), "handle.speaker", 65)


def _who(line: str) -> str:
    match = SPEAKER.search(line[:LONGEST_LINE])
    return (match["angle"] or match["square"] or match["plain"]).lower() if match else ""


def _speakers(text: str, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Who speaks in each line from a place on, in small letters, and where the name stands."""
    for line in text[at:].split("\n", MOST_LINES)[:MOST_LINES]:
        stamped = STAMPED.search(line[:LONGEST_LINE])
        match = SPEAKER.search(line[:LONGEST_LINE]) if stamped is None else None
        if stamped is not None:
            start, end = stamped.span("name")
            yield line[start:end].lower(), (at + start, at + end)
        for group in ("angle", "square", "plain") if match is not None else ():
            start, end = match.span(group) if match is not None else (-1, -1)
            if start >= 0:
                yield line[start:end].lower(), (at + start, at + end)
        at += len(line) + 1
