"""Codes spelled aloud: "B as in Bravo, L comme Lima, nine one six" is BL916."""

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.scan import Match, Pattern
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
PASSED |= word_set("espace tiret again encore")
APOSTROPHES = ("'", "\u2019")
BREAKS = frozenset("\n!?()")


def spelled_in(window: str) -> tuple[str, int, int] | None:
    """The first code spelled in a few words, in capitals, and where it starts and ends."""
    run: list[Match] = []
    end = 0
    for piece in PIECE.finditer(window):
        apart = window[end : piece.start()]
        fits = _fits(piece) and window[piece.start() - 1 : piece.start()] not in APOSTROPHES
        if run and not (fits and len(apart) <= LONGEST_GAP and not set(apart) & BREAKS):
            if len(run) >= FEWEST_PIECES:
                break
            run = []
        end = piece.end()
        if fits and (run or piece.group().lower() not in PASSED):
            run.append(piece)
    while run and run[-1].group().lower() in PASSED:
        run.pop()
    return (_code(run), run[0].start(), run[-1].end()) if len(run) >= FEWEST_PIECES else None


def _fits(piece: Match) -> bool:
    word = piece.group().lower()
    known = word in ALPHABET or word in NUMBER_WORDS or word in PASSED or word == "x-ray"
    return bool(piece["letter"]) or known or len(word) == 1 or word.isdigit()


def _code(run: list[Match]) -> str:
    said, numbers = "", []
    for piece in run:
        word, letter = piece.group().lower(), piece["letter"]
        if not letter and (word in NUMBER_WORDS or word.isdigit()):
            numbers.append(word)
            continue
        said, numbers = said + digits_said(numbers), []
        if letter or len(word) == 1:
            said += letter or word
        elif word not in PASSED:
            said += word[0]
    return (said + digits_said(numbers)).upper()
