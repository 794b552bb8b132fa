"""Cards and tables: an account below its platform, a plate or a day of birth in its column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from havre.identifiers.aloud.rules.dates import DAY
from havre.identifiers.people.rules.letters import found_words
from havre.identifiers.people.rules.named import normal_birth_date
from havre.identifiers.people.rules.plates import FEWEST, has_letter, normal_plate
from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind
from havre.identifiers.told.rules.fields import field_of
from havre.identifiers.told.rules.names import given, may_be_any

MOST, FARTHEST = 400, 240
"""So many fields and lines of tables are read, and so far a field may be from its platform."""

_VALUE = r"[^\n\"<>{}&|;,\t]+"
FIELD = Pattern(
    r"(?:^|[\n{,;|&<])[ \t]*[\"'*\x{2022}\-]*[ ]?(?P<label>[A-Za-z\x{c0}-\x{ff}][^\n:="
    r"|\"<>{}&;,\t]+?)"
    r"[\"'*]*(?:[ \x{a0}]?[:=>]+|\t|[ ]{2,}|[ ]?\|[ ])"
    rf"[ \t\x{{a0}}]*[\"'`*\x{{ab}}\x{{201c}}@]*[ \x{{a0}}]?(?P<value>{_VALUE})"
)
WHOLE = Pattern(
    rf"^(?P<name>{NAME})[\"'`*\x{{bb}}\x{{201d}}]*["
    rf" \x{{a0}}\x{{bb}}]*(?:[(\[\x{{2013}}\x{{2014}}]|$)"
)
PLATE = Pattern(r"^(?P<name>[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{2,4}){1,2})[ ]?(?:[(\[]|$)")
BIRTH = Pattern(rf"^(?P<name>{DAY})[ ]?(?:[(\[]|$)")
BETWEEN_FIELDS = ("\n", "|", "&", "</", "{")
# What a text must hold somewhere before its fields, or its columns, are read.
ACCOUNT = Pattern(
    r"(?i)(?:user|account|acct|handle|pseudo|identifiant|compte|login|nick|tag|profil|screen"
    r"|usager|utilisat|surnom|channel|cha[i\x{ee}]ne)"
)
COLUMN = Pattern(
    r"(?i)(?:^|[\n\t;,|])[^\n\t;,|]{0,12}(?:user|account|handle|pseudo|identifiant|compte|plate"
    r"|plaque|immat|licen|reg|tag|d\.?o\.?b|birth|b-?day|naiss|d\.?d\.?n|born|n\x{e9}|f\x{ea}te"
    r"|anniv)[^\n\t;,|]{0,24}(?:[\n\t;,|])"
)
DELIMITERS = ("\t", ";", ",", "|")
FEWEST_CELLS = 2
RULE = frozenset("-+=:| ")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a field or a column, without what is around it, and where."""

    start: int
    said: str


def find_in_cards(text: str, named: list[Named]) -> Iterator[Found]:
    """The accounts that fields and columns give to a platform, plates and days of birth."""
    if named and any(sign in text for sign in BETWEEN_FIELDS) and ACCOUNT.search(text):
        yield from _in_fields(text)
    if "\n" in text and any(sign in text for sign in DELIMITERS) and COLUMN.search(text):
        yield from _in_tables(text)


def _in_fields(text: str) -> Iterator[Found]:
    platform, since, held = "", 0, None
    for match in islice(FIELD.finditer(text), MOST):
        kind = field_of(match["label"])
        if kind not in ("platform", Kind.HANDLE):
            continue
        start = match.span("value")[0]
        if "\n\n" in text[since : match.start() + 1] or start - since > FARTHEST:
            platform, held = "", None
        cell, since = _cell(match["value"], start), start
        of = _platform_of(cell.said)
        if kind == "platform" or of:
            platform = of
            if platform and held is not None:
                yield from _account(text, platform, held)
                platform, held = "", None
        elif platform:
            yield from _account(text, platform, cell)
        else:
            held = cell


def _platform_of(said: str) -> str:
    return BY_WORD.get(" ".join(said.lower().split()), "")


def _cell(value: str, start: int) -> Cell:
    left = len(value) - len(value.lstrip(" \t\u00a0\"'`@*"))
    return Cell(start + left, value[left:].rstrip(" \t\u00a0\"'`*\r"))


def _account(text: str, platform: str, cell: Cell) -> Iterator[Found]:
    whole = WHOLE.search(cell.said)
    if whole is not None and may_be_any(whole["name"]):
        span = (cell.start, cell.start + len(whole["name"]))
        yield from given(text, platform, span, "handle.card", 80)


def _in_tables(text: str) -> Iterator[Found]:
    columns: dict[int, Kind | str] = {}
    at, delimiter, cells = 0, "", 0
    for line in text.split("\n", MOST)[:MOST]:
        begin, at = at, at + len(line) + 1
        if not line.strip() or (not RULE.isdisjoint(line) and RULE.issuperset(line)):
            continue
        if columns and line.count(delimiter) == cells:
            yield from _in_row(text, _split(line, begin, delimiter), columns)
            continue
        delimiter = next((sign for sign in DELIMITERS if sign in line), "")
        cells = line.count(delimiter) if delimiter else 0
        columns = _columns(line, delimiter) if delimiter else {}


def _columns(line: str, delimiter: str) -> dict[int, Kind | str]:
    """Which column holds what, where a line is the head of a table that tells something."""
    labels = line.split(delimiter)
    if len(labels) < FEWEST_CELLS:
        return {}
    found = {place: kind for place, label in enumerate(labels) if (kind := field_of(label))}
    known = set(found.values())
    tells = {"platform", Kind.HANDLE} <= known or known & {Kind.PLATE, Kind.BIRTH_DATE}
    return found if tells else {}


def _split(line: str, at: int, delimiter: str) -> list[Cell]:
    cells = []
    for said in line.split(delimiter):
        cells.append(_cell(said, at))
        at += len(said) + len(delimiter)
    return cells


def _in_row(text: str, row: list[Cell], columns: dict[int, Kind | str]) -> Iterator[Found]:
    of = {kind: row[place] for place, kind in columns.items()}
    if "platform" in of and Kind.HANDLE in of:
        platform = _platform_of(of["platform"].said)
        if platform:
            yield from _account(text, platform, of[Kind.HANDLE])
    for kind, (pattern, normal) in VALUES.items():
        match = pattern.search(of[kind].said) if kind in of else None
        value = normal(match["name"]) if match is not None else None
        if match is not None and value:
            span = (of[kind].start, of[kind].start + len(match["name"]))
            yield found_words(text, kind, value, span, f"{kind}.table")


def _plate(said: str) -> str | None:
    value = normal_plate(said)
    return value if value and len(value) >= FEWEST and has_letter(value) else None


VALUES: dict[Kind, tuple[Pattern, Callable[[str], str | None]]] = {
    Kind.PLATE: (PLATE, _plate),
    Kind.BIRTH_DATE: (BIRTH, normal_birth_date),
}
