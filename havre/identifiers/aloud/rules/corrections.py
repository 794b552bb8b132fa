"""Numbers that are put right in the same breath: "... zero one six two. No wait, it ends in 63"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.phones import normal_phone
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, word_set

WINDOW = 120
MARKS = ' \t\n.,;:!?\u2026"\u00bb)-\u2013\u2014\u00a0'
FIRST = word_set(
    "a actually attendez attends but c'est ca cela correction derniers deux désolé désolée elle en"
    " ended ending ends erreur euh excuse excuses excusez final finissait finit hold i il it"
    " it's je"
    " la last le les let mais minute mistake my no non nope oh ok okay oops oups pardon plutôt qui"
    " quatre scratch se so sorry termine that that's the trois uh um une wait which ça c\u2019est"
)
HINTS = (
    "end", "fin", "term", "last", "dern", "wait", "sorry", "no", "oops", "oups", "att", "excuse",
    "pardon", "sol", "err", "mean", "corr", "actual", "veux", "tromp", "scratch", "bad", "wrong",
    "mistake", "plut",
)  # fmt: skip
LONGEST_ENDING, FULL_ENDING = 7, 4
_WAIT = (
    r"(?:sorry|no|nope|nah|wait|hold on|oops|um|uh|euh|actually|i mean|scratch that|my bad"
    r"|correction"
    r"|non|attends?|attendez|minute|pardon|oups|en fait|je me trompe|je me suis tromp\x{e9}e?"
    r"|excuse[sz]?(?:[ \-]moi)?|je veux dire|d\x{e9}sol\x{e9}e?|plut\x{f4}t|erreur|mistake|but"
    r"|mais|a|une|i got"
    r"|that wrong|that['\x{2019}]s wrong|c['\x{2019}]est pas \x{e7}a|let me check|ok|okay|so"
    r"|it['\x{2019}]s|c['\x{2019}]est)"
)
_REST = r"[\s.,;:\x{2026}!?\"\x{bb})\-\x{2013}\x{2014}]"
PUT_RIGHT = Pattern(
    rf"(?i)^{_REST}*(?P<wait>(?:{_WAIT}{_REST}+){{0,8}})"
    r"(?P<ends>(?:(?:it|that|the number|the end|\x{e7}a|ca|cela|le num\x{e9}ro|il|elle|la fin"
    r"|qui|which)[ \x{a0}])?"
    r"(?:(?:is )?(?:ends?|ended|ending|finit|finissait|finis|se termine|se terminait|termine)["
    r" \x{a0}]"
    r"(?:(?:in|with|by|par|en|avec|on)[ \x{a0}])?"
    r"|(?:the |les )?(?:last|final|\w+ derniers?|derniers?)[ \x{a0}](?:\w+ )?(?:digits?"
    r"|numbers?|chiffres?)?"
    r"[ \x{a0}]?(?:are|is|were|sont|est|:|c['\x{2019}]est)[ \x{a0}])|)"
    r"(?P<new>[\p{L}\d]+(?:[ ,\-]{1,2}[\p{L}\d]+){0,8})"
)
TAKEN_BACK = Pattern(
    r"(?i)(?:sorry|no|wait|oops|actually|correction|scratch|my bad|mean|mistake|wrong|non|attend"
    r"|pardon|oups|tromp|excuse|veux dire|d\x{e9}sol|plut\x{f4}t|erreur)"
)
AT_END = Pattern(r"(?i)^[ \x{a0}]?(?:[.,;!?)\n\"\x{bb}]|$|not|pas)")
TOKEN = Pattern(r"dix-(?:sept|huit|neuf)|[\p{L}]+|\d+")


def put_right(text: str, phones: Iterable[Found]) -> Iterator[Found]:
    """The phone numbers, each with the ending that the speaker put in place of the first one."""
    for found in phones:
        window = text[found.end : found.end + WINDOW]
        said = window.lower()
        first = said.lstrip(MARKS).partition(" ")[0].rstrip(MARKS)
        hinted = first in FIRST and any(hint in said for hint in HINTS)
        match = PUT_RIGHT.search(window) if hinted else None
        if match is None or not (match["wait"] or match["ends"]):
            yield found
            continue
        digits, end = _digits(match["new"])
        stop = found.end + match.span("new")[0] + end
        meant = len(digits) == FULL_ENDING and TAKEN_BACK.search(match["wait"]) is not None
        meant = meant and AT_END.search(text[stop : stop + 8]) is not None
        fits = 1 < len(digits) <= LONGEST_ENDING if match["ends"] else meant
        value = f"{found.value[: -len(digits)]}{digits}" if fits else ""
        if not value or value == found.value or normal_phone(value) != value:
            yield found
            continue
        yield replace(found, value=value, raw=text[found.start : stop], end=stop,
                      confidence=65, rule="phone.put-right")  # fmt: skip


def _digits(said: str) -> tuple[str, int]:
    """The digits that a run of words begins with, and where they stop."""
    words, end = [], 0
    for token in TOKEN.finditer(said):
        word = token.group().lower()
        if not (word.isdecimal() or word in NUMBER_WORDS):
            break
        words.append(word)
        end = token.end()
    return digits_said(words), end
