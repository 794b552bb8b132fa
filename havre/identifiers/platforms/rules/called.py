"""What is called something on a platform and is nobody's account: a game, a challenge, a server."""

from havre.identifiers.platforms.rules.platforms import BY_WORD, words_of
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

BEFORE, MOST_WORDS = 110, 9
CALLED = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:called|named|titled|known as|by the name of|under the name(?: of)?"
    r"|appel\x{e9}e?s?|nomm\x{e9}e?s?|intitul\x{e9}e?s?|s['\x{2019}]appell?e(?:nt)?"
    r"|s['\x{2019}]appelait|se nomme|du nom de|au nom de|sous le nom(?: de)?)"
    r"[ \x{a0}:]*[\"\x{201c}\x{ab}'(]?[ \x{a0}]*$"
)
NOT_OF_A_WORD = Pattern(r"[^\p{L}\p{N}'\x{2019}\-]+")
# Where a channel is a room for many; on YouTube or Twitch it is somebody's account.
ROOM = Pattern(r"\b(?:discord|telegram|signal|whatsapp|slack|viber|guilded) channel\b")
ENDS = ".!?;\n"
A_NAME = Pattern(r"[ ,][A-Z\x{c0}-\x{de}][a-z\x{df}-\x{ff}]+")
THINGS = words_of("things.txt")
SOMEBODY = words_of("somebody.txt")
SUBJECTS = word_set("he she they he's she's hes shes il elle ils elles y on who whos who's")
LINKS = word_set(
    "is was are were goes went go now also just aussi est était qui that which then where and et or"
    " ou c'est who he she il elle on y the la le un une a an"
)


def is_of_a_thing(text: str, start: int, *, is_plain: bool) -> bool:
    """Whether the name at a place is that of a game, a challenge, a group, and of no account.

    A plain word is, where such a thing is the last that is spoken of; a name that looks made up
    only where the thing stands directly before "called", and nobody is spoken of.
    """
    called = CALLED.search(text[max(0, start - BEFORE) : start])
    if called is None:
        return False
    said = called.string[: called.start() + 1]
    words = _words(said)
    if is_plain:
        return _last_is_a_thing(words)
    while words and (words[-1] in BY_WORD or words[-1] in {"on", "sur"}):
        words.pop()
    direct = bool(words) and words[-1] in THINGS and not said.rstrip().endswith(",")
    return direct and SOMEBODY.isdisjoint(words)


def is_of_somebody(between: str) -> bool:
    """Whether the words between a platform and "called" speak of a person or an account."""
    words = _words(between)
    if not SOMEBODY.isdisjoint(words) or LINKS.issuperset(words):
        return True
    told = [word for word in words if word not in LINKS or word in SUBJECTS]
    return told[-1] in SUBJECTS or A_NAME.search(between) is not None


def _words(said: str) -> list[str]:
    """The last words of the sentence, in small letters."""
    begins = max(said.rfind(end) for end in ENDS) + 1
    plain = NOT_OF_A_WORD.sub(" ", said[begins:].lower().replace("\u2019", "'"))
    return ROOM.sub("room", plain).split()[-MOST_WORDS:]


def _last_is_a_thing(words: list[str]) -> bool:
    linked = True
    for word in reversed(words):
        if word in SOMEBODY or (linked and word in SUBJECTS):
            return False
        if word in THINGS:
            return True
        linked = linked and word in LINKS
    return False
