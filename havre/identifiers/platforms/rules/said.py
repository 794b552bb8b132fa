"""Names said in several words after their platform: "mitten nine nine", "loup gris, un mot"."""

from dataclasses import dataclass, field

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.aloud.rules.spelling import ALPHABET
from havre.identifiers.platforms.rules.candidates import Named, Word
from havre.identifiers.platforms.rules.handle_words import NOT_NAMES
from havre.identifiers.platforms.rules.plain import EVERYDAY, SAID_OF_ACCOUNTS
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

WINDOW, MOST_PIECES, MOST_WORDS, MOST_COUNTED, FEWEST_LETTERS = 130, 14, 4, 2, 3
GLUE = Pattern(
    r"(?i)^(?:[ \x{a0},:=\"\x{ab}\x{201c}(>\-]*(?:\b(?:channel|account|page|user ?name|user|name"
    r"|handle|tag|is"
    r"|was|it['\x{2019}]?s|c['\x{2019}]?est|its|est|\x{e9}tait|the|his|her|my|le|la|son|nom"
    r"|pseudo|compte"
    r"|cha\x{ee}ne|called|named|appel\x{e9}e?|nomm\x{e9}e?|at|arr?obas?e?|word|mot|under|sous|as"
    r"|it|spelled"
    r"|he is|he['\x{2019}]s|she['\x{2019}]s|uh|um|euh|c)\b|@))*[ \x{a0},:=\"\x{ab}\x{201c}(>\-]*"
)
ADDRESSED = Pattern(r"(?i)(?:\bat|arr?obas?e?)[ \x{a0}]$")
PIECE = Pattern(r"(?i)dix-(?:sept|huit|neuf)|[\p{L}]+(?:['\x{2019}]s\b)?|\d+|[ \x{a0}\-]+|.")
ONE_WORD = Pattern(
    r"(?i)^[ \x{a0}\"\x{bb}\x{201d},;(.\-\x{2013}\x{2014}]*(?:(?:it['\x{2019}]s|c['\x{2019}]est"
    r"|all|tout|le tout|en"
    r"|as|in|written|\x{e9}crit|just) )*(?:one word|a single word|together|un(?: seul)? mot"
    r"|attach\x{e9}|coll\x{e9}"
    r"|no spaces?|sans espaces?|without (?:the )?spaces?|run together)"
)
ENDS = Pattern(r"^[ \x{a0}]*(?:[\"\x{bb}\x{201d})]?[,.;!?\n)]|$)")
_WORDS = "|".join(sorted(NUMBER_WORDS | ALPHABET))
HINT = Pattern(
    r"(?i)(?:, at |arr?obas|word|mot\b|together|attach|coll\x{e9}|spaces?\b|espaces?\b"
    r"|underscore|tiret|dash"
    r"|hyphen|dot\b|point\b"
    rf"|\bzed\b|\bzee\b|\b(?:{_WORDS})\b|\d[ ,]+\d|\b[a-z0-9][ ,\-]{{1,2}}[a-z0-9]\b)"
)
AT_AN_END = Pattern(
    r"(?i)^,?[ ](?:with|avec|plus|then|puis)[ ](?:an?|une?|the|two|deux)[ ](?P<sign>underscore"
    r"|tiret(?: bas)?|dash"
    r"|hyphen|dot|point)s?[ ](?P<where>at the (?:end|start|beginning|front)|in front|before"
    r"|after|\x{e0} la fin"
    r"|au d\x{e9}but|devant|en avant|apr\x{e8}s)"
)
FIRST = Pattern(r"(?i)start|front|beginn|before|d\x{e9}but|devant|avant")
SIGNS = {"underscore": "_", "tiret bas": "_", "tiret": "-", "dash": "-", "hyphen": "-", "dot": "."}
LETTERS = {"zed": "z", "zee": "z", "aitch": "h"}
ZEROS = word_set("zeros zeroes z\u00e9ros zero z\u00e9ro")
TIMES = {"double": 2, "triple": 3}
FIGURES = NUMBER_WORDS - {"o", "et", *TIMES}
GOES_ON = Pattern(
    r"(?i)^(?:, ?)?(?:(?:and )?then|puis|ensuite|the (?:number|letter|digits?)|le (?:chiffre"
    r"|num\x{e9}ro)"
    r"|la lettre|followed|suivi)\b"
)
LINKS = word_set(", the le la les")
ANNOUNCES = word_set("number chiffre chiffres digit digits")
SKIPPED = word_set(
    "followed suivi suivie by de then puis ensuite number digit digits chiffre chiffres letter"
    " lettre letters"
    " lettres word"
    " mot uh um euh et and"
)
WITHIN = word_set("du de des la le les the of a d l and et en")
NEVER = (NOT_NAMES | SAID_OF_ACCOUNTS) - WITHIN | word_set(
    "age aged down about maybe since for days years weeks months times people friends messages"
    " followers"
    " jours ans semaines mois fois personnes amis abonn\u00e9s has had got have avait ont called"
    " only"
)


@dataclass(slots=True)
class _Said:
    """What is put together while a name is read: its parts, and how much of each sort."""

    text: str = ""
    words: int = 0
    letters: int = 0
    numbers: list[str] = field(default_factory=list)
    figures: int = 0
    within: int = 0
    first: str = ""
    announced: bool = False

    def close(self) -> None:
        """Put the numbers said so far behind the rest."""
        self.figures += len(self.numbers)
        self.text += digits_said(self.numbers)
        self.numbers = []


def name_said(text: str, one: Named) -> Word | None:
    """The name that several words after a platform say, or None.

    It must be called one word, end with figures said one by one, or be spelled in letters.
    """
    if one.is_short and text[one.end : one.end + 1] != ":":
        return None
    window = text[one.end : one.end + WINDOW]
    if HINT.search(window) is None:
        return None
    glue = GLUE.match(window)
    begin = glue.end() if glue else 0
    if begin == 0 or "\n" in window[:begin]:
        return None
    said, end = _read(window, begin)
    if said is None or len(said.text) < FEWEST_LETTERS or not said.words + said.letters:
        return None
    tail = window[end:]
    ends = ENDS.search(tail) is not None
    is_one = (
        said.words + said.letters + said.figures > (not said.announced)
        and ONE_WORD.search(tail) is not None
    )
    everyday = said.words == 1 and said.first in EVERYDAY
    counted = (
        not everyday
        and ends
        and said.figures > 1
        and 0 < said.words <= MOST_COUNTED
        and not said.within
    )
    spelled = ends and said.letters > FEWEST_LETTERS and said.words <= 1
    name, more = _with_sign(said, tail)
    addressed = ends and said.words == 1 and not said.figures + said.letters and not everyday
    addressed = addressed and ADDRESSED.search(window[:begin]) is not None
    if not (is_one or counted or spelled or more or addressed):
        return None
    return Word(one.end + begin, one.end + end + more, name, spoken=True)


def _with_sign(said: _Said, tail: str) -> tuple[str, int]:
    """The name with the sign that "with an underscore at the end" puts to it, and how far."""
    sign = AT_AN_END.search(tail) if said.words == 1 else None
    if sign is None:
        return said.text, 0
    mark = SIGNS.get(sign["sign"].lower(), ".")
    first = FIRST.search(sign["where"]) is not None
    return (f"{mark}{said.text}" if first else f"{said.text}{mark}"), sign.end()


def _read(window: str, begin: int) -> tuple[_Said | None, int]:
    """The parts of a name from a place on, and where the last of them ends."""
    said, end, times = _Said(), begin, 1
    for place, piece in enumerate(PIECE.finditer(window[begin:])):
        raw = piece.group()
        word = raw.lower()
        if not raw.strip(" \u00a0-"):
            continue
        if place >= MOST_PIECES * 2 or said.words > MOST_WORDS:
            return None, begin
        rest = window[begin + piece.start() :]
        goes_on = word in LINKS and GOES_ON.search(rest) is not None
        said.announced |= word in ANNOUNCES
        if goes_on or word in SKIPPED:
            continue
        taken = _take(said, word, raw, times)
        if taken is None:
            break
        times = taken
        end = begin + piece.end()
    said.close()
    return said, end


def _take(said: _Said, word: str, raw: str, times: int) -> int | None:
    """Add one word to what is said; how often the next counts, or None where the name ends."""
    if word in ZEROS and len(said.numbers) == 1 and word.endswith("s"):
        many = digits_said(said.numbers)
        said.numbers = ["0"] * min(int(many), 9) if many.isdecimal() else said.numbers
        return 1
    if word.isdecimal() or word in FIGURES:
        said.numbers += [word] * times
        return 1
    if word in TIMES:
        return TIMES[word]
    letter = LETTERS.get(word, word if len(word) == 1 and word.isalpha() else "")
    letter = letter or (word[0] if word in ALPHABET and said.words == 0 else "")
    if letter and word not in ("a", "d", "l", "y"):
        said.close()
        said.text, said.letters = said.text + letter * times, said.letters + times
        return 1
    if not word.isalpha() or word in NEVER or (said.numbers and said.words):
        return None
    said.close()
    said.text, said.words = said.text + raw, said.words + 1
    said.within += word in WITHIN
    said.first = said.first or word
    return 1
