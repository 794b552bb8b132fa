"""Codes spelled aloud: "B as in Bravo, L comme Lima, nine one six" is BL916."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT
from havre.identifiers.rules.words import word_set

ALPHABET = word_set(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett juliette kilo lima"
    " mike november oscar papa quebec québec romeo roméo sierra tango uniform victor whiskey whisky"
    " xray yankee zulu"
)
_LETTERS = r"[A-Za-z\x{c0}-\x{ff}\-]"
_AS = (
    r",?[ \x{a0}](?:as[ ]in|like[ ]in|like|for|comme[ ]dans|comme|pour)[ \x{a0}]"
    r"(?:un[ ]|une[ ]|le[ ]|la[ ]|a[ ]|an[ ]|l['\x{2019}])?"
)
PIECE = Pattern(
    rf"(?i)(?P<letter>[A-Za-z]){_AS}{_LETTERS}{{2,20}}|(?:x-ray|dix-(?:sept|huit|neuf))"
    r"|[A-Za-z\x{c0}-\x{ff}']+|\d+"
)
FEWEST_PIECES, LONGEST_GAP = 4, 4
PASSED = word_set("and then et puis the le number numéro chiffre letter lettre space dash hyphen")
PASSED |= word_set(
    "ensuite après espace tiret again encore by followed lettre lettres chiffres letters digits"
)
PASSED |= word_set(
    "suivi suivie de starts ends with starting ending begins commence finit par et en"
)
LONGEST_PAUSE, MOST_IN_A_GROUP = 6, 4
OF, PLACES = (" du", " de", " of", " in", " au"), word_set("québec quebec")
PROVINCES = word_set("AB BC MB NB NL NS NT NU ON PE PEI QC SK YT US USA CAN")
APOSTROPHES = ("'", "\u2019")
BREAKS = frozenset("\n!?()")


def spelled_in(window: str, *, in_groups: bool = False) -> tuple[str, int, int] | None:
    """The first code spelled in a few words, in capitals, and where it starts and ends.

    With `in_groups` letters may come several together: "KTR followed by 482".
    """
    return next(_codes(window, in_groups=in_groups), None)


def spelled_last(window: str, *, in_groups: bool = False) -> tuple[str, int, int] | None:
    """The last code so spelled: what stands before "that's the plate"."""
    found = None
    for found in _codes(window, in_groups=in_groups):  # noqa: B007 - the last is wanted
        pass
    return found


def words_apart(pattern: Pattern, text: str) -> Iterator[tuple[Match, int, int]]:
    """Each word that announces a code, with the end of the one before and the start of the next."""
    done, last = 0, None
    for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
        if last is not None:
            yield last, done, match.start()
            done = last.end()
        last = match
    if last is not None:
        yield last, done, len(text)


def _codes(window: str, *, in_groups: bool) -> Iterator[tuple[str, int, int]]:
    run: list[Match] = []
    end = 0
    for piece in PIECE.finditer(window):
        apart = window[end : piece.start()]
        fits = _fits(piece, in_groups=in_groups) and not _is_glued(window, piece.start())
        if run and not (fits and len(apart.strip(".\u2026")) <= LONGEST_GAP and _is_near(apart)):
            yield from _told(run, in_groups=in_groups)
            run = []
        end = piece.end()
        if fits and (run or piece.group().lower() not in PASSED):
            run.append(piece)
    yield from _told(run, in_groups=in_groups)


def _is_near(apart: str) -> bool:
    return not set(apart) & BREAKS and len(apart) <= LONGEST_PAUSE


def _is_glued(window: str, start: int) -> bool:
    """Whether what stands before makes another word of it: "l'a", "du Québec"."""
    before = window[max(0, start - 4) : start].lower()
    of_a_place = before.rstrip(" ").endswith(OF) and window[start : start + 6].lower() in PLACES
    return before[-1:] in APOSTROPHES or of_a_place


def _told(run: list[Match], *, in_groups: bool) -> Iterator[tuple[str, int, int]]:
    while run and run[-1].group().lower() in PASSED:
        run.pop()
    code = _code(run) if run else ""
    told = sum(piece.group().lower() not in PASSED for piece in run)
    size = len(code) if in_groups else told
    if size >= FEWEST_PIECES and (not in_groups or len(run) > 1):
        yield code, run[0].start(), run[-1].end()


def _fits(piece: Match, *, in_groups: bool) -> bool:
    word = piece.group().lower()
    if in_groups and piece.group().isupper() and len(word) <= MOST_IN_A_GROUP:
        return word.upper() not in PROVINCES
    known = word in ALPHABET or word in NUMBER_WORDS or word in PASSED or word == "x-ray"
    return bool(piece["letter"]) or known or len(word) == 1 or word.isdecimal()


def _code(run: list[Match]) -> str:
    said, numbers = "", []
    for piece in run:
        word, letter = piece.group().lower(), piece["letter"]
        if not letter and (word in NUMBER_WORDS or word.isdecimal()):
            numbers.append(word)
            continue
        said, numbers = said + digits_said(numbers), []
        if letter or len(word) == 1:
            said += letter or word
        elif word not in PASSED and piece.group().isupper() and word not in ALPHABET:
            said += word
        elif word not in PASSED:
            said += word[0]
    return (said + digits_said(numbers)).upper()
